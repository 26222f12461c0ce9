"""people, and deregister by two people, as they are typed: words, exit codes, JSON; every way round it is refused."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from archivist.store.layout import DECISION_PAGE
from archivist.workspace.opened import open_workspace
from support import workspaces as w
from support.approving import file_approval
from support.cli_running import Ran, run_archivist
from support.complete import hand_in, reasons_typed
from support.output_schemas import validator
from support.people import ADMIN, CLERK, EVERYBODY, HEAD, HEADER, TOWNSMAN, cells, csv

CODE = w.SHEEP.code
DEREGISTER = validator("output/deregister.schema.json")

pytestmark = pytest.mark.skipif(
    getattr(os, "getuid", int)() != 0, reason="only an administrator may act as another user of the system"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project all of whose items are there, and no register of people yet."""
    opened = w.workspace(tmp_path_factory.mktemp("people") / "w")
    hand_in(opened, w.SHEEP)
    w.ingest(opened)
    return opened.config.workspace


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return csv(tmp_path / "人员名册.csv", *map(cells, EVERYBODY))


@pytest.fixture
def peopled(place: Path, register: Path) -> Path:
    assert run(place, "people", "import", str(register)).code == 0
    return place


def run(place: Path, *arguments: str, name: str = "", user: str = "root") -> Ran:
    who = ("--as", name) if name else ()
    return run_archivist("-w", str(place), *who, *arguments, env={"LOGNAME": user})


def told(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.text.splitlines()]


# -- the register ------------------------------------------------------------------------------------------------------


def test_a_register_is_imported_listed_and_imported_again_without_change(place: Path, register: Path) -> None:
    tried = run(place, "people", "import", str(register), "--dry-run")
    nobody = run(place, "people", "list")
    first = run(place, "people", "import", str(register))
    again = run(place, "people", "import", str(register), name=ADMIN.name)
    records = told(run(place, "people", "list", "--json"))
    checker = validator("output/people.schema.json")

    assert (tried.code, "（只是预览，没有保存。）" in tried.text) == (0, True)
    assert "没有人员名册：软件按一人使用，不核对权限。" in nobody.text
    assert first.code == 0
    assert f"新增 {HEAD.told}" in first.text
    assert f"新增 {len(EVERYBODY)} 人，修改 0 人" in first.text
    assert f"新增 0 人，修改 0 人，没有变化 {len(EVERYBODY)} 人" in again.text
    assert "区系统管理员少于 2 名（现有 1 名）。（正文三（五）“区级、镇街、村（社区）原则上" in first.err
    assert {one["name"] for one in records} == {one.name for one in EVERYBODY}
    assert [error.message for one in records for error in checker.iter_errors(one)] == []
    assert f"共 {len(EVERYBODY)} 人。" in run(place, "people", "list").text


def test_what_changes_is_shown_and_who_is_absent_stays(peopled: Path, tmp_path: Path) -> None:
    rows = [(*cells(CLERK)[:4], "科长", "", "", "feng", ""), (*cells(TOWNSMAN)[:8], "是")]
    file = csv(tmp_path / "又一份.csv", *rows)
    ran = run(peopled, "people", "import", str(file), name=ADMIN.name)
    listed = run(peopled, "people", "list").text

    assert f"修改 {CLERK.called}：职务：（空） → 科长；系统账号：（空） → feng" in ran.text
    assert f"修改 {TOWNSMAN.called}：停用：否 → 是" in ran.text
    assert f"保留 {HEAD.told}：这次的文件里没有，未删除" in ran.text
    assert f"共 {len(EVERYBODY) - 1} 人，另有停用的 1 人。" in listed


def test_a_workbook_with_several_sheets_is_read(place: Path, tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "说明"
    first.append(["填表说明"])
    people = book.create_sheet("名册")
    people.append(["大足区人员名册"])
    for row in ((*HEADER, "血型"), *map(cells, EVERYBODY)):
        people.append(list(row))
    book.save(tmp_path / "名册.xlsx")
    ran = run(place, "people", "import", str(tmp_path / "名册.xlsx"))

    assert ran.code == 0, ran.err
    assert "没有导入不认识的列：血型" in ran.err
    assert "没有姓名和单位两列、已跳过的工作表：说明" in ran.err


def test_wrong_rows_are_all_told_and_nothing_is_imported(place: Path, tmp_path: Path) -> None:
    file = csv(
        tmp_path / "名册.csv",
        cells(ADMIN),
        ("", "区农业农村委", "部门", "经办"),
        ("陈某", "区某某局", "部门", "经办"),
        ("褚某", "某镇人民政府", "镇街", "经办", "", "某镇"),
        cells(ADMIN),
    )
    ran = run(place, "people", "import", str(file))

    assert ran.code == 4
    assert "有 4 处要改，这次一条也没有导入" in ran.err
    for words in ("第 3 行“姓名”：不能为空", "第 4 行“单位”", "第 5 行“镇街”", "第 6 行“姓名”"):
        assert words in ran.err
    assert "没有人员名册" in run(place, "people", "list").text


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((), "里只有表头，没有人员"),
        ((cells(CLERK),), "没有一个人能再更新人员名册（要有区、专班的系统管理员）"),
    ],
)
def test_a_register_that_cannot_be_worked_with_is_refused(
    place: Path, tmp_path: Path, rows: Sequence[Sequence[str]], words: str
) -> None:
    ran = run(place, "people", "import", str(csv(tmp_path / "名册.csv", *rows)))

    assert (ran.code, words in ran.err) == (4, True), ran.err
    assert "没有人员名册" in run(place, "people", "list").text


def test_a_table_without_its_columns_is_refused(place: Path, tmp_path: Path) -> None:
    other = csv(tmp_path / "台账.csv", ("1", "2"), header=("项目编号", "项目名称"))
    short = csv(tmp_path / "短.csv", ("冯某", "区水利局"), header=("姓名", "单位"))

    assert "要有一行同时写着“姓名”和“单位”" in run(place, "people", "import", str(other)).err
    ran = run(place, "people", "import", str(short))
    assert (ran.code, "“层级”：没有这一列，请补上" in ran.err, "“角色”：没有这一列" in ran.err) == (
        4,
        True,
        True,
    )


def test_one_person_by_two_names_of_a_body_or_one_account_for_two_is_refused(
    peopled: Path, tmp_path: Path
) -> None:
    twice = csv(tmp_path / "一.csv", (CLERK.name, "大足区农业农村委员会", "部门", "经办"))
    first = csv(tmp_path / "二.csv", (*cells(CLERK)[:7], "feng", ""))
    second = csv(tmp_path / "三.csv", (*cells(HEAD)[:7], "FENG", ""))

    assert "像是同一个人" in run(peopled, "people", "import", str(twice), name=ADMIN.name).err
    assert run(peopled, "people", "import", str(first), name=ADMIN.name).code == 0
    ran = run(peopled, "people", "import", str(second), name=ADMIN.name)
    assert (ran.code, "系统账号“feng”既是" in ran.err.lower() or "既是" in ran.err) == (4, True)


def test_only_who_keeps_the_system_imports_it_again(peopled: Path, register: Path) -> None:
    clerk = run(peopled, "people", "import", str(register), name=CLERK.name)
    nobody = run(peopled, "people", "import", str(register))
    looked = run(peopled, "people", "import", str(register), "--dry-run")

    assert (clerk.code, "可以办的是区、专班的系统管理员" in clerk.err) == (1, True)
    assert (nobody.code, "没有系统账号“root”" in nobody.err) == (2, True)
    assert looked.code == 0


# -- two people --------------------------------------------------------------------------------------------------------


def proposed(place: Path, *more: str) -> Ran:
    given = reasons_typed(partial(run, place, name=CLERK.name, user="feng"), CODE)
    return run(place, "deregister", CODE, "--propose", *given, *more, name=CLERK.name, user="feng")


def test_two_people_deregister_a_project(peopled: Path) -> None:
    first = proposed(peopled)
    status = run(peopled, "status").text
    waits = told(run(peopled, "status", "--json"))[0]["proposed"]
    early = run(peopled, "deregister", CODE, "--confirm", name=HEAD.name, user="jiang")
    file_approval(open_workspace(peopled, ADMIN.name))
    (record,) = told(run(peopled, "deregister", CODE, "--confirm", "--json", name=HEAD.name, user="jiang"))
    again = run(peopled, "deregister", CODE)
    opened = open_workspace(peopled, None)
    page = (w.folder_of(opened, w.SHEEP) / DECISION_PAGE).read_text("utf-8")

    assert first.code == 0, first.err
    assert "由冯某甲（区农业农村委，部门；系统用户 feng）提请销号，等待另一人确认" in first.text
    assert "打印销号审批表，签字盖章后扫描归档到本项目，再由另一人办" in first.text
    assert [(one["project"], one["actor"]) for one in waits] == [(CODE, CLERK.name)]
    assert "已提请销号、等待另一人确认的项目" in status
    assert (early.code, "没有归档销号审批表" in early.text) == (1, True)
    assert [error.message for error in DEREGISTER.iter_errors(record)] == []
    assert (record["deregistered"], record["decision"]["confirmed_by"]["user"]) == (True, "jiang")
    assert record["proposal"]["by"]["name"] == CLERK.name
    for words in (
        "提请：冯某甲",
        "确认：蒋某（工作专班办公室，专班；系统用户 jiang）",
        "权限：按人员名册核对",
    ):
        assert words in again.text, again.err
        assert words in page


WRONG: list[tuple[Callable[[Path], Ran], int, str]] = [
    (lambda place: run(place, "deregister", CODE), 2, "销号要两个人办"),
    (lambda place: run(place, "deregister", CODE, "--propose"), 2, "没有系统账号“root”"),
    (lambda place: run(place, "deregister", CODE, "--propose", name="村干部"), 2, "没有“村干部”"),
    (lambda place: run(place, "deregister", CODE, "--confirm", name=HEAD.name), 4, "没有等待确认的提请"),
    (lambda place: run(place, "deregister", CODE, "--propose", name=ADMIN.name), 1, "不能提请销号"),
    (
        lambda place: run(place, "deregister", CODE, "--propose", "--confirm", name=HEAD.name),
        2,
        "只能写一个",
    ),
    (
        lambda place: run(place, "deregister", CODE, "--confirm", "--reason", "a-1=看过原件", name=HEAD.name),
        2,
        "确认时不写理由",
    ),
    (
        lambda place: run(
            place, "deregister", CODE, "--propose", "--reason", "看过全部原件", name=CLERK.name
        ),
        2,
        "要说明理由的键有：",
    ),
    (
        lambda place: run(place, "deregister", CODE, "--withdraw", name=CLERK.name),
        2,
        "收回提请要写明一个理由",
    ),
    (
        lambda place: run(
            place, "deregister", CODE, "--withdraw", "--reason", "还有一份材料", name=CLERK.name
        ),
        4,
        "没有等待确认的提请",
    ),
    (
        lambda place: run(place, "waive", CODE, "--item", "7", "--reason", "区里没有开会", name=HEAD.name),
        1,
        "不能免交：附件4第7项",
    ),
    (
        lambda place: run(
            place, "waive", CODE, "--item", "3", "--reason", "合同毁于水灾", name=TOWNSMAN.name
        ),
        1,
        "不能定为免交：可以办的是区、专班的审核、负责人",
    ),
    (lambda place: run(place, "date", "D00001", "2024-11-20", name="村干部"), 2, "没有“村干部”"),
]


@pytest.mark.parametrize(("act", "code", "words"), WRONG, ids=[words for _, _, words in WRONG])
def test_every_way_round_it_is_refused_in_a_sentence_and_changes_nothing(
    made: Path, register: Path, tmp_path: Path, act: Callable[[Path], Ran], code: int, words: str
) -> None:
    place = Path(shutil.copytree(made, tmp_path / "w"))
    assert run(place, "people", "import", str(register)).code == 0
    opened = open_workspace(place, None)
    before = w.rows(opened, "SELECT MAX(seq) FROM events")
    ran = act(place)

    assert (ran.code, words in ran.err) == (code, True), ran.err + ran.text
    assert w.rows(opened, "SELECT MAX(seq) FROM events") == before


def test_a_proposal_is_taken_back_and_one_that_lapsed_says_why(peopled: Path) -> None:
    proposed(peopled)
    given = ("--withdraw", "--reason", "还有一份材料要补")
    taken = run(peopled, "deregister", CODE, *given, name=CLERK.name, user="feng")
    proposed(peopled)
    opened = open_workspace(peopled, ADMIN.name)
    w.pdf(w.item_folder(opened, w.SHEEP, 5) / "又一份.pdf", w.minutes(w.SHEEP, 6))
    w.ingest(opened)
    late = run(peopled, "deregister", CODE, "--confirm", name=HEAD.name, user="jiang")
    looked = run(peopled, "deregister", CODE, "--propose", "--dry-run")

    assert (taken.code, "的销号提请已收回：还有一份材料要补。" in taken.text) == (0, True)
    assert (late.code, "已失效：提请以后，作为证据的材料变了" in late.err) == (4, True)
    assert looked.code == 1
    assert "每处各写各的" in looked.text


def test_the_same_account_cannot_confirm_under_another_name(peopled: Path) -> None:
    proposed(peopled)
    file_approval(open_workspace(peopled, ADMIN.name))
    ran = run(peopled, "deregister", CODE, "--confirm", name=HEAD.name, user="feng")

    assert (ran.code, "用的是同一个系统账号“feng”" in ran.err) == (1, True)
