"""Page numbers (页号) that run through a volume, as its lists print them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.core.archive.lists import ArchiveRow


def page_numbers(row: ArchiveRow, last: bool) -> str:
    """页号 as a list of a volume prints it: where the paper begins; of the last one also where it ends."""
    if row.start is None:
        return ""
    return (
        f"{row.start}-{row.end}" if last and row.end is not None and row.end > row.start else str(row.start)
    )


def consecutive(rows: Sequence[ArchiveRow]) -> bool:
    """Whether 页号 run through the volume without a gap; also true while they are not known."""
    known = [row for row in rows if row.start is not None]
    return all(one.end is not None and other.start == one.end + 1 for one, other in pairwise(known))
