"""Which libraries a disposable process has loaded before its step begins, by kind of nursery (see `nursery`)."""

from __future__ import annotations

FULL, LIGHT = "full", "light"
READING = (
    "archivist.extract.processes.preload",
    "numpy.ma",
    "pypdfium2",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.TiffImagePlugin",
    "lxml.etree",
)
"""What reading any file may need."""

MODULES = {
    FULL: ("archivist.extract.processes.sandbox", *READING),
    LIGHT: ("archivist.extract.processes.sandbox", "archivist.extract.formats.pdf", "pypdfium2"),
}
"""What a step may need, by kind of nursery; third-party names stand here too, so that none is loaded again in every
child. The less a process has loaded, the less its forks cost: most files need but the text of a PDF.
"""
