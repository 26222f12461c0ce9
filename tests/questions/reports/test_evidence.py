"""The sheet of evidence of a real archive: pages with pictures, what is altered or gone told in words."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archivist.core.page import Line, Page
from archivist.core.reports.report import Figure, Gallery, Listing, Report, Words
from archivist.errors import UsageError
from archivist.extract import thumbnails
from archivist.extract.failures import Refused
from archivist.index.reader import open_reader
from archivist.questions.reports.asked import Asked, Filters
from archivist.questions.reports.evidence import evidence, project_gallery
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.output_schemas import validator
from support.sheets import CODE, asked, sheep
from support.tampering import flip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The project's archive. Only to be looked at."""
    return sheep(tmp_path_factory.mktemp("sheets") / "工作区")


@pytest.fixture
def copied(whole: Workspace, tmp_path: Path) -> Workspace:
    """The same, to be spoilt."""
    return w.again(whole, tmp_path / "工作区")


def _figures(report: Report, item: str = "") -> list[Figure]:
    galleries = [one for one in report.sections if isinstance(one, Gallery) and item in one.heading]
    return [figure for one in galleries for figure in one.figures]


def _shown(opened: Workspace, form: str = "html", pages: int | None = None) -> tuple[Report, list[Figure]]:
    with open_reader(opened.index_path) as index:
        report = evidence(asked(opened, index, form, pages))
        return report, _figures(report)


@pytest.fixture(scope="module")
def html(whole: Workspace) -> tuple[Report, list[Figure]]:
    """Its sheet with pictures, made once."""
    return _shown(whole)


def _of_item(opened: Workspace, item: int) -> dict[str, str]:
    with open_reader(opened.index_path) as index:
        (one,) = index.project_files.of([CODE])[0].of(item)
    assert one.path is not None
    assert one.file.vault is not None
    return {"id": one.id, "copy": one.path, "original": one.file.vault}


def _told(opened: Workspace, document: str) -> str:
    """What stands beside the pages of a paper of item 4; none of them is shown."""
    with open_reader(opened.index_path) as index:
        figures = _figures(evidence(asked(opened, index)), "第4项")
    found = [figure for figure in figures if document in figure.caption]
    assert found
    assert all(figure.picture == b"" for figure in found)
    return "\n".join(words for figure in found for _, words in figure.facts)


def test_every_page_of_every_item_is_there_and_those_with_something_on_them_have_a_picture(
    html: tuple[Report, list[Figure]],
) -> None:
    report, figures = html

    assert report.summary[-1] == f"归档材料共 {len(figures)} 页，全部列出。"
    pictured = [figure for figure in figures if figure.picture]
    assert len(pictured) == 3
    assert all(figure.media == "image/jpeg" and figure.alt and figure.width <= 420 for figure in pictured)
    blank = [figure for figure in figures if not figure.picture]
    assert all("没有页面图像" in figure.facts[0][1] for figure in blank)


def test_the_outline_of_a_seal_lies_round_its_ink(html: tuple[Report, list[Figure]]) -> None:
    _, figures = html
    page = next(figure for figure in figures if figure.picture and "印章" in figure.alt)
    found = np.asarray(Image.open(io.BytesIO(page.picture)).convert("RGB")).astype(int)

    red = found[..., 0] - found[..., 1] > 60
    rows, across = np.nonzero(red)
    left, top, right, bottom = w.SEAL[0].box
    assert across.max() == pytest.approx(right * page.width + 5, abs=4)
    assert across.min() == pytest.approx(left * page.width - 5, abs=4)
    assert rows.max() == pytest.approx(bottom * page.height + 5, abs=4)
    assert rows.min() == pytest.approx(top * page.height - 5 - 15, abs=6)  # with its number above it
    assert red[round((top + bottom) / 2 * page.height), round((left + right) / 2 * page.width)]


def test_a_page_tells_what_the_checks_rest_on_with_rule_and_clause(
    whole: Workspace, html: tuple[Report, list[Figure]]
) -> None:
    _, figures = html
    record = _of_item(whole, 4)["id"]
    first = next(figure for figure in figures if record in figure.caption)
    told = "\n".join(f"{label} {words}" for label, words in first.facts)

    assert "应到：20；实到：18" in told
    assert "《中华人民共和国村民委员会组织法》" in told
    assert "应到20人" in told


def test_items_follow_one_another_each_with_its_papers_and_pages(html: tuple[Report, list[Figure]]) -> None:
    report, _ = html
    kinds = [type(one).__name__ for one in report.sections if isinstance(one, Words | Listing | Gallery)]

    at = next(at for at, one in enumerate(report.sections) if one.heading.startswith("第4项"))
    assert [type(one) for one in report.sections[at : at + 3]] == [Words, Listing, Gallery]
    assert kinds.count("Gallery") == 7


def test_no_picture_is_made_before_somebody_looks(whole: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(thumbnails, "Thumbnails", refuse)
    with open_reader(whole.index_path) as index:
        report = evidence(asked(whole, index))
        with pytest.raises(AssertionError):
            _figures(report)


@pytest.mark.parametrize("form", ["text", "xlsx", "csv", "json"])
def test_a_format_without_pictures_has_none_made(
    whole: Workspace, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(thumbnails, "Thumbnails", refuse)
    with open_reader(whole.index_path) as index:
        report = evidence(asked(whole, index, form))
        assert all(not figure.picture for figure in _figures(report))
        assert project_gallery(asked(whole, index, form)) == ()
        assert list(report.records())


def test_a_workbook_has_all_papers_in_one_list_and_what_stands_on_their_pages_in_another(
    whole: Workspace,
) -> None:
    report, _ = _shown(whole, "xlsx")
    lists = [one for one in report.sections if isinstance(one, Listing)]

    assert [one.heading for one in lists] == ["检查发现的问题", "归档的材料", "各页的依据"]
    assert {row[0] for row in lists[1].table.rows} == {1, 2, 3, 4, 5, 6, 7}


def test_other_reports_show_the_pages_alone(whole: Workspace) -> None:
    with open_reader(whole.index_path) as index:
        sections = project_gallery(asked(whole, index, "docx"))

    assert [type(one) for one in sections] == [Gallery] * 7


def test_pages_that_were_not_asked_for_are_named(whole: Workspace) -> None:
    report, figures = _shown(whole, pages=2)
    (left,) = [one for one in report.sections if isinstance(one, Words) and one.heading == "另外说明"]

    assert len(figures) == 2
    assert "列出 2 页" in report.summary[-1]
    assert any("没有列出" in line for line in left.lines)
    assert _shown(whole, pages=0)[1] == []


def test_a_filed_copy_that_is_gone_is_told_and_not_shown(copied: Workspace) -> None:
    paper = _of_item(copied, 4)
    (copied.config.store_root / paper["copy"]).unlink()

    assert "归档的文件不见了，不作为依据展示" in _told(copied, paper["id"])


def test_a_filed_copy_that_was_altered_is_told_and_not_shown(copied: Workspace) -> None:
    paper = _of_item(copied, 4)
    flip(copied.config.store_root / paper["copy"])

    assert "归档的文件被改动或替换了，不作为依据展示" in _told(copied, paper["id"])


def test_a_link_in_the_place_of_a_filed_copy_is_no_copy(copied: Workspace, tmp_path: Path) -> None:
    paper = _of_item(copied, 4)
    place = copied.config.store_root / paper["copy"]
    place.rename(tmp_path / "别处.pdf")
    place.symlink_to(tmp_path / "别处.pdf")

    assert "不见了" in _told(copied, paper["id"])


@pytest.mark.parametrize("spoil", ["gone", "altered"])
def test_a_kept_original_that_is_not_whole_is_told_and_not_shown(copied: Workspace, spoil: str) -> None:
    paper = _of_item(copied, 4)
    original = copied.config.store_root / paper["original"]
    if spoil == "gone":
        original.chmod(0o644)
        original.unlink()
    else:
        flip(original)

    told = _told(copied, paper["id"])
    assert ("收存的原件不见了" if spoil == "gone" else "收存的原件被改动或替换了") in told


def test_what_is_not_shown_is_so_in_the_list_and_the_records_too(copied: Workspace) -> None:
    paper = _of_item(copied, 4)
    (copied.config.store_root / paper["copy"]).unlink()
    report, _ = _shown(copied, "json")

    records = list(report.records())
    refused = {one["id"]: one["refused"] for one in records if one["record"] == "paper"}
    assert refused.pop(paper["id"]) == "归档的文件不见了，不作为依据展示"
    assert set(refused.values()) == {None}
    assert all(
        one["refused"] for one in records if one["record"] == "page" and one["document"] == paper["id"]
    )


def test_where_what_was_read_is_lost_words_are_told_without_places(copied: Workspace) -> None:
    paper = _of_item(copied, 4)
    shutil.rmtree(copied.store.private / "reads")
    _, figures = _shown(copied)

    first = next(figure for figure in figures if paper["id"] in figure.caption)
    told = dict(first.facts)
    assert first.picture
    assert any("应到：20" in words and "没有框出" in words for words in told.values())
    assert "印章" in first.alt


def test_the_records_have_boxes_as_fractions_of_the_page(whole: Workspace) -> None:
    with open_reader(whole.index_path) as index:
        records = list(evidence(asked(whole, index, "json")).records())

    kinds = [one["record"] for one in records]
    assert kinds[0] == "project"
    assert {"project", "finding", "paper", "page"} == set(kinds)
    checker = validator("output/report-evidence.schema.json")
    assert [error.message for one in records for error in checker.iter_errors(one)] == []
    boxes = [
        box for one in records if one["record"] == "page" for spot in one["spots"] for box in spot["boxes"]
    ]
    assert boxes
    assert all(0 <= side <= 1 for box in boxes for side in box)


def test_without_a_project_or_with_one_that_nobody_knows_it_says_what_to_write(whole: Workspace) -> None:
    with open_reader(whole.index_path) as index:
        nobody = Asked(index, whole.standard, asked(whole, index).today, whole.config.store_root)
        with pytest.raises(UsageError, match="项目编号"):
            evidence(nobody)
        with pytest.raises(UsageError, match="XX-1"):
            evidence(
                Asked(index, whole.standard, nobody.today, nobody.store, filters=Filters(project="XX-1"))
            )


@pytest.mark.parametrize("trouble", ["refused", "long"])
def test_a_word_file_that_cannot_be_laid_out_or_has_too_many_pages_says_so(
    whole: Workspace, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What LibreOffice would give is given here: a refusal, or the original itself as a PDF of 50 pages."""
    lines = (Line("应到20人，实到18人", (0.1, 0.1, 0.5, 0.2)),)

    def laid_out(self: object, path: Path) -> thumbnails.LaidOut:
        if trouble == "refused":
            raise Refused("打不开")
        return thumbnails.LaidOut(path, tuple(Page(number, lines) for number in range(1, 51)))

    monkeypatch.setattr(thumbnails.Thumbnails, "laid_out", laid_out)
    with open_reader(whole.index_path) as index:
        figures = _figures(evidence(asked(whole, index)), "第4项")

    if trouble == "refused":
        assert all(figure.facts[0] == ("没有图像", "没有页面图像：打不开。") for figure in figures)
    else:
        assert len(figures) == 21
        assert "由软件排版" in figures[0].caption
        assert figures[-1].facts == (("没有列出", "这份文件排出 50 页，第 20 页以后的没有列出。"),)
