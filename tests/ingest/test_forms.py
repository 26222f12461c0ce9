"""Filled forms dropped into folders, read for real: documents in 公文 with a note beside them, the form kept, none filed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from archivist.core.drafts.kinds import DocumentKind
from archivist.core.project import Project
from archivist.drafts import find_kind, load_kinds
from archivist.drafts.drafting import Drafting
from archivist.drafts.forms.known import known_rows, number_of
from archivist.drafts.forms.workbook import form_workbook
from archivist.errors import SettingsError
from archivist.index.reader import open_reader
from archivist.ingest import forms
from archivist.ingest.pipeline import Pipeline
from archivist.store.layout import NOTE_SUFFIX, RECENT
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.drafting import TODAY
from support.forms import FIRST, Cells, filled
from support.places import SCHEMAS

FILLED: Cells = {("填写表", FIRST, "会议名称"): "村民代表会议", ("填写表", FIRST + 1, "应到人数"): "三十人"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return w.workspace(tmp_path_factory.mktemp("表") / "w")


def form(opened: Workspace, cells: Cells, *projects: Project) -> bytes:
    kind = find_kind(load_kinds(SCHEMAS, SCHEMAS.parent / "doc_templates"), "village-record")
    with open_reader(opened.index_path) as index:
        number = number_of(kind, index, TODAY)
    return filled(form_workbook(kind, known_rows(opened, kind, projects, TODAY), number, TODAY), cells)


def taken_in(opened: Workspace) -> None:
    with opened.writing("ingest", wait=10) as index, Pipeline(opened, index) as line:
        line.run()


def papers(opened: Workspace) -> dict[str, str]:
    """What lies in 公文: notes with their words."""
    root = opened.config.papers
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8-sig") if path.suffix == ".txt" else ""
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_a_form_gives_the_good_documents_and_tells_what_is_wrong_beside_the_others(
    made: Workspace, tmp_path: Path
) -> None:
    opened = w.again(made, tmp_path / "w")
    (opened.config.inbox / "会议表.xlsx").write_bytes(form(opened, FILLED, w.SHEEP, w.FISH))
    taken_in(opened)
    found = papers(opened)
    good, bad = (f"{one.code} {one.name}/{one.code} 村会议记录" for one in (w.SHEEP, w.FISH))
    (row,) = w.documents(opened)
    page = (opened.config.inbox / RECENT).read_text("utf-8")

    assert set(found) == {
        f"{good}.docx",
        f"{good}{NOTE_SUFFIX}",
        f"{bad}{NOTE_SUFFIX}",
        "收到的表/会议表.xlsx",
        f"收到的表/会议表.xlsx{NOTE_SUFFIX}",
    }
    assert (
        "处【待填】，补齐后再打印" in found[f"{good}{NOTE_SUFFIX}"]
        and "记录人" in found[f"{good}{NOTE_SUFFIX}"]
    )
    for note in (f"{bad}{NOTE_SUFFIX}", f"收到的表/会议表.xlsx{NOTE_SUFFIX}"):
        assert "表“填写表”第7行“应到人数”：填的是“三十人”，应为人数（整数）" in found[note]
    assert (row["status"], row["project"], row["item"], row["path"]) == (
        "rejected",
        None,
        None,
        "公文/收到的表/会议表.xlsx",
    )
    assert w.dropped(opened) == []
    assert "填写表" in page and "生成了 1 份公文" in page and "照表旁边的说明改好" in page
    assert [one for one in w.disagreements(opened) if ": 公文/" not in one] == []


def test_a_template_that_loses_a_word_is_told_of_its_document_and_the_form_comes_back(
    made: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = w.again(made, tmp_path / "w")
    place = str(SCHEMAS.parent / "doc_templates" / "village-record.docx")
    lose = SettingsError(f"用模板 {place} 没有生成文件：没有印出来")
    real = Drafting.content

    def content(self: Drafting, kind: DocumentKind, code: str, given: Mapping[str, Any]) -> Any:
        if code == w.FISH.code:
            raise lose
        return real(self, kind, code, given)

    monkeypatch.setattr(Drafting, "content", content)
    raw = filled(form(opened, FILLED, w.SHEEP, w.FISH), {("填写表", FIRST + 1, "应到人数"): 30})
    (opened.config.inbox / "会议表.xlsx").write_bytes(raw)
    taken_in(opened)
    found = papers(opened)
    good, bad = (f"{one.code} {one.name}/{one.code} 村会议记录" for one in (w.SHEEP, w.FISH))

    assert f"{good}.docx" in found and f"{bad}.docx" not in found
    for note in (f"{bad}{NOTE_SUFFIX}", f"收到的表/会议表.xlsx{NOTE_SUFFIX}"):
        assert "village-record.docx 没有生成文件：没有印出来" in found[note]
        assert str(SCHEMAS.parent) not in found[note]
    assert w.dropped(opened) == []


def test_a_mended_form_dropped_beside_the_papers_makes_what_is_left_and_nothing_twice(
    made: Workspace, tmp_path: Path
) -> None:
    opened = w.again(made, tmp_path / "w")
    raw = form(opened, FILLED, w.SHEEP, w.FISH)
    (opened.config.filled / "会议表.xlsx").write_bytes(raw)
    taken_in(opened)
    mended = filled(raw, {("填写表", FIRST + 1, "应到人数"): 30})
    (opened.config.filled / "会议表.xlsx").write_bytes(mended)
    taken_in(opened)
    found = papers(opened)

    assert sorted(Path(name).name for name in found if name.endswith(".docx")) == [
        f"{one.code} 村会议记录.docx" for one in sorted((w.SHEEP, w.FISH), key=lambda one: one.code)
    ]
    note = f"{w.FISH.code} {w.FISH.name}/{w.FISH.code} 村会议记录{NOTE_SUFFIX}"
    assert "要改正" not in found[note] and "【待填】" in found[note]
    assert {"收到的表/会议表.xlsx", "收到的表/会议表 (2).xlsx"} <= set(found)
    assert opened.config.filled.is_dir() and not list(opened.config.filled.iterdir())


def test_another_document_of_the_same_name_is_never_written_over(made: Workspace, tmp_path: Path) -> None:
    opened = w.again(made, tmp_path / "w")
    folder = opened.config.papers / f"{w.SHEEP.code} {w.SHEEP.name}"
    folder.mkdir(parents=True)
    (folder / f"{w.SHEEP.code} 村会议记录.docx").write_bytes(b"mine")
    cells: Cells = {("填写表", FIRST, "会议名称"): "村民代表会议"}
    (opened.config.inbox / "会议表.xlsx").write_bytes(form(opened, cells, w.SHEEP))
    taken_in(opened)

    assert (folder / f"{w.SHEEP.code} 村会议记录.docx").read_bytes() == b"mine"
    assert (folder / f"{w.SHEEP.code} 村会议记录 (2).docx").is_file()


def test_a_form_in_a_projects_item_folder_is_no_evidence_of_it(made: Workspace, tmp_path: Path) -> None:
    opened = w.again(made, tmp_path / "w")
    place = w.item_folder(opened, w.SHEEP, 4) / "会议表.xlsx"
    place.write_bytes(form(opened, {}, w.SHEEP))
    taken_in(opened)
    (row,) = w.documents(opened)

    assert row["status"] == "rejected" and not place.exists()
    assert "表里没有填写任何内容" in papers(opened)[f"收到的表/会议表.xlsx{NOTE_SUFFIX}"]


def test_forms_that_are_hostile_unknown_or_too_long_are_told_and_make_nothing(
    made: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = w.again(made, tmp_path / "w")
    raw = form(opened, FILLED, w.SHEEP, w.FISH)
    monkeypatch.setattr(forms, "_MOST_PROJECTS", 1)
    (opened.config.inbox / "太长.xlsx").write_bytes(raw)
    book = openpyxl.Workbook()
    for line in ("文种填写表", "", "表号：AF1-no-such-kind-00000000-20240101-00000000"):
        book.worksheets[0].append([line])
    book.save(opened.config.inbox / "别的.xlsx")
    for _ in range(61):
        book.create_sheet()
    book.save(opened.config.inbox / "太多.xlsx")
    taken_in(opened)
    found = papers(opened)

    assert "放进文件夹的一次最多 1 个" in found[f"收到的表/太长.xlsx{NOTE_SUFFIX}"]
    assert "这里没有这个文种" in found[f"收到的表/别的.xlsx{NOTE_SUFFIX}"]
    assert "这张填写表读不出来" in found[f"收到的表/太多.xlsx{NOTE_SUFFIX}"]
    assert not [name for name in found if name.endswith(".docx")]


def test_a_workbook_that_is_no_form_goes_the_way_of_papers(made: Workspace, tmp_path: Path) -> None:
    opened = w.again(made, tmp_path / "w")
    shutil.copy(w.pdf(tmp_path / "a.pdf", "x"), opened.config.filled / "会议.pdf")
    taken_in(opened)
    (row,) = w.documents(opened)

    assert row["source"] == "填好的表/会议.pdf" and "收到的表" not in (row["path"] or "")
