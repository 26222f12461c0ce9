"""bytes → Extract: what a dropped file says, page by page, whatever it is and however hostile.

Parsing happens in disposable processes (`sandbox`), recognition in warm workers (`ocrpool`); the parent stays
light. Names are imported when first used: command line start-up must not pay for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archivist.extract.extractor import Extractor
    from archivist.extract.kinds import HEAD_BYTES, sniff, suffixes
    from archivist.extract.limits import Limits
    from archivist.extract.members.archive import Member, Unpacked

__all__ = ["HEAD_BYTES", "Extractor", "Limits", "Member", "Unpacked", "sniff", "suffixes"]

_HOMES = {
    "Extractor": "extractor",
    "HEAD_BYTES": "kinds",
    "Limits": "limits",
    "Member": "members.archive",
    "Unpacked": "members.archive",
    "sniff": "kinds",
    "suffixes": "kinds",
}


def __getattr__(name: str) -> Any:
    """Import a public name at its first use."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"archivist.extract.{_HOMES[name]}"), name)
