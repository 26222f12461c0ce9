"""The paper that closes (销号审批表), filed as a signed scan of it is."""

from __future__ import annotations

from dataclasses import replace

from archivist.core.model import Seen, Status
from archivist.core.rootcode import evidence_root
from archivist.decisions.gate import today
from archivist.index.reader import open_reader
from archivist.workspace.opened import Workspace
from support import workspaces as w

CODE = w.SHEEP.code
APPROVAL = "销号审批表"


def archive_root(opened: Workspace) -> str:
    with open_reader(opened.index_path) as index:
        (file,) = index.project_files.of([CODE])
    return evidence_root(file.documents).printed


def file_approval(
    opened: Workspace,
    sealed: Seen = Seen.YES,
    date: str | None = "",
    root: str | None = "",
    opinion: str = "同意销号。",
) -> str:
    """The paper that closes, scanned, filed, seen to be sealed.

    Args:
        date: today unless said otherwise. root: the code it prints, the archive's unless said otherwise; None for none.
        opinion: what the last who was asked wrote.
    """
    code = archive_root(opened) if root == "" else root
    w.pdf(
        w.item_folder(opened, w.SHEEP, 8) / "审批.pdf",
        f"大足区淘汰类产业项目{APPROVAL}\n{w.SHEEP.name}（项目编号：{CODE}）\n经办意见 审核意见 审批意见\n{opinion}\n"
        + (f"归档根码：{code}\n" if code else ""),
        scanned=True,
    )
    w.ingest(opened)
    with w.tables_open(opened) as index:
        row = next(
            one
            for one in index.holdings.of(CODE)
            if one.file.name.endswith("审批.pdf") and one.status is Status.FILED
        )
        found = index.documents.find(row.id)
        assert found is not None
        day = today().isoformat() if date == "" else date
        told = f"大足区淘汰类产业项目{APPROVAL}"
        index.documents.update(replace(found, sealed=sealed, date=day, title=told), "described")
    return row.id
