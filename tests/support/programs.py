"""System programs that some tests need: optional on a person's machine, where those tests are skipped; CI installs them
all, and there a test whose program is missing fails.
"""

from __future__ import annotations

import os
import shutil

import pytest


def found(*names: str) -> str | None:
    """The first of ``names`` that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def unmeasured() -> dict[str, str]:
    """This process's environment without what makes a new Python measure its coverage: a probe of the modules a
    command loads would find coverage's own.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


OFFICE = found("libreoffice", "soffice")
PDFTOTEXT = found("pdftotext")
CHROMIUM = found("chromium", "google-chrome")
OPENSSL = found("openssl")
AXE = os.environ.get("ARCHIVIST_AXE")
"""axe.min.js of the npm package axe-core, which looks for what keeps people from reading a page."""


def _needs(program: str | None, name: str) -> pytest.MarkDecorator:
    missing = program is None and not os.environ.get("CI")
    return pytest.mark.skipif(missing, reason=f"{name} is not installed")


needs_office = _needs(OFFICE, "LibreOffice")
needs_pdftotext = _needs(PDFTOTEXT, "pdftotext")
needs_browser = _needs(CHROMIUM, "Chromium")
needs_axe = _needs(AXE and CHROMIUM, "axe-core (ARCHIVIST_AXE) or Chromium")
needs_openssl = _needs(OPENSSL, "openssl")
