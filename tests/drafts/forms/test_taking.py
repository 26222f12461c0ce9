"""Forms taken back: of which kind, edition and workspace they are, and documents made of them one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archivist.core.forms.cells import CellSheet
from archivist.core.forms.reading import Entry, Place
from archivist.drafts import find_kind
from archivist.drafts.batch import Task, made
from archivist.drafts.drafting import Drafting
from archivist.drafts.forms.known import chosen_projects, known_rows, number_of
from archivist.drafts.forms.taking import Taken, form_sheets, number_on, take
from archivist.drafts.forms.workbook import form_workbook
from archivist.errors import BadInputError, StoreError, UsageError
from archivist.index.reader import open_reader
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.drafting import TODAY
from support.forms import FIRST, Cells, filled, sheet

CELLS: Cells = {("填写表", FIRST, "会议名称"): "村民代表会议"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return w.workspace(tmp_path_factory.mktemp("表") / "w")


@pytest.fixture(scope="module")
def drafting(opened: Workspace) -> Drafting:
    return Drafting(opened)


def given_out(opened: Workspace, drafting: Drafting, folder: Path, **other: str) -> tuple[CellSheet, ...]:
    kind = find_kind(drafting.kinds, "village-record")
    with open_reader(opened.index_path) as index:
        number = number_of(kind, index, TODAY)._replace(**other)
    raw = form_workbook(kind, known_rows(opened, kind, [w.SHEEP, w.FISH], TODAY), number, TODAY)
    path = folder / "表.xlsx"
    path.write_bytes(filled(raw, CELLS))
    sheets = form_sheets(path)
    assert sheets is not None
    return sheets


def taken(opened: Workspace, drafting: Drafting, sheets: tuple[CellSheet, ...], wanted: str = "") -> Taken:
    kind = find_kind(drafting.kinds, wanted) if wanted else None
    with open_reader(opened.index_path) as index:
        return take(opened, index, drafting.kinds, sheets, TODAY, kind)


def test_a_form_says_itself_of_which_kind_it_is(
    opened: Workspace, drafting: Drafting, tmp_path: Path
) -> None:
    found = taken(opened, drafting, given_out(opened, drafting, tmp_path))

    assert (found.kind.slug, found.notices, found.faults) == ("village-record", (), ())
    assert [entry.values for entry in found.entries] == [{"会议名称": "村民代表会议"}]
    assert found.untouched == (w.FISH.code,)


def test_a_form_of_another_edition_or_workspace_is_told_and_taken(
    opened: Workspace, drafting: Drafting, tmp_path: Path
) -> None:
    found = taken(opened, drafting, given_out(opened, drafting, tmp_path, edition="0" * 8, workspace="0" * 8))

    assert len(found.entries) == 1
    assert "2024年12月20日的旧版" in found.notices[0] and "别的工作区" in found.notices[1]


def test_a_form_of_another_kind_than_wanted_or_of_none_is_refused(
    opened: Workspace, drafting: Drafting, tmp_path: Path
) -> None:
    sheets = given_out(opened, drafting, tmp_path)
    unknown = given_out(opened, drafting, tmp_path, kind="no-such")

    for wrong, wanted, told in (
        (sheets, "资产处置方案", "这是“村会议记录”的填写表"),
        (unknown, "", "这里没有这个文种"),
        ((sheet("填写表", ["项目编号"]),), "", "不是填写表"),
    ):
        with pytest.raises(BadInputError, match=told):
            taken(opened, drafting, wrong, wanted)


def test_only_workbooks_with_a_number_are_forms(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("甲: 1", "utf-8")
    (tmp_path / "b.xlsx").write_bytes(b"no workbook")

    assert form_sheets(tmp_path / "a.yaml") is None
    assert number_on([sheet("Sheet", ["AF1"])]) is None
    for name in ("b.xlsx", "none.xlsx"):
        with pytest.raises(BadInputError, match=name):
            form_sheets(tmp_path / name)


def test_projects_are_chosen_by_number_and_township_each_once(opened: Workspace) -> None:
    with open_reader(opened.index_path) as index:
        both = chosen_projects(index, [w.SHEEP.code, w.SHEEP.code], w.SHEEP.township)
        with pytest.raises(BadInputError, match="DZ-0000"):
            chosen_projects(index, ["DZ-0000"], None)
        with pytest.raises(UsageError, match="没有的镇"):
            chosen_projects(index, [], "没有的镇")

    assert both[0].code == w.SHEEP.code and len({one.code for one in both}) == len(both)


def test_what_is_wrong_with_one_document_is_told_and_stops_no_other(
    drafting: Drafting, tmp_path: Path
) -> None:
    kind = find_kind(drafting.kinds, "village-record")
    entry = Entry(w.SHEEP.code, 6, {"应到人数": "三十"}, {(): Place("填写表", 6, "")})
    entry.fault(Place("填写表", 6, "记录人"), "这一格是公式")
    stray = Entry("DZ-0000", 7, {}, {(): Place("填写表", 7, "")})
    stray.fault(Place("填写表", 7, "记录人"), "这一格是公式")

    def write(task: Task, content: bytes) -> Path:
        raise StoreError("磁盘满了")

    def problems(task: Task) -> tuple[str, ...]:
        done = made(drafting, task, write)
        assert done.path is None and done.record()["path"] is None
        return done.problems

    assert problems(Task(kind, w.SHEEP.code)) == ("磁盘满了",)
    assert problems(Task(kind, w.SHEEP.code, {"应到人数": "三十"})) == (
        "“应到人数”填的是“三十”，应为人数（整数）",
    )
    assert problems(Task(kind, w.SHEEP.code, entry.values, entry)) == (
        "表“填写表”第6行“记录人”：这一格是公式",
        "表“填写表”第6行“应到人数”：填的是“三十”，应为人数（整数）",
    )
    broken = tmp_path.parent / "村会议记录.docx"
    template = replace(kind, template_source=str(broken))
    (lost,) = problems(Task(template, w.SHEEP.code))
    assert "村会议记录.docx" in lost and str(broken.parent) not in lost and "请告诉管理员" in lost
    told = problems(Task(kind, "DZ-0000", {}, stray))
    assert told[0].startswith("表“填写表”第7行") and "台账里没有项目编号" in told[1]
    assert list(tmp_path.iterdir()) == []
