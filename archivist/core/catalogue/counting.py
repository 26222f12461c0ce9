"""Which documents count for an item (归档内容): decided here, once for lists, pages and checks."""

from __future__ import annotations

from archivist.core.document import Holding
from archivist.core.model import Status


def counts(one: Holding) -> bool:
    """Whether a document is one of those its item is made of: filed, and no older version (旧版) of another."""
    return one.status is Status.FILED and one.replaced_by is None


def waits(one: Holding) -> bool:
    """Whether a document waits for a person (待确认), its item being the best guess."""
    return one.status is Status.REVIEW
