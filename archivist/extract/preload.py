"""Imported once by the fork server, so that a disposable process starts in milliseconds.

BLAS would start a thread per core in every child and reserve address space for each: one thread is enough
here.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import archivist.extract.archive  # noqa: E402
import archivist.extract.attachments  # noqa: E402
import archivist.extract.heic  # noqa: E402
import archivist.extract.image  # noqa: E402
import archivist.extract.legacy  # noqa: E402
import archivist.extract.ofd  # noqa: E402
import archivist.extract.pdf  # noqa: E402
import archivist.extract.raster  # noqa: E402
import archivist.extract.searchable  # noqa: E402
import archivist.extract.sheet  # noqa: E402
import archivist.extract.word  # noqa: E402

archivist.extract.searchable.warm_up()
