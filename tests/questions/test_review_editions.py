"""What review tells of filed papers that may be two editions of one."""

from __future__ import annotations

from pathlib import Path

from archivist.filing.versions import decide
from archivist.index.reader import open_reader
from archivist.questions.review import editions_asked
from archivist.workspace.opened import Workspace
from support import workspaces as w


def asked(opened: Workspace) -> list[str]:
    with open_reader(opened.index_path) as index:
        return editions_asked(index)


def test_two_editions_are_told_with_both_places_until_a_person_says_which_counts(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    assert asked(opened) == []
    for name, sum_ in (("一.pdf", "30"), ("二.pdf", "38")):
        w.pdf(opened.config.inbox / name, w.minutes(w.SHEEP, 3, f"补偿{sum_}万元。"))
        w.ingest(opened)

    (told,) = asked(opened)
    assert all(
        words in told for words in ("D00002", "D00001", "30万元", "38万元", "archivist version D00002")
    )

    with opened.writing("version") as index:
        first, second = index.documents.find("D00001"), index.documents.find("D00002")
        assert first is not None and second is not None
        decide(index, first, second)
    assert asked(opened) == []
