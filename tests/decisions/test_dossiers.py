"""Dossiers (项目底册) in a real archive: kept whole or not at all, by whom may, with history; checks follow them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archivist.core.dossier.differences import replayed
from archivist.decisions.desk import at_desk
from archivist.decisions.dossiers import keep, prepare, put, read_dossier_file, take_back
from archivist.decisions.gate import today
from archivist.decisions.proposing import propose
from archivist.errors import RefusedError, UsageError
from archivist.index.reader import open_reader
from archivist.index.states import Chosen
from archivist.preservation.fixity.verify import verify
from archivist.preservation.recovery.reindex import reindex
from archivist.questions.check import check
from archivist.render.dossierform import Filled, dossier_form
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.complete import hand_in, reasons
from support.dossiers import BOOK, CLAIM, DEBT, MEETING, SHED, Rows
from support.people import AUDITOR, CLERK, EVERYBODY, VILLAGER, WATER, as_one, registered
from support.registers import decided, taken_back
from support.tampering import tampered

CODE = w.SHEEP.code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project with all its papers."""
    opened = w.workspace(tmp_path_factory.mktemp("dossier") / "w")
    hand_in(opened, w.SHEEP)
    w.ingest(opened)
    return opened


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


def enter(opened: Workspace, code: str = CODE, origin: str = "导入 表.xlsx", **sections: Rows | None) -> None:
    given = {
        name: None if rows is None else [(f"第{at}行", row) for at, row in enumerate(rows, 1)]
        for name, rows in sections.items()
    }
    with opened.writing("dossier", wait=10, act="dossier import") as index:
        put(index, opened.dossier_book, code, given, origin)


def written(path: Path, opened: Workspace, *codes: str) -> Path:
    """The form of these projects as `dossier form` makes it."""
    with open_reader(opened.index_path) as index:
        filled = [
            Filled(code, code, (kept := index.dossiers.of(code)).version, kept.dossier) for code in codes
        ]
    path.write_bytes(dossier_form(opened.dossier_book, filled))
    return path


def imported(opened: Workspace, path: Path) -> list[str]:
    """The projects whose dossiers a file changed."""
    parts, problems = read_dossier_file(path, opened.dossier_book)
    with opened.writing("dossier", wait=10, act="dossier import") as index:
        prepared = prepare(index, opened.dossier_book, parts, problems, path.name)
        return [one.project for one in keep(index, prepared, f"导入 {path.name}")]


def codes_of_check(opened: Workspace) -> list[str]:
    """What `check` finds of the dossier."""
    with open_reader(opened.index_path) as index:
        found = check(index, opened.standard.rules(), today(), [CODE])
        return [one.code for file in found for one in file.findings if one.code.startswith("dossier-")]


def known(opened: Workspace) -> list[Any]:
    return [w.rows(opened, "SELECT * FROM dossiers"), w.rows(opened, "SELECT * FROM dossier_changes")]


def test_a_dossier_is_kept_with_every_change_and_comes_back_from_the_events_alone(opened: Workspace) -> None:
    enter(opened, 资产=[SHED], 债权债务=[DEBT, CLAIM])
    enter(opened, origin="材料 D00002 第1页", 债权债务=[{**DEBT, "金额": "6"}], 土地=[])
    with open_reader(opened.index_path) as index:
        kept, history = index.dossiers.of(CODE), index.dossiers.history(CODE)
    before = known(opened)

    assert [(one.version, one.actor, one.origin) for one in history] == [
        (1, "测试员", "导入 表.xlsx"),
        (2, "测试员", "材料 D00002 第1页"),
    ]
    assert replayed(BOOK, [one.changes for one in history]) == kept.dossier
    assert kept.version == 2
    reindex(opened, lambda path, name: pytest.fail(f"{name} was read again"))
    assert known(opened) == before
    with at_desk(opened, "ingest") as desk:
        desk.refresh_pages()
    assert w.disagreements(opened) == []


def test_a_change_is_taken_back_and_that_can_be_taken_back(opened: Workspace) -> None:
    enter(opened, 资产=[SHED])
    enter(opened, 资产=[{**SHED, "原值": "99"}], 债权债务=[])
    seen = []
    for _ in range(2):
        with opened.writing("dossier", wait=10, act="dossier undo") as index:
            take_back(index, opened.dossier_book, CODE)
            seen.append(index.dossiers.of(CODE).dossier)
    with open_reader(opened.index_path) as index:
        history = index.dossiers.history(CODE)

    assert (seen[0].first("资产")["原值"], seen[0].tells("债权债务")) == ("60.5", False)
    assert (seen[1].first("资产")["原值"], seen[1].tells("债权债务")) == ("99", True)
    assert [one.origin for one in history[2:]] == ["撤销第 2 版", "撤销第 3 版"]
    with opened.writing("dossier", wait=10) as index:
        assert "没有可以撤销的" in w.message_of(lambda: take_back(index, BOOK, w.LEMON.code))
        with pytest.raises(UsageError):
            take_back(index, BOOK, "没有")


def test_the_form_given_back_as_it_is_changes_nothing_and_filled_in_says_what_it_says(
    opened: Workspace, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    enter(
        opened, 资产=[SHED, {"资产名称": "=1+1", "现状": "'闲置"}], 债权债务=[DEBT], 土地=[], 会议=[MEETING]
    )
    path = written(tmp_path / "表.xlsx", opened, CODE, w.LEMON.code)

    assert imported(opened, path) == []
    book = load_workbook(path)
    assert book["资产"]["C3"].value == "=1+1" and book["资产"]["C3"].data_type == "s"
    assert book["选项"].sheet_state == "hidden"
    assert {rule.formula1 for rule in book["资产"].data_validations.dataValidation if rule.type == "list"}
    book["土地"]["C3"], book["土地"]["A3"] = "河边", w.LEMON.code
    book["债权债务"]["E2"] = "某某饲料门市"
    book.save(tmp_path / "填.xlsx")
    assert imported(opened, tmp_path / "填.xlsx") == [CODE, w.LEMON.code]
    with open_reader(opened.index_path) as index:
        (change,) = index.dossiers.history(CODE)[-1].changes
        assert (change.field, change.before, change.after) == ("事由", "饲料款", "某某饲料门市")
        assert index.dossiers.of(w.LEMON.code).dossier.first("土地") == {"编号": "1", "地块": "河边"}


def test_a_form_older_than_the_dossier_is_refused_and_overwrites_nobody(
    opened: Workspace, tmp_path: Path
) -> None:
    path = written(tmp_path / "表.xlsx", opened, CODE)
    enter(opened, 资产=[SHED])

    told = w.message_of(lambda: imported(opened, path))

    assert "是底册第 0 版时导出的，现在是第 1 版，最后是测试员" in told
    with open_reader(opened.index_path) as index:
        assert index.dossiers.of(CODE).version == 1


def test_with_one_thing_wrong_nothing_of_any_project_is_kept_and_all_is_told(
    opened: Workspace, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    path = written(tmp_path / "表.xlsx", opened, CODE, w.LEMON.code)
    book = load_workbook(path)
    book["土地"]["A2"], book["土地"]["C2"] = CODE, "河边"
    book["资产"]["A2"], book["资产"]["D2"] = w.LEMON.code, "房子"
    book["债权债务"]["A2"], book["债权债务"]["F2"] = w.LEMON.code, "=1/0"
    book.create_sheet("乱写")["A1"] = "x"
    book.save(path)

    told = w.message_of(lambda: imported(opened, path))

    for part in (
        "不认识的工作表：乱写",
        f"{w.LEMON.code} “资产”第2行“类别”填的是“房子”",
        "“债权债务”第2行“金额（万元）”是没有算出结果的公式",
    ):
        assert part in told
    assert known(opened) == [[], []]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"项目编号": "CS-2018-0001", "底册": 3}', "“底册”应为一组"),
        ('{"资产": []}', "没有写“项目编号”"),
        ('{"项目编号": ["x"]}', "没有写“项目编号”"),
        ('{"项目编号": "CS-2018-0001", "颜色": [], "资产": "圈舍", "土地": [3]}', "底册没有“颜色”这一部分"),
        ('{"项目编号": "\\ud800不在", "资产": []}', "台账里没有项目编号“不在”"),
        ('{"项目编号": "CS-2018-0001", "资产": [{"资产名称": "\\udfff", "数量": NaN}]}', "“数量”填的是“nan”"),
        ('{"项目编号": "CS-2018-0001", "资产": [{"资产名称": "甲", "数量": 1e999}]}', "“数量”填的是"),
        ('{"项目编号": "CS-2018-0001", "资产": [{"资产名称": "甲", "资产名称": "乙"}]}', "写了两次"),
        ("[" * 100000, "层数过深"),
    ],
)
def test_a_hostile_file_is_refused_with_what_is_wrong_with_it(
    opened: Workspace, tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "底册.json"
    path.write_text(text, "utf-8")

    assert told in w.message_of(lambda: imported(opened, path))
    assert known(opened) == [[], []]


def test_what_is_printed_can_be_read_back(opened: Workspace, tmp_path: Path) -> None:
    enter(opened, 资产=[SHED], 债权债务=[DEBT], 土地=[])
    with open_reader(opened.index_path) as index:
        record = index.dossiers.of(CODE).dossier.record()
    path = tmp_path / "底册.json"
    path.write_text(
        json.dumps(
            {
                "project": CODE,
                "name": "x",
                "version": 1,
                "at": "",
                "actor": "",
                "history": [],
                "dossier": record,
            }
        ),
        "utf-8",
    )

    assert imported(opened, path) == []
    enter(opened, 土地=[{"地块": "河边"}])
    assert "是底册第 1 版时导出的，现在是第 2 版" in w.message_of(lambda: imported(opened, path))
    path.write_text(json.dumps({"项目编号": CODE, "资产": None, "土地": ""}), "utf-8")
    assert imported(opened, path) == [CODE]


def test_papers_that_say_otherwise_are_found_and_the_kept_state_follows(opened: Workspace) -> None:
    def state() -> str:
        with open_reader(opened.index_path) as index:
            return next(
                iter(index.states.lines(opened.standard, Chosen(places={"village": (w.SHEEP.village,)})))
            )

    before = state()
    assert codes_of_check(opened) == []
    enter(
        opened,
        会议=[
            {"层级": "区", "会议日期": "2024-11-08", "会议意见": "不同意"},
            {"层级": "镇街", "会议日期": "2023-1-1"},
        ],
    )
    with_clash = state()

    assert codes_of_check(opened) == ["dossier-township", "dossier-district"]
    assert with_clash != before and "内容不一致" in with_clash
    enter(opened, 会议=[{"层级": "区", "会议日期": "2024-11-08", "会议意见": "同意"}])
    assert codes_of_check(opened) == []
    assert state() == before


def test_who_may_fill_in_a_dossier_is_held_against_the_register_of_people(opened: Workspace) -> None:
    registered(opened, *EVERYBODY)

    enter(as_one(opened, VILLAGER.name), 资产=[SHED])
    with pytest.raises(RefusedError, match="填写、更正项目底册"):
        enter(as_one(opened, AUDITOR.name), 资产=[])
    with pytest.raises(RefusedError, match="不是区水利局的"):
        enter(as_one(opened, WATER.name), 资产=[])
    with open_reader(opened.index_path) as index:
        assert index.dossiers.of(CODE).actor == VILLAGER.name
        assert index.dossiers.of(CODE).version == 1


def test_a_proposal_lapses_when_the_dossier_changes(opened: Workspace) -> None:
    registered(opened, *EVERYBODY)
    ours = as_one(opened, CLERK.name)
    with ours.writing("propose", wait=10) as index:
        asked = propose(ours, index, CODE, {}, dry_run=True).verdict.judged.keys
        assert propose(ours, index, CODE, reasons(asked)).proposal is not None
        assert index.proposals.waiting(CODE) is not None
    enter(as_one(opened, VILLAGER.name), 土地=[])

    with open_reader(opened.index_path) as index:
        assert index.proposals.waiting(CODE) is None


def test_a_dossier_goes_with_a_joined_project_where_the_other_has_none_and_each_gets_its_own_back(
    opened: Workspace,
) -> None:
    enter(opened, 资产=[SHED])
    enter(opened, w.FISH.code, 土地=[])
    before = known(opened)
    decided(opened, lambda deciding: deciding.join([CODE, w.FISH.code], w.LEMON.code), "register join")
    with open_reader(opened.index_path) as index:
        joined, history = index.dossiers.of(w.LEMON.code), index.dossiers.history(w.LEMON.code)

    assert joined.dossier.rows("资产")[0]["资产名称"] == "圈舍"
    assert len(history) == 1
    taken_back(opened)
    assert known(opened) == before
    assert w.disagreements(opened) == []


def test_a_row_changed_by_hand_is_seen(opened: Workspace) -> None:
    enter(opened, 资产=[SHED])
    tampered(opened, "UPDATE dossiers SET record = '{}'")

    assert [one.message for one in verify(opened).findings if "dossiers" in str(one)]
