"""Where the shipped data is: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_IN_CHECKOUT = {"samples": "tests/samples/files", "examples": "tests/templates/examples"}
_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """Return the folder of shipped data ``name``: schemas, doc_templates, samples or examples."""
    installed = _PACKAGE / "_data" / name
    if installed.is_dir():
        return installed
    return _PACKAGE.parent / _IN_CHECKOUT.get(name, name)
