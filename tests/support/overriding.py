"""A seal that the software did not see, people who may override that, and the paper that closes."""

from __future__ import annotations

from dataclasses import replace

from archivist.core.model import BlockSealed, Seen, Status
from archivist.core.people.person import Person, Role, Standing
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.catalogue import ITEMS

KEY = "seal-absent-1"
CHIEF = Person("黎某", "区人民政府办公室", Standing.DISTRICT, (Role.HEAD,))
OTHER = Person("韩某", "区人民政府办公室", Standing.DISTRICT, (Role.REVIEWER, Role.HEAD))
WHY = "看过原件，镇街的公章在第1页右下角，黑白扫描看不清"


def sees(opened: Workspace, township: Seen) -> None:
    """What the software saw of the township's seal on 附件2; the others are there."""
    blocks = tuple(
        BlockSealed(block.name, township if block.name == "镇街" else Seen.YES) for block in ITEMS[0].blocks
    )
    with w.tables_open(opened) as index:
        row = next(
            one for one in index.holdings.of(w.SHEEP.code) if one.item == 1 and one.status is Status.FILED
        )
        found = index.documents.find(row.id)
        assert found is not None
        index.documents.update(replace(found, marks=replace(found.marks, blocks=blocks)), "described")
        index.projects.outdate(w.SHEEP.code)
