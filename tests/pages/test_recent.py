"""The pages in 收件箱 and in the store, kept up to date while work goes on, and quiet when there is none."""

from __future__ import annotations

import json
import os
import threading
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from archivist.core.catalogue.completeness import ItemState
from archivist.errors import StoreError
from archivist.ingest.logbook import Logbook
from archivist.ingest.pipeline import Pipeline
from archivist.ingest.retries import GIVE_UP, Retries
from archivist.ingest.watch import Stopper, keep_watch
from archivist.pages.recent import Answers
from archivist.pages.statuspage import FileLine, GateLine, ItemLine, StatusPage, status_html
from archivist.store.layout import GUIDE, RECENT, STATUS_PAGE
from archivist.system.liveness import holder, last_pass
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.browser import LONG, printed_pages
from support.programs import needs_browser


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w", "[watch]\nrescan_seconds = 0.5\n")


def recent(opened: Workspace) -> str:
    return (opened.config.inbox / RECENT).read_text("utf-8")


class Seen(HTMLParser):
    """Collects tags, links and words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.words += data


def until(condition: object) -> None:
    assert callable(condition)
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.05)


# -- 最近处理 ------------------------------------------------------------------------------------------------------


def test_every_outcome_is_told_with_where_it_went_and_what_to_do(opened: Workspace) -> None:
    for name, text in (
        ("纪要.pdf", w.minutes(w.SHEEP)),
        ("又一份.pdf", w.minutes(w.SHEEP)),
        ("拿不准.pdf", w.UNSURE),
        ("坏的.pdf", w.BAD),
    ):
        w.pdf(opened.config.inbox / name, text)
    w.ingest(opened)
    seen = Seen(recent(opened))
    for words in (
        "已归档",
        "CS-2018-0001 石坝镇青杠村黑山羊养殖场，第5项",
        "待确认",
        "拖进“项目档案”",
        "退回",
        "重复",
        "内容完全相同",
        "按“退回”里的说明处理好",
        "没有值守程序在运行",
        "等待处理 0 个文件",
        "待确认 1 件",
    ):
        assert words in seen.words
    assert len(seen.links) == 3
    for link in seen.links:
        assert (opened.config.inbox / unquote(link)).resolve().is_file()


def test_names_from_outside_are_words_and_never_markup(opened: Workspace) -> None:
    name = "<script>alert(1)</script>&\"'\u202efdp.exe"
    if os.name == "nt":
        pytest.skip("Windows has no such names")
    (opened.config.inbox / name.replace("/", "")).write_bytes(b"x")
    (opened.config.inbox / os.fsdecode(b"\xff\xfe.pdf")).write_bytes(b"y")
    w.ingest(opened)
    seen = Seen(recent(opened))
    assert "script" not in seen.tags
    assert "<script>alert(1)" in seen.words
    assert "\u202e" not in seen.words


def test_a_decision_of_a_person_is_told_with_their_name(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "拿不准.pdf", w.UNSURE)
    w.ingest(opened)
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        row = index.documents.find("D00001")
        assert row is not None
        line.desk.deciding.assign(row, w.SHEEP.code, 4, "确认")
        line.desk.refresh_pages()
    assert "第4项 村会议记录（由 测试员 确认）" in recent(opened) or "（由 测试员 确认）" in recent(opened)


def test_only_the_newest_results_are_listed(opened: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archivist.pages.recent._RESULTS", 3)
    for number in range(1, 6):
        w.pdf(opened.config.inbox / f"第{number}份.pdf", w.minutes(w.SHEEP, number))
        w.ingest(opened)
    assert [f"第{number}份" in recent(opened) for number in range(1, 6)] == [False, False, True, True, True]


def test_an_idle_watcher_writes_nothing(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    (opened.config.projects / "自己的").mkdir()
    (opened.config.projects / "自己的" / "a.txt").write_bytes(b"x")
    with opened.writing("watch", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        for _ in range(3):
            line.run(patient=True)
        before = stamps(opened)
        for _ in range(5):
            line.run(patient=False)
        assert stamps(opened) == before


def stamps(opened: Workspace) -> dict[Path, tuple[int, int]]:
    """Every file and folder but the probe of the file system's clock and SQLite's shared memory."""
    found = {
        path: path.stat() for path in opened.config.store_root.rglob("*") if not path.name.endswith("-shm")
    }
    return {
        path: (at.st_mtime_ns, at.st_ino)
        for path, at in found.items()
        if path.is_file() and "clock" not in path.name
    }


def test_the_page_says_that_a_watcher_runs_and_then_that_none_does(opened: Workspace) -> None:
    stopper = Stopper()
    told: list[object] = []
    job = threading.Thread(
        target=keep_watch,
        args=(opened, stopper, told.append, told.append),
        kwargs={"reader": w.TextReader()},
        daemon=True,
    )
    job.start()
    path = opened.config.inbox / RECENT
    until(lambda: path.is_file() and "值守程序正在运行" in recent(opened))
    stopper.stop()
    job.join(LONG)
    assert "没有值守程序在运行" in recent(opened)
    assert holder(opened.store.private / "watch-lock.json") is None


def test_a_finished_files_pages_follow_while_another_is_still_being_read(opened: Workspace) -> None:
    """The second file is read until the first one's project page and 最近处理 have told of it."""
    page = w.folder_of(opened, w.SHEEP) / STATUS_PAGE
    told = {}

    def slow(name: str) -> None:
        if name == "b.pdf":
            until(lambda: page.is_file() and "专题会议纪要.pdf" in page.read_text("utf-8"))
            until(lambda: (opened.config.inbox / RECENT).is_file() and "a.pdf" in recent(opened))
            told["page"] = True

    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    w.pdf(opened.config.inbox / "b.pdf", w.minutes(w.LEMON))
    w.ingest(opened, w.TextReader(slow))
    assert told == {"page": True}


def test_a_page_that_cannot_be_written_stops_no_work(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = opened.store.write_status

    def refuse(data: bytes, path: Path) -> None:
        if path.name in {RECENT, GUIDE, "last-pass.json"}:
            raise StoreError("磁盘空间不足")
        real(data, path)

    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    with monkeypatch.context() as full:
        full.setattr(opened.store, "write_status", refuse)
        w.ingest(opened)
    assert [row["status"] for row in w.documents(opened)] == ["filed"]
    w.ingest(opened)
    assert "a.pdf" in recent(opened)


def test_a_page_that_somebody_has_open_stops_no_work_and_is_written_later(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word and WPS lock what they show; Windows then refuses to replace it."""
    real = Path.replace
    page = w.folder_of(opened, w.SHEEP) / STATUS_PAGE

    def locked(path: Path, target: Path) -> Path:
        if target == page:
            raise PermissionError(13, "locked")
        return real(path, target)

    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    w.pdf(opened.config.inbox / "b.pdf", w.minutes(w.LEMON))
    with monkeypatch.context() as windows:
        windows.setattr(Path, "replace", locked)
        assert len(w.ingest(opened).documents) == 2
    assert not page.exists()
    assert "专题会议纪要.pdf" in (w.folder_of(opened, w.LEMON) / STATUS_PAGE).read_text("utf-8")
    w.ingest(opened)
    assert "专题会议纪要.pdf" in page.read_text("utf-8")
    assert w.disagreements(opened) == []


def test_pages_are_not_written_into_a_store_that_is_gone(opened: Workspace) -> None:
    """The folder where a share is mounted is still there, and empty."""
    with opened.open_index() as index:
        answers = Answers(opened, index)
        away = opened.config.store_root.rename(opened.config.workspace / "断开")
        opened.config.store_root.mkdir()
        answers.failed("档案库不见了", 5.0)
        answers.refresh()
        answers.write_guide()
        with Logbook(opened.store.private, opened.config.log, "watch"):
            pass
        assert list(opened.config.store_root.iterdir()) == []
        opened.config.store_root.rmdir()
        away.rename(opened.config.store_root)


def test_a_pass_leaves_a_sign_of_life(opened: Workspace) -> None:
    w.ingest(opened)
    found = last_pass(opened.store.private)
    assert found is not None
    assert (found.pid, found.error) == (os.getpid(), "")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"pid": "x"}', b"\xff", b"[" * 100_000])
def test_a_damaged_sign_of_life_is_none(opened: Workspace, data: bytes) -> None:
    for name in ("last-pass.json", "watch-lock.json"):
        (opened.store.private / name).write_bytes(data)
    assert last_pass(opened.store.private) is None
    assert holder(opened.store.private / "watch-lock.json") is None
    w.ingest(opened)


# -- 使用说明 ------------------------------------------------------------------------------------------------------


def test_the_guide_stands_in_a_new_workspace_with_its_folders_names(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w", '[store]\ninbox = "投件 <处>"\n'.replace(" <处>", "处&"))
    w.ingest(opened)
    text = (opened.config.store_root / GUIDE).read_text("utf-8")
    assert "投件处&amp;" in text
    assert "{{" not in text
    assert all(rule.folder in text for rule in opened.annex.items)
    assert "<script" not in text
    assert "http" not in text


def test_an_outdated_guide_is_written_anew_and_a_districts_own_wins(opened: Workspace) -> None:
    guide = opened.config.store_root / GUIDE
    shipped = guide.read_bytes()
    guide.write_bytes(b"old")
    w.ingest(opened)
    assert guide.read_bytes() == shipped
    own = opened.config.workspace / "doc_templates"
    own.mkdir()
    (own / "guide.html").write_text("<p>本区的说明：放进{{收件箱}}</p>", "utf-8")
    w.ingest(opened)
    assert guide.read_text("utf-8") == "<p>本区的说明：放进收件箱</p>"


def test_init_writes_the_guide(opened: Workspace) -> None:
    assert "三步" in (opened.config.store_root / GUIDE).read_text("utf-8")


# -- retries -------------------------------------------------------------------------------------------------------


def failing(name: str) -> None:
    raise ZeroDivisionError("odd")


def test_the_rest_after_a_failure_outlives_a_restart_and_grows(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "怪的.pdf", w.minutes(w.SHEEP))
    w.ingest(opened, w.TextReader(failing))
    clock = [time.time()]
    with w.tables_open(opened) as index:
        first = Retries(index, lambda: clock[0])
        assert not first.due(1)
        clock[0] += 61
        assert first.due(1)
        assert first.failed(1, "又错了").next - clock[0] == 120
        restarted = Retries(index, lambda: clock[0])
        assert not restarted.due(1)
        clock[0] -= 100_000
        assert restarted.due(1), "a clock that was set back makes nobody wait for days"
        restarted.done(1)
        assert Retries(index).due(1)


def test_a_watchers_pass_leaves_a_resting_file_alone_and_a_persons_tries_at_once(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "怪的.pdf", w.minutes(w.SHEEP))
    w.ingest(opened, w.TextReader(failing))
    w.ingest(opened, patient=False)
    assert w.documents(opened) == []
    w.ingest(opened)
    assert [row["status"] for row in w.documents(opened)] == ["filed"]
    assert w.rows(opened, "SELECT * FROM attempts") == []


def test_a_failing_file_is_on_the_page_with_when_it_is_tried_again(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "怪的.pdf", w.minutes(w.SHEEP))
    w.ingest(opened, w.TextReader(failing))
    assert "已试 1 次" in recent(opened)
    assert "自动再试" in recent(opened)


def test_a_file_that_fails_alike_again_and_again_goes_to_a_person_with_the_true_reason(
    opened: Workspace,
) -> None:
    w.pdf(opened.config.inbox / "怪的.pdf", w.minutes(w.SHEEP))
    for _ in range(GIVE_UP):
        assert w.documents(opened) == []
        w.ingest(opened, w.TextReader(failing))
    (row,) = w.documents(opened)
    assert row["status"] == "review"
    assert "多次出错" in row["reasons"]
    assert "ZeroDivisionError" in row["reasons"]
    assert (opened.config.review / "怪的.pdf").is_file()
    assert w.disagreements(opened) == []
    (opened.config.review / "怪的.pdf").rename(w.item_folder(opened, w.SHEEP, 5) / "怪的.pdf")
    w.ingest(opened, w.TextReader(failing))
    assert [row["status"] for row in w.documents(opened)] == ["filed"]


# -- on paper ------------------------------------------------------------------------------------------------------

LONG_NAME = "关于石坝镇青杠村黑山羊养殖场退出处置事宜的专题会议纪要" * 4
SHORT_NAME = "会议纪要"
WHAT = "行业主管部门组织专业力量或第三机构核查评估的情况报告"


@pytest.mark.long
@needs_browser
@pytest.mark.parametrize(
    ("name", "words", "alarm", "gate"),
    [
        (LONG_NAME, LONG_NAME, "", None),
        (LONG_NAME, LONG_NAME, "被改动", None),
        (LONG_NAME, LONG_NAME, "被改动", GateLine(LONG_NAME * 9, "gap", "销号决定.html")),
        (SHORT_NAME, "", "", None),
    ],
)
def test_the_fullest_page_prints_on_one_sheet(
    tmp_path: Path, name: str, words: str, alarm: str, gate: GateLine | None
) -> None:
    file = FileLine(f"05 2024-11-01 {name}.pdf", "x", "120页，2024-11-01，盖章看不准，签字没看到", alarm)
    state = ItemState.UNQUALIFIED if alarm else ItemState.PRESENT
    line = ItemLine(1, WHAT, words, state, (file,) * 40, words, more=(words or name,) * 30 if alarm else ())
    alarms = (words or name,) * 30 if alarm else ()
    notes = (words or name,) * 9 if gate else ()
    page = StatusPage(
        name, name, name, (line,) * 8, words or name, "2026年11月25日 10:00:00", alarms, gate, notes
    )
    assert printed_pages(status_html(page), tmp_path) == 1


@pytest.mark.long
@needs_browser
def test_the_guide_prints_on_one_sheet(opened: Workspace, tmp_path: Path) -> None:
    assert printed_pages((opened.config.store_root / GUIDE).read_bytes(), tmp_path) == 1


def test_what_the_pages_need_is_asked_without_reading_everything(opened: Workspace) -> None:
    """Nothing changed: not even the list is asked for."""
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)
    with w.tables_open(opened) as index:
        answers = Answers(opened, index)
        answers.refresh()
        asked: list[str] = []
        index.db.conn.set_trace_callback(asked.append)
        answers.refresh()
    assert not any("documents.*" in query for query in asked)


def test_the_sign_of_life_is_json_of_one_object(opened: Workspace) -> None:
    w.ingest(opened)
    told = json.loads((opened.store.private / "last-pass.json").read_bytes())
    assert set(told) == {"at", "pid", "settling", "error", "next"}
