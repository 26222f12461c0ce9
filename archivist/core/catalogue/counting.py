"""Which documents count for an item (归档内容), and how many: decided here, once for lists, pages and checks.

The index counts the same with SQL (`index.items`), so that a list of all projects reads no document; a test holds
the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from archivist.core.catalogue.completeness import ItemCount
from archivist.core.document import Holding
from archivist.core.model import Status


def counts(one: Holding) -> bool:
    """Whether a document is one of those its item is made of: filed, and no older version (旧版) of another."""
    return one.status is Status.FILED and one.replaced_by is None


def waits(one: Holding) -> bool:
    """Whether a document waits for a person (待确认), its item being the best guess."""
    return one.status is Status.REVIEW


def item_counts(documents: Iterable[Holding]) -> list[ItemCount]:
    """How many documents each project's item has; items without any are left out."""
    filed: Counter[tuple[str, int]] = Counter()
    review: Counter[tuple[str, int]] = Counter()
    wrong: Counter[tuple[str, int]] = Counter()
    for one in documents:
        if one.project is None or one.item is None:
            continue
        place = (one.project, one.item)
        filed[place] += counts(one)
        review[place] += waits(one)
        wrong[place] += counts(one) and bool(one.wrong)
    return [
        ItemCount(*place, filed[place], review[place], wrong[place])
        for place in sorted(filed)
        if filed[place] or review[place]
    ]
