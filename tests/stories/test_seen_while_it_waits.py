"""What waits is seen at once where people look: 最近处理.html, documents, status, and what ingest says as it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.cli.ingest import Bar
from archivist.core.reports.documents import documents_table
from archivist.ingest.pipeline import Pipeline
from archivist.ingest.work import Work
from archivist.questions.status import look
from archivist.store.layout import RECENT
from archivist.workspace.opened import Workspace
from support import workspaces as w

LETTERS = [f"来信{'甲乙丙丁戊己庚辛壬癸'[number // 10]}{number % 10}.pdf" for number in range(90)]


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    """Ninety letters of an old folder and one paper of somebody's were taken in, and not read yet."""
    opened = w.workspace(tmp_path / "w")
    for name in LETTERS:
        w.pdf(opened.config.inbox / "旧信件" / name, f"{name} 的来信\n")
    w.pdf(opened.config.inbox / "急件.pdf", w.minutes(w.SHEEP))

    with (
        opened.writing("ingest") as index,
        Pipeline(opened, index, reader=w.TextReader()) as line,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(Work, "through", lambda *_: iter(()))  # all is taken in, and nothing read yet
        line.run()
    return opened


def test_the_page_names_the_folders_that_wait_with_their_files_the_fewest_first(opened: Workspace) -> None:
    page = (opened.config.inbox / RECENT).read_text("utf-8")
    assert "等待处理 91 个文件" in page
    assert page.index("急件.pdf") < page.index("旧信件")
    assert sum(name in page for name in LETTERS) == 30


def test_the_list_of_documents_and_the_status_say_what_is_under_way(opened: Workspace) -> None:
    with opened.open_index() as index:
        table = documents_table((), index.sources.unfinished_names())
    assert len(table.rows) == 50
    assert {row[3] for row in table.rows} == {"正在处理"}
    assert "正在处理 91 个文件，上面列出最近收到的 50 个" in table.summary
    assert look(opened.config).known.unfinished == 91


def test_what_was_seen_waiting_is_filed_by_the_next_pass_and_the_page_is_quiet_again(
    opened: Workspace,
) -> None:
    w.ingest(opened)
    page = (opened.config.inbox / RECENT).read_text("utf-8")
    assert "正在处理的" not in page
    assert "等待处理 0 个文件" in page
    assert w.disagreements(opened) == []


def test_taking_in_and_reading_are_told_as_they_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.cli.ingest._TELL_SECONDS", 0.0)
    bar = Bar()
    bar.taken(32, 20_000)
    bar.begin(20_000)
    bar.done("旧信件/信1.pdf", ())
    assert capsys.readouterr().err.splitlines() == [
        "正在收件：32 / 20000 个文件……",
        "正在处理 20000 个文件……",
        "已处理 1 / 20000 个文件，最近一个：旧信件/信1.pdf",
    ]
