"""Verifications by hand (四性人工核验) in a real workspace: events with who and when, void once the papers are others."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from archivist.core.fourproperties.manual import Manual
from archivist.core.fourproperties.values import Judged, Result
from archivist.core.overruling import Overrules
from archivist.decisions.desk import at_desk
from archivist.decisions.joining import Joining
from archivist.decisions.verifying import take_back, verify_by_hand
from archivist.errors import BadInputError, FixityError, RefusedError, UsageError
from archivist.index.reader import open_reader
from archivist.preservation.recovery.reindex import reindex
from archivist.questions.fourproperties import Examining, chain_told
from archivist.workspace.opened import Workspace, open_workspace
from support import workspaces as w
from support.archiving import SETTINGS
from support.complete import hand_in
from support.people import AUDITOR, CLERK, as_one, registered
from support.tampering import flip, tampered

CODE = w.SHEEP.code
VIRUS, DIGEST = "4-2", "1-1"
NOTE = "病毒库11月28日，全盘扫描没有发现"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    opened = w.workspace(tmp_path_factory.mktemp("verifying") / "w", SETTINGS)
    hand_in(opened, w.SHEEP, (1, 4, 5))
    w.ingest(opened)
    return opened.config.workspace


@pytest.fixture
def opened(made: Path, tmp_path: Path) -> Workspace:
    return open_workspace(Path(shutil.copytree(made, tmp_path / "w")), "冯某")


def record(opened: Workspace, check: str = VIRUS, result: str = "通过", code: str = CODE) -> Manual:
    with opened.writing("four-properties", wait=10) as index:
        return verify_by_hand(opened, index, code, check, result, NOTE)[0]


def judged(opened: Workspace, check: str = VIRUS, code: str = CODE, read: bool = True) -> Judged:
    with open_reader(opened.index_path) as index:
        examining = Examining(opened, index, date(2026, 11, 30), read, chain_told(index))
        ((_, found),) = examining.each([code])
    return next(one for one in found.judged if one.rule.code == check)


def filed(opened: Workspace, item: int) -> Path:
    with open_reader(opened.index_path) as index:
        path = next(one.path for one in index.holdings.of(CODE) if one.item == item)
    return opened.config.store_root / (path or "")


def test_it_is_one_event_with_who_and_when_and_survives_reindex(opened: Workspace) -> None:
    assert judged(opened).result is Result.BY_HAND
    made = record(opened)
    (event,) = w.rows(opened, "SELECT actor, subject, detail FROM events WHERE act = 'verified by hand'")
    before = judged(opened)
    opened.index_path.unlink()
    reindex(opened, lambda path, name: w.TextReader().extract(path, name).pages)

    assert (event[0], event[1], json.loads(event[2])["note"]) == ("冯某", CODE, NOTE)
    assert before.result is Result.PASSED and before.manual == made
    assert judged(opened) == before
    w.ingest(opened)
    assert w.disagreements(opened) == []


def test_a_paper_altered_in_its_folder_makes_it_void_at_once(opened: Workspace) -> None:
    record(opened)
    flip(filed(opened, 5))
    unread = judged(opened)
    w.ingest(opened)
    after = judged(opened)

    assert judged(opened, DIGEST).result is Result.FAILED
    assert (unread.result, after.result) == (Result.BY_HAND, Result.BY_HAND)
    assert "被改动或替换了" in after.told and "不再算数" in after.told


def test_a_paper_that_came_later_makes_it_void(opened: Workspace) -> None:
    record(opened)
    hand_in(opened, w.SHEEP, (6,))
    w.ingest(opened)

    assert "以后又归档了" in judged(opened).void
    assert record(opened).basis.keys() > {"D00001"}
    assert judged(opened).result is Result.PASSED, "verified again"


def test_withdrawn_it_is_as_if_nobody_had(opened: Workspace) -> None:
    record(opened)
    with opened.writing("four-properties", wait=10) as index:
        assert take_back(opened, index, CODE, VIRUS, "扫错了文件夹")
        assert not take_back(opened, index, CODE, VIRUS, "扫错了文件夹")

    assert judged(opened).result is Result.BY_HAND
    assert w.rows(opened, "SELECT 1 FROM events WHERE act = 'verification withdrawn'") == [(1,)]


def test_what_software_finds_wrong_cannot_be_recorded_as_right(opened: Workspace) -> None:
    flip(filed(opened, 5))

    with pytest.raises(RefusedError, match="检测不通过"):
        record(opened, DIGEST)
    with pytest.raises(FixityError, match="被改动或替换了，核验的不是归档时的材料"):
        record(opened)
    assert w.rows(opened, "SELECT 1 FROM verifications") == []


@pytest.mark.parametrize(
    ("check", "code", "error", "told"),
    [
        ("9-9", CODE, UsageError, "没有编号为“9-9”的检测项"),
        (VIRUS, "没有", UsageError, "没有项目编号"),
        (VIRUS, w.FISH.code, BadInputError, "还没有归档的材料"),
    ],
)
def test_what_cannot_be_verified_is_told(
    opened: Workspace, check: str, code: str, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        record(opened, check, code=code)
    assert w.rows(opened, "SELECT 1 FROM verifications") == []


def test_a_row_that_no_event_tells_of_is_believed_by_nobody(opened: Workspace) -> None:
    record(opened)
    tampered(opened, "UPDATE verifications SET note = '别的话'")

    assert judged(opened).result is Result.BY_HAND


def test_with_a_register_of_people_only_those_who_may_verify_do(opened: Workspace) -> None:
    registered(opened, CLERK, AUDITOR)
    with pytest.raises(RefusedError, match="不能编档号、登记四性人工核验"):
        record(as_one(opened, AUDITOR.name))
    made = record(as_one(opened, CLERK.name))

    assert (made.by.name, made.by.body) == (CLERK.name, CLERK.body)
    assert CLERK.body in judged(opened).told
    assert judged(opened, "4-7").result is Result.PASSED


def test_a_joined_project_keeps_no_verification_of_other_papers_and_gets_its_own_back(
    opened: Workspace,
) -> None:
    record(opened)
    with at_desk(opened, "register join") as desk:
        Joining(desk).join([CODE], w.LEMON.code)
    assert judged(opened, code=w.LEMON.code).result is Result.BY_HAND
    with at_desk(opened, "register undo") as desk:
        (act,) = desk.index.succession.latest(1)
        Joining(desk).undo(act)

    assert judged(opened).result is Result.PASSED
    w.ingest(opened)
    assert w.disagreements(opened) == []


def test_a_renumbered_project_keeps_its_verification(opened: Workspace) -> None:
    record(opened, "4-1", "不通过")
    with opened.writing("four-properties", wait=10) as index:
        assert take_back(opened, index, CODE, "4-1", "装好了")
    record(opened)
    with at_desk(opened, "register renumber") as desk:
        Joining(desk).renumber(CODE, "CS-2026-0009")

    assert judged(opened, code="CS-2026-0009").result is Result.PASSED
    assert "取消（装好了）" in judged(opened, "4-1", "CS-2026-0009").told, (
        "and what was withdrawn is not forgotten"
    )
    other = open_workspace(opened.config.workspace, "李某")
    with pytest.raises(Overrules, match="CS-2026-0009 的 4-2 已由 冯某 于"):
        record(other, VIRUS, "不通过", "CS-2026-0009")


def test_what_a_joined_project_withdrew_is_not_told_of_the_one_it_was_joined_to(opened: Workspace) -> None:
    record(opened, "4-1", "不通过")
    with opened.writing("four-properties", wait=10) as index:
        assert take_back(opened, index, CODE, "4-1", "装好了")
    with at_desk(opened, "register join") as desk:
        Joining(desk).join([CODE], w.LEMON.code)

    assert "取消" not in judged(opened, "4-1", w.LEMON.code).told


def test_what_lies_in_the_folder_is_seen(opened: Workspace) -> None:
    folder = w.folder_of(opened, w.SHEEP)
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "~$纪要.docx").write_bytes(b"x")
    (folder / "@eaDir").mkdir()
    (folder / "@eaDir" / "x").write_bytes(b"x")
    (w.item_folder(opened, w.SHEEP, 5) / "另一份\u202efdp.exe").write_bytes(b"MZ")
    (folder / "档案元数据.json").write_text("[", "utf-8")
    extra, copies, metadata = (judged(opened, code) for code in ("4-3", "附-2", "3-1"))

    assert extra.result is copies.result is metadata.result is Result.FAILED
    assert all(name in extra.told for name in ("Thumbs.db", "~$纪要.docx", "@eaDir/", "另一份"))
    assert "第5项记录 1 份，文件夹里 2 份" in copies.told
    assert "读不出来" in metadata.told
    assert judged(opened, "2-9").result is Result.FAILED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "没有 档案元数据.json"),
        ('{"project": {"code": "别的"}}', "项目编号不是"),
        ("7", "项目编号不是"),
    ],
)
def test_metadata_of_another_project_is_found(opened: Workspace, text: str | None, told: str) -> None:
    path = w.folder_of(opened, w.SHEEP) / "档案元数据.json"
    path.unlink()
    if text is not None:
        path.write_text(text, "utf-8")

    assert told in judged(opened, "3-1").told


def test_files_that_are_gone_or_lead_elsewhere_or_are_encrypted_are_found(
    opened: Workspace, tmp_path: Path
) -> None:
    gone, linked, locked = (filed(opened, item) for item in (1, 4, 5))
    gone.unlink()
    outside = tmp_path / "外面.pdf"
    outside.write_bytes(linked.read_bytes())
    linked.unlink()
    linked.symlink_to(outside)
    data = locked.read_bytes()
    locked.chmod(0o644)
    locked.write_bytes(data + b"trailer << /Encrypt 5 0 R >>")
    told = judged(opened, "1-11").told

    assert "记录的位置上没有文件" in told and judged(opened, "1-11").result is Result.FAILED
    assert "有加密标记" in judged(opened, "3-8").told
    assert "少了" in judged(opened, "2-1").told


RESTING_ON_PAPERS = ("附-3", "2-8", "2-9", "3-3")


@pytest.mark.parametrize("how", ["deleted", "moved", "folder"])
def test_papers_that_are_not_there_pass_no_check_that_tells_of_them(
    opened: Workspace, tmp_path: Path, how: str
) -> None:
    path = filed(opened, 5)
    if how == "deleted":
        path.unlink()
    elif how == "moved":
        path.rename(filed(opened, 4).parent / path.name)
    else:
        w.folder_of(opened, w.SHEEP).rename(tmp_path / "别处")

    found = {code: judged(opened, code).result for code in RESTING_ON_PAPERS}
    assert found == dict.fromkeys(RESTING_ON_PAPERS, Result.FAILED)
    assert judged(opened, "4-3").result is (Result.PASSED if how == "deleted" else Result.FAILED)
    assert Result.PASSED not in {judged(opened, code, read=False).result for code in RESTING_ON_PAPERS}


def test_a_project_without_papers_passes_nothing_that_tells_of_papers(opened: Workspace) -> None:
    for code in ("2-1", "2-2", "2-9", "附-2", "附-3", "4-3", "3-2"):
        assert judged(opened, code, w.FISH.code)[1:3] == (Result.NONE, "没有归档的材料"), code


def test_before_there_are_numbers_nobody_records_that_they_are_right(opened: Workspace) -> None:
    for code in ("1-7", "1-8", "2-6"):
        with pytest.raises(RefusedError, match="请先编档号"):
            record(opened, code)
    assert w.rows(opened, "SELECT 1 FROM verifications") == []


def test_without_reading_files_no_check_of_them_passes(opened: Workspace) -> None:
    assert {judged(opened, code, read=False).result for code in ("1-1", "3-4", "4-3", "2-1")} == {
        Result.BY_HAND
    }


def test_a_broken_chain_of_events_is_found(opened: Workspace) -> None:
    tampered(opened, "UPDATE events SET actor = '别人' WHERE seq = 2")

    assert judged(opened, "4-7").result is Result.FAILED
    assert "第 2 条事件" in judged(opened, "4-7").told


def test_a_project_without_a_folder_and_a_district_without_a_list_of_townships_are_examined(
    opened: Workspace,
) -> None:
    own = Path(shutil.copytree(opened.data("schemas"), opened.config.workspace / "schemas"))
    (own / "townships.toml").write_text("[", "utf-8")
    tampered(opened, f"UPDATE projects SET folder = NULL WHERE code = '{CODE}'")
    opened = open_workspace(opened.config.workspace, "冯某")

    assert "项目还没有文件夹" in judged(opened, "3-1").told
    assert judged(opened, "1-4").result is Result.PASSED
    (own / "townships.toml").write_text("townships = 3", "utf-8")
    assert judged(opened, "1-4").result is Result.PASSED
