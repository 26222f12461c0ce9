"""The auditor's sheet of evidence (证据表): a project page by page, with pictures of the pages and what was found on them.

A paper that was altered, or is gone, is told in words and not shown. Pictures are made one by one while the report is
written, in disposable processes; a format that shows none (text, xlsx, json) has none made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archivist.core.catalogue.states import completeness, known
from archivist.core.document import Holding
from archivist.core.reports.evidence import (
    Judged,
    PaperPage,
    about,
    chosen,
    found,
    in_short,
    left_out,
    of_item,
    on_pages_laid_out,
    papers,
    void_overrides,
)
from archivist.core.reports.plainly import as_listing
from archivist.core.reports.report import Figure, Gallery, Report, Section, Words
from archivist.core.reports.spots import Kind, spots_of
from archivist.core.words.copies import what_became
from archivist.errors import UsageError
from archivist.questions.check import check

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.catalogue.completeness import Completeness
    from archivist.core.checks.values import ProjectFile, Rules
    from archivist.core.page import Page
    from archivist.core.rules import ItemRule
    from archivist.extract.seeing.thumbnail import Thumbnail, WantedPage
    from archivist.extract.thumbnails import Thumbnails
    from archivist.index.reader import IndexReader
    from archivist.questions.reports.asked import Asked

MOST_PAGES = 200
"""Pages of a project that are shown, unless somebody asks for another number."""
_MOST_LAID_OUT = 20
"""Pages shown of a file that LibreOffice lays out: a table may have thousands."""
_PICTURED = frozenset({"html", "docx", "pdf"})
_LISTED = frozenset({"xlsx", "csv"})
_BASIS = "实施方案附件4（归档目录）；各处所依据的条款写在旁边"


@dataclass(frozen=True)
class _Sheet:
    """A project read for the sheet."""

    file: ProjectFile
    rules: Rules
    judged: tuple[Judged, ...]
    stands: Completeness
    pages: Mapping[int, tuple[PaperPage, ...]]
    refused: Mapping[str, str]
    kept: tuple[PaperPage, ...] = field(default=())

    @property
    def all_pages(self) -> list[PaperPage]:
        return [page for pages in self.pages.values() for page in pages]


def evidence(asked: Asked) -> Report:
    """The sheet of evidence of the project that was asked for.

    Raises:
        UsageError: none was, or the register lacks it.
    """
    sheet = _read(asked)
    file = sheet.file
    return Report(
        "evidence",
        f"{file.name}（{file.code}）归档依据表",
        asked.unit,
        asked.today.isoformat(),
        _BASIS,
        in_short(sheet.judged, sheet.stands, len(sheet.all_pages), len(sheet.kept)),
        (about(file), found(sheet.judged), *_others(sheet), *_sections(sheet, asked)),
        lambda: _records(sheet),
    )


def project_gallery(asked: Asked) -> tuple[Section, ...]:
    """The pages of the project asked for, item by item: the part of the sheet that other reports show, where their format
    shows pictures.
    """
    return tuple(_galleries(_read(asked), asked)) if asked.form in _PICTURED else ()


def _read(asked: Asked) -> _Sheet:
    if asked.filters.project is None:
        raise UsageError("请写明项目编号：archivist report evidence 项目编号")
    (one,) = check(asked.index, asked.rules, asked.today, [asked.filters.project])
    file = known(one.file, asked.rules)
    judged = tuple((finding, one.override(finding)) for finding in one.findings)
    standing = Standing(asked.store)
    refused = {one.id: words for one in file.documents if (words := standing.told(one))}
    pages = {
        item.number: tuple(_pages(asked.index, file, item, asked.rules, judged, refused))
        for item in asked.rules.items
    }
    stands = completeness(file, asked.rules, one.findings)
    sheet = _Sheet(file, asked.rules, judged, stands, pages, refused)
    most = MOST_PAGES if asked.filters.pages is None else asked.filters.pages
    return _Sheet(file, asked.rules, judged, stands, pages, refused, tuple(chosen(sheet.all_pages, most)))


def _pages(
    index: IndexReader,
    file: ProjectFile,
    item: ItemRule,
    rules: Rules,
    judged: Sequence[Judged],
    refused: Mapping[str, str],
) -> Iterator[PaperPage]:
    for one in file.of(item.number):
        read: Sequence[Page] = index.pages.kept(one.source) or index.pages.of(one.source, one.first, one.last)
        spots = spots_of(one, read, item, rules, judged)
        turned = {page.number: page.rotation for page in read}
        for number in range(one.first, one.last + 1):
            yield PaperPage(
                one, number, spots.get(number, ()), refused.get(one.id, ""), turned.get(number, 0)
            )


class Standing:
    """Whether papers stand on disk as they were filed: read anew, each file once."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._digests: dict[str, str | None] = {}

    def told(self, one: Holding) -> str:
        """What is wrong with the filed copy or the kept original of a paper, as a predicate; "" when both are whole."""
        if one.path is not None and (wrong := self._wrong(one.path, one.path_sha256)):
            return f"归档的文件{wrong}，不作为依据展示"
        if one.wrong:
            return f"归档的文件{what_became(one.wrong)}了，不作为依据展示"
        if one.file.vault is None:
            return "没有收存原件，不能展示"
        wrong = self._wrong(one.file.vault, one.file.sha256)
        return f"收存的原件{wrong}，不作为依据展示" if wrong else ""

    def became(self, one: Holding) -> str:
        """What became of the filed copy: 不见了, 被改动或替换了; "" when it is as it was filed."""
        return "" if one.path is None else self._wrong(one.path, one.path_sha256)

    def _wrong(self, relative: str, sha256: str | None) -> str:
        if relative not in self._digests:
            self._digests[relative] = self._digest(relative)
        digest = self._digests[relative]
        return "不见了" if digest is None else "" if digest == sha256 else "被改动或替换了"

    def _digest(self, relative: str) -> str | None:
        from archivist.system.durable import sha256_of

        path = self._store / relative
        try:
            return sha256_of(path) if path.is_file() and not path.is_symlink() else None
        except OSError:
            return None


def _others(sheet: _Sheet) -> Iterator[Section]:
    told = [*void_overrides(sheet.file), *left_out(sheet.all_pages, sheet.kept)]
    if told:
        yield Words("另外说明", tuple(told))


def _sections(sheet: _Sheet, asked: Asked) -> Iterator[Section]:
    """Item by item; in a workbook the papers of all items in one list, and what stands on their pages in another."""
    if asked.form not in _LISTED:
        galleries = {gallery.heading: gallery for gallery in _galleries(sheet, asked)}
        for item in sheet.rules.items:
            yield of_item(sheet.file, item, sheet.stands)
            if held := sheet.file.of(item.number):
                yield papers(held, sheet.refused, item.number)
            if (heading := _heading(item)) in galleries:
                yield galleries[heading]
        return
    yield from (of_item(sheet.file, item, sheet.stands) for item in sheet.rules.items)
    yield papers(sheet.file.documents, sheet.refused)
    yield as_listing(Gallery("各页的依据", Figures(asked.store, sheet.kept, pictured=False)))


def _galleries(sheet: _Sheet, asked: Asked) -> Iterator[Gallery]:
    kept = {(page.paper.id, page.number) for page in sheet.kept}
    for item in sheet.rules.items:
        pages = [page for page in sheet.pages[item.number] if (page.paper.id, page.number) in kept]
        if pages:
            yield Gallery(_heading(item), Figures(asked.store, pages, asked.form in _PICTURED))


def _heading(item: ItemRule) -> str:
    return f"第{item.number}项“{item.short}”的页面"


class Figures(Iterable[Figure]):
    """The pages of an item, each with its picture, made when its turn comes; anew at each look."""

    def __init__(self, store: Path, pages: Sequence[PaperPage], pictured: bool) -> None:
        self._store, self._pages, self._pictured = store, pages, pictured

    def __iter__(self) -> Iterator[Figure]:
        if not self._pictured:
            yield from (_figure(page, None) for page in self._pages)
            return
        from archivist.extract.thumbnails import Thumbnails

        with Thumbnails() as drawing:
            for one, pages in _by_paper(self._pages):
                if pages[0].refused or one.file.vault is None:
                    yield from (_figure(page, None) for page in pages)
                else:
                    yield from _drawn(drawing, self._store / one.file.vault, pages)


def _drawn(drawing: Thumbnails, original: Path, pages: Sequence[PaperPage]) -> Iterator[Figure]:
    """The pages of a paper with their pictures; of a Word file those that LibreOffice lays it out on."""
    from archivist.extract.failures import Refused
    from archivist.extract.seeing.thumbnail import Thumbnail

    try:
        laid_out = drawing.laid_out(original)
    except (Refused, OSError) as error:
        note = error.reason if isinstance(error, Refused) else "文件打不开"
        yield from (_figure(page, Thumbnail(page.number, note=f"没有页面图像：{note}")) for page in pages)
        return
    if laid_out is not None:
        original = laid_out.pdf
        pages = on_pages_laid_out(pages, laid_out.pages, _MOST_LAID_OUT)
    drawn = drawing.of(original, [_wanted(page) for page in pages])
    for page, picture in zip(pages, drawn, strict=True):
        yield _figure(page, picture)
    if laid_out is not None and len(laid_out.pages) > len(pages):
        told = f"这份文件排出 {len(laid_out.pages)} 页，第 {len(pages)} 页以后的没有列出。"
        yield Figure(b"", "", 0, 0, "", pages[-1].caption, (("没有列出", told),))


def _by_paper(pages: Sequence[PaperPage]) -> Iterator[tuple[Holding, list[PaperPage]]]:
    together: dict[str, list[PaperPage]] = {}
    for page in pages:
        together.setdefault(page.paper.id, []).append(page)
    return ((of_one[0].paper, of_one) for of_one in together.values())


def _wanted(page: PaperPage) -> WantedPage:
    from archivist.extract.seeing.thumbnail import Outline, WantedPage

    outlines = tuple(Outline(_style(spot.kind), spot.number, spot.boxes) for spot in page.spots if spot.boxes)
    return WantedPage(page.number, page.rotation, outlines)


def _style(kind: Kind) -> str:
    from archivist.extract.seeing.thumbnail import DASHED, DOUBLE, SOLID, UNDER

    return {Kind.SEAL: DOUBLE, Kind.SIGNATURE: SOLID, Kind.DATE: DASHED, Kind.QUOTE: UNDER}[kind]


def _figure(page: PaperPage, picture: Thumbnail | None) -> Figure:
    why = page.refused or (picture.note if picture is not None else "")
    if picture is not None and picture.data:
        size = picture.width, picture.height
        return Figure(picture.data, "image/jpeg", *size, page.alt, page.caption, page.lines(True))
    lines = page.lines(False)
    if why:
        lines = (("没有图像", why if why.endswith("。") else f"{why}。"), *lines)
    return Figure(b"", "", 0, 0, "", page.caption, lines)


def _records(sheet: _Sheet) -> Iterator[dict[str, Any]]:
    from archivist.core.describe import describe

    file = sheet.file
    yield {
        "record": "project",
        "code": file.code,
        "name": file.name,
        "complete": sheet.stands.complete,
        "items": [
            {"item": one.item, "state": one.state.value, "reasons": list(one.reasons)}
            for one in sheet.stands.items
        ],
    }
    for finding, override in sheet.judged:
        yield {
            "record": "finding",
            **finding.record(),
            "override": None if override is None else override.record(),
        }
    for one in file.documents:
        yield {"record": "paper", **describe(one), "refused": sheet.refused.get(one.id)}
    for page in sheet.kept:
        yield page.record()
