"""Imported once by the fork server, so that a disposable process starts in milliseconds.

BLAS would start a thread per core in every child and reserve address space for each: one thread is enough
here.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import archivist.extract.copying.searchable  # noqa: E402
import archivist.extract.formats.heic  # noqa: E402
import archivist.extract.formats.image  # noqa: E402
import archivist.extract.formats.legacy  # noqa: E402
import archivist.extract.formats.ofd  # noqa: E402
import archivist.extract.formats.pdf  # noqa: E402
import archivist.extract.formats.sheet  # noqa: E402
import archivist.extract.formats.word  # noqa: E402
import archivist.extract.members.archive  # noqa: E402
import archivist.extract.members.attachments  # noqa: E402
import archivist.extract.seeing.raster  # noqa: E402

archivist.extract.copying.searchable.warm_up()
