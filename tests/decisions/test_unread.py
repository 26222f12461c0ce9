"""The gate (销号) decides on what was read: nothing that may be the project's lies unread anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archivist.core.model import Candidate, Status
from archivist.core.page import Extract
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.gating import CODE, ask, document, obstacles, passable

DEBT = "情况说明\n黑山羊养殖场尚欠饲料款40万元。\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return passable(tmp_path_factory.mktemp("unread") / "w")


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


def told(opened: Workspace) -> str:
    (finding,) = ask(opened).judged.obstacles
    return finding.message


@pytest.mark.parametrize(
    ("lies", "words"),
    [
        (lambda opened: opened.config.inbox / "说明.pdf", "收件箱里还有 1 个文件没有看过（“说明.pdf”）"),
        (lambda opened: opened.config.inbox / "石坝镇" / "说明.pdf", "“石坝镇/说明.pdf”"),
        (lambda opened: w.item_folder(opened, w.SHEEP, 8) / "说明.pdf", "项目文件夹里有 1 个文件还没有收件"),
        (lambda opened: w.folder_of(opened, w.SHEEP) / "说明.pdf", "项目文件夹里有 1 个文件还没有收件"),
        (lambda opened: opened.config.projects / "说明.pdf", "不在项目的文件夹里"),
        (lambda opened: opened.config.projects / "石坝镇" / "说明.pdf", "不在项目的文件夹里"),
        (lambda opened: opened.config.review / "说明.pdf", "请移到收件箱"),
    ],
    ids=["收件箱", "收件箱 below", "item folder", "project folder", "项目档案", "township", "待确认"],
)
def test_a_file_that_nobody_took_in_yet_keeps_the_gate_shut(
    opened: Workspace, lies: Callable[[Workspace], Path], words: str
) -> None:
    w.pdf(lies(opened), DEBT)

    assert obstacles(opened) == [("unread", None)]
    assert words in told(opened)


def test_what_lies_in_another_projects_folder_is_that_projects(opened: Workspace) -> None:
    w.pdf(w.item_folder(opened, w.LEMON, 8) / "说明.pdf", DEBT)

    assert ask(opened).decision is not None


def test_a_link_in_the_inbox_is_told_for_nobody_reads_what_it_points_to(opened: Workspace) -> None:
    (opened.config.inbox / "说明.pdf").symlink_to(w.pdf(opened.config.workspace / "说明.pdf", DEBT))

    assert obstacles(opened) == [("unread", None)]
    assert "快捷链接" in told(opened)


def received(opened: Workspace, **more: Any) -> None:
    with opened.writing("ingest", wait=10) as index:
        index.sources.receive(name="说明.pdf", origin="inbox", sha256="0" * 64, size=1, **more)


def test_what_was_received_and_not_worked_on_keeps_the_gate_shut(opened: Workspace) -> None:
    received(opened)

    assert obstacles(opened) == [("unread", None)]
    assert "“说明.pdf”已经收下，还没有处理完" in told(opened)


def test_what_was_received_from_another_projects_folder_does_not(opened: Workspace) -> None:
    received(opened, decided_project=w.LEMON.code, decided_item=8)

    assert ask(opened).decision is not None


def test_what_failed_and_is_tried_again_keeps_the_gate_shut(opened: Workspace) -> None:
    class Full(w.TextReader):
        def extract(self, path: Path, name: str) -> Extract:
            raise OSError(28, "No space left on device")

    w.pdf(opened.config.inbox / "说明.pdf", DEBT)
    w.ingest(opened, Full())

    assert w.dropped(opened) == []
    assert obstacles(opened) == [("unread", None)]
    assert "处理时出错（已试 1 次：" in told(opened)


def waits(opened: Workspace, project: str | None, item: int | None, *guesses: Candidate) -> None:
    with opened.writing("waive", wait=10) as index:
        found = index.documents.find(document(opened, "别处.pdf")["id"])
        assert found is not None
        one = replace(found, status=Status.REVIEW, project=project, item=item, candidates=guesses)
        index.documents.update(one, "described")


@pytest.mark.parametrize(
    ("project", "item", "guesses"),
    [
        (CODE, 5, ()),
        (CODE, None, ()),
        (w.LEMON.code, 5, (Candidate(w.LEMON.code, 5, 0.6, ()), Candidate(CODE, 4, 0.1, ()))),
        (None, None, (Candidate(CODE, None, 0.1, ()),)),
    ],
    ids=["best guess", "no item", "second guess", "only a guess"],
)
def test_what_waits_and_may_be_this_projects_keeps_the_gate_shut(
    opened: Workspace, project: str | None, item: int | None, guesses: tuple[Candidate, ...]
) -> None:
    waits(opened, project, item, *guesses)
    (finding,) = ask(opened).judged.obstacles

    assert (finding.code, finding.document) == ("unread", document(opened, "别处.pdf")["id"])
    assert "待确认里的“05 2024-11-03" in finding.message


def test_what_waits_for_others_does_not(opened: Workspace) -> None:
    waits(opened, w.LEMON.code, 5, Candidate(w.LEMON.code, 5, 0.6, ()))

    assert ask(opened).decision is not None


def test_once_all_is_read_the_gate_opens(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "别的纪要.pdf", w.minutes(w.LEMON, 7))
    assert obstacles(opened) == [("unread", None)]
    w.ingest(opened)

    assert ask(opened).decision is not None


def test_what_was_sent_back_and_names_the_project_asks_for_a_look(opened: Workspace) -> None:
    w.pdf(
        opened.config.inbox / "律师函.pdf",
        f"律师函\n{w.SHEEP.name}（项目编号：{CODE}）尚欠我当事人工程款40万元，请于七日内支付。\n",
    )
    w.pdf(opened.config.inbox / "别的.pdf", "通知\n请各村参加会议。\n特此通知\n")
    w.ingest(opened)
    asked = ask(opened, explained=False).judged
    found = [one for one in asked.unexplained if one.code == "sent-back"]

    assert document(opened, "律师函.pdf")["status"] == "rejected"
    assert [("“律师函.pdf”" in one.message, one.item) for one in found] == [(True, None)]
    assert "sent-back" in asked.keys
    assert ask(opened).decision is not None
