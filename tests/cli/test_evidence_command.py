"""``archivist report evidence``: a project's sheet, or of several a file each in a folder."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from archivist.cli import evidencefolder, run
from archivist.cli.evidencefolder import file_name
from archivist.cli.reporting import write_into
from archivist.errors import ExitCode, StoreError
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.cli_running import Ran, run_archivist
from support.programs import needs_office
from support.sheets import CODE, sheep
from support.tampering import flip

LEMON, FISH = w.LEMON.code, w.FISH.code


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Only to be looked at."""
    return sheep(tmp_path_factory.mktemp("evidence") / "工作区")


def _run(opened: Workspace, *arguments: str, cwd: Path | None = None) -> Ran:
    return run_archivist("-w", str(opened.config.workspace), "report", "evidence", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def page(opened: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("page") / "依据.html"
    assert _run(opened, CODE, "-o", str(made)).code == 0
    return made


def test_a_sheet_is_saved_as_a_page_and_never_over_another(opened: Workspace, page: Path) -> None:
    made = page.read_bytes()

    assert made.count(b"data:image/jpeg;base64,") == 3
    assert b"<script" not in made
    again = _run(opened, CODE, "-o", str(page))
    assert (again.code, page.read_bytes()) == (7, made)


def test_the_same_day_gives_the_same_bytes(opened: Workspace, page: Path, tmp_path: Path) -> None:
    assert _run(opened, CODE, "-o", str(tmp_path / "b.html")).code == 0

    assert page.read_bytes() == (tmp_path / "b.html").read_bytes()


def test_a_word_file_and_a_workbook_are_whole(opened: Workspace, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for name in ("a.docx", "a.xlsx"):
        assert _run(opened, CODE, "-o", str(tmp_path / name)).code == 0

    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        assert package.testzip() is None
        assert any(name.startswith("word/media/") for name in package.namelist())
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == [
        "概要",
        "检查发现的问题",
        "归档的材料",
        "各页的依据",
    ]


def test_on_the_screen_it_is_words_and_as_json_a_record_a_line(opened: Workspace) -> None:
    told = _run(opened, CODE)
    assert (told.code, told.err) == (0, "")
    assert "应到：20；实到：18" in told.text

    records = [json.loads(line) for line in _run(opened, CODE, "-f", "json").text.splitlines()]
    assert {one["record"] for one in records} == {"project", "finding", "paper", "page"}


def test_a_page_of_an_altered_paper_is_told_in_words(opened: Workspace, tmp_path: Path) -> None:
    spoilt = w.again(opened, tmp_path / "工作区")
    for copy in w.item_folder(spoilt, w.SHEEP, 4).glob("*.pdf"):
        flip(copy)

    assert _run(spoilt, CODE, "-o", str(tmp_path / "a.html")).code == 0
    page = (tmp_path / "a.html").read_text("utf-8")
    assert page.count("data:image/jpeg") == 1
    assert "归档的文件被改动或替换了，不作为依据展示" in page


def test_fewer_pages_are_shown_where_that_is_asked_for_and_the_others_named(opened: Workspace) -> None:
    told = _run(opened, CODE, "--pages", "1").text

    assert "列出 1 页" in told
    assert "页没有列出" in told


def test_of_several_projects_each_has_a_file_and_a_page_leads_to_all(
    opened: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "依据"
    ran = _run(opened, CODE, LEMON, FISH, LEMON, "-o", f"{folder}/")

    assert ran.code == 0
    files = sorted(path.name for path in folder.iterdir())
    assert len(files) == 4
    assert [name.partition(" ")[0] for name in files if name != "目录.html"] == sorted((CODE, LEMON, FISH))
    index = (folder / "目录.html").read_text("utf-8")
    assert index.count("<a href=") == 3
    assert "写好 3 个" in ran.err


def test_a_run_that_was_cut_off_is_taken_up_and_what_is_there_is_left_alone(
    opened: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "依据"
    assert _run(opened, LEMON, FISH, "-o", f"{folder}/").code == 0
    kept = next(folder.glob(f"{LEMON}*"))
    kept.write_text("有人改过", "utf-8")
    next(folder.glob(f"{FISH}*")).unlink()

    ran = _run(opened, LEMON, FISH, "-o", str(folder))  # it is a folder by now, slash or no slash

    assert ran.code == 0
    assert kept.read_text("utf-8") == "有人改过"
    assert next(folder.glob(f"{FISH}*")).stat().st_size > 1000
    assert "写好 1 个，原来就有的 1 个没有重写" in ran.err
    assert len(list(folder.iterdir())) == 3  # the page that leads to them says the same as before


def test_what_a_killed_run_left_half_written_goes_a_day_later(opened: Workspace, tmp_path: Path) -> None:
    old, young = tmp_path / ".archivist-未写完-1", tmp_path / ".archivist-未写完-2"
    for half in (old, young):
        half.write_bytes(b"<!doctype html>")
    os.utime(old, (1_700_000_000, 1_700_000_000))

    assert _run(opened, FISH, "-o", f"{tmp_path}/").code == 0
    assert (old.exists(), young.exists()) == (False, True)
    assert len(list(tmp_path.glob(f"{FISH}*"))) == 1


def test_a_township_is_asked_for_by_its_name(opened: Workspace, tmp_path: Path) -> None:
    assert _run(opened, "--township", "石坝", "-f", "xlsx", "-o", f"{tmp_path / '石坝'}/").code == 0

    assert len(list((tmp_path / "石坝").glob("*.xlsx"))) == 2
    assert (tmp_path / "石坝" / "目录.html").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "项目编号"),
        ((CODE, LEMON), "文件夹"),
        ((CODE, LEMON, "-o", "a.html"), "文件夹"),
        (("XX-1",), "XX-1"),
        (("XX-1", CODE, "-o", "x/"), "XX-1"),
        ((CODE, "--township", "石坝镇"), "--township"),
        ((CODE, LEMON, "-f", "json", "-o", "x/"), "格式"),
        (("--township", "没有镇", "-o", "x/"), "没有镇"),
    ],
)
def test_what_cannot_be_given_is_told(
    opened: Workspace, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    ran = _run(opened, *arguments, cwd=tmp_path)

    assert ran.code == 2
    assert told in ran.err
    assert not list(tmp_path.iterdir())


def test_a_folder_whose_parent_is_not_there_is_told(opened: Workspace, tmp_path: Path) -> None:
    ran = _run(opened, CODE, LEMON, "-o", f"{tmp_path}/没有/依据/")

    assert ran.code == 4
    assert "不存在" in ran.err


@pytest.mark.parametrize(
    "arguments", [("missing", CODE), ("missing", "--pages", "3"), ("missing", "-o", ".")]
)
def test_other_reports_take_no_projects_pages_or_folders(
    opened: Workspace, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ran = run_archivist("-w", str(opened.config.workspace), "report", *arguments, cwd=tmp_path)

    assert ran.code == 2
    assert not list(tmp_path.iterdir())


def test_a_project_whose_sheet_cannot_be_made_costs_only_itself(
    opened: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(make: object, form: str, filters: object, stream: object) -> object:
        if getattr(filters, "project", None) == LEMON:
            raise StoreError("磁盘满了")
        return write_into(make, form, filters, stream)  # type: ignore[arg-type]

    monkeypatch.setattr(evidencefolder, "write_into", refuse)
    folder = tmp_path / "依据"
    code = run(["-w", str(opened.config.workspace), "report", "evidence", LEMON, FISH, "-o", f"{folder}/"])

    assert code == ExitCode.PARTIAL
    assert "没有做成：磁盘满了" in (folder / "目录.html").read_text("utf-8")
    assert len(list(folder.iterdir())) == 2


def test_names_are_short_safe_and_never_the_same_for_two_projects() -> None:
    names = {
        file_name(code, "名" * 300, ".html")
        for code in ("A/1", "A:1", "A-1", "<script>", "C" * 300, "C" * 299)
    }

    assert len(names) == 6
    assert all(len(name.encode()) < 250 and not set('<>:"/\\|?*') & set(name) for name in names)


@needs_office
@pytest.mark.long
def test_a_pdf_is_made_where_libreoffice_is(opened: Workspace, tmp_path: Path) -> None:
    import pypdfium2

    assert _run(opened, CODE, "-o", str(tmp_path / "a.pdf")).code == 0
    assert len(pypdfium2.PdfDocument(tmp_path / "a.pdf")) >= 3
