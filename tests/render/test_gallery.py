"""Pages as pictures with words beside: in HTML, in Word, and as lines where pictures cannot stand."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from archivist.core.reports.plainly import as_listing
from archivist.core.reports.report import Figure, Gallery, Report, Words
from archivist.render import formats
from archivist.render.gallery import gallery_html, style
from archivist.render.sheetindex import index_page
from support.accessible import looked_at
from support.browser import printed_pages
from support.office import converted
from support.programs import needs_axe, needs_browser, needs_office


def _picture(width: int = 420, height: int = 594) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), (90, 200, 90)).save(data, "JPEG")
    return data.getvalue()


EVIL = '<script>alert("1")</script>&\x00\u202e'
FACTS = (("1 印章", "石坝镇人民政府，是应当盖章的单位。"), ("", f"说明 {EVIL}"))
SHOWN = Figure(_picture(), "image/jpeg", 420, 594, f"第 1 页的图像 {EVIL}", f"A　《{EVIL}》　第 1 页", FACTS)
UNSHOWN = Figure(b"", "", 0, 0, "", "A　《记录》　第 2 页", (("没有图像", "归档的文件不见了。"),))
GALLERY = Gallery("第4项的页面", (SHOWN, UNSHOWN))


def _report(*figures: Figure, title: str = "归档依据表") -> Report:
    sections = (
        Words("第4项", ("状态：齐全。",)),
        Gallery("页面", figures),
        Words("第5项", ("状态：缺件。",)),
    )
    return Report("evidence", title, "", "2026-01-31", "附件4", ("全部齐全。",), sections, lambda: ())


def _written(report: Report, form: str) -> bytes:
    stream = io.BytesIO()
    formats.writer(form)(report, stream)
    return stream.getvalue()


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_a_page_of_html_holds_its_pictures_and_asks_for_nothing_else() -> None:
    page = _written(_report(SHOWN, UNSHOWN, title=EVIL), "html").decode()
    tags = _Tags(page).tags

    assert not {"script", "link", "iframe", "object"} & {tag for tag, _ in tags}
    (image,) = [attributes for tag, attributes in tags if tag == "img"]
    assert str(image["src"]).startswith("data:image/jpeg;base64,")
    assert "<script" in str(image["alt"])
    assert not re.search(r'(?:src|href)="(?!data:)|url\(|@import', page)
    assert "\x00" not in page
    assert "\u202e" not in page


def test_sections_with_pictures_follow_one_another_as_they_are_given() -> None:
    page = _written(_report(SHOWN), "html").decode()

    assert page.index("第4项") < page.index("<img") < page.index("第5项")


def test_pictures_are_written_one_by_one_as_they_are_made() -> None:
    made: list[int] = []

    class Figures:
        def __iter__(self) -> object:
            for at in range(3):
                made.append(at)
                yield SHOWN

    pieces = gallery_html(Gallery("页面", Figures()))  # type: ignore[arg-type]
    next(pieces)
    assert made == []
    next(pieces)
    assert made == [0]


def test_kinds_of_outlines_are_told_by_their_shapes_in_words() -> None:
    page = "".join(gallery_html(GALLERY))

    for words in ("印章：双线圆圈", "签字：实线方框", "日期：虚线方框", "引文：字下点线"):
        assert words in page


@pytest.mark.parametrize("title", ['"}</style><script>', "a\\\nb", "项目（A-1）", "\u202e\x00"])
def test_a_title_cannot_leave_the_style_of_the_page(title: str) -> None:
    made = style(title)
    (quoted,) = re.findall(r'@top-left\{content:"(.*?)";', made, re.DOTALL)

    assert "<" not in made
    assert '"' not in quoted
    assert "\n" not in quoted
    assert made.count("{") == made.count("}")


def test_a_word_file_has_the_pictures_with_what_they_show_and_says_where_there_is_none() -> None:
    with zipfile.ZipFile(io.BytesIO(_written(_report(SHOWN, UNSHOWN, SHOWN), "docx"))) as package:
        body = package.read("word/document.xml").decode()
        media = [name for name in package.namelist() if name.startswith("word/media/")]

    assert len(media) == 1  # the same picture twice is kept once
    assert body.count("<w:drawing>") == 2
    assert len(set(re.findall(r'<wp:docPr id="(\d+)"', body))) == 2
    assert "归档的文件不见了。" in body
    assert "&lt;script&gt;" in body
    assert body.count("<w:cantSplit/>") == 6
    assert "第 1 页的图像" in body


def test_a_picture_in_word_is_no_larger_than_its_place() -> None:
    long = SHOWN._replace(picture=_picture(100, 900), width=100, height=900)
    with zipfile.ZipFile(io.BytesIO(_written(_report(long, SHOWN), "docx"))) as package:
        body = package.read("word/document.xml").decode()
    sizes = [(int(a), int(b)) for a, b in re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"', body)]

    assert all(wide <= 68 * 36_000 and high <= 112 * 36_000 for wide, high in sizes)
    assert sizes[0][1] == pytest.approx(9 * sizes[0][0], rel=0.01)


def test_a_figure_with_nothing_beside_it_is_shown_all_the_same() -> None:
    bare = SHOWN._replace(facts=())

    assert "<dl>" not in "".join(gallery_html(Gallery("页面", (bare,))))
    assert _written(_report(bare), "docx")


def test_where_pictures_cannot_stand_each_fact_is_a_line() -> None:
    rows = list(as_listing(GALLERY).rows())

    assert rows[0] == (SHOWN.caption, "1 印章", FACTS[0][1])
    assert rows[-1] == (UNSHOWN.caption, "没有图像", "归档的文件不见了。")


def test_text_of_the_page_is_no_formula_in_a_workbook() -> None:
    from openpyxl import load_workbook

    evil = UNSHOWN._replace(caption='=HYPERLINK("http://x")', facts=(("+1", "-1+1"),))
    sheet = load_workbook(io.BytesIO(_written(_report(evil), "xlsx")))["页面"]

    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value)[:1] in "=+-"]
    assert len(cells) == 3
    assert all(cell.data_type == "s" for cell in cells)


def test_the_page_of_a_folder_leads_to_each_sheet_and_says_where_there_is_none() -> None:
    page = index_page(
        [
            ("A 1#?.html", "A-1", EVIL, "石坝镇", "青杠村", "已写好"),
            ("", "B", "x", "", "", "没有做成：磁盘满了"),
        ]
    )
    tags = _Tags(page.decode()).tags

    assert [attributes["href"] for tag, attributes in tags if tag == "a"] == ["./A%201%23%3F.html"]
    assert "script" not in {tag for tag, _ in tags}
    assert "没有做成：磁盘满了" in page.decode()


@pytest.mark.long
@needs_axe
@pytest.mark.parametrize("width", [1280, 390], ids=["screen", "phone"])
def test_nothing_keeps_people_from_reading_a_page_with_pictures(tmp_path: Path, width: int) -> None:
    rows = [("A.html", "A-1", "x", "石坝镇", "青杠村", "已写好"), ("", "B", "x", "", "", "没有做成")]
    pages = {
        "sheet": _written(_report(SHOWN, UNSHOWN, SHOWN), "html"),
        "index": index_page(rows),
    }

    assert looked_at(pages, width, tmp_path) == {"sheet": [], "index": []}


@pytest.mark.long
@needs_browser
def test_two_pages_stand_on_a_sheet_of_paper_and_none_is_split(tmp_path: Path) -> None:
    page = _written(_report(*[SHOWN] * 6), "html")

    assert printed_pages(page, tmp_path) == 4  # what comes before and after takes room of its own


@pytest.mark.long
@needs_office
def test_in_word_two_pages_stand_on_a_sheet_of_paper(tmp_path: Path) -> None:
    import pypdfium2

    (tmp_path / "x.docx").write_bytes(_written(_report(*[SHOWN] * 6), "docx"))
    (made,) = converted(tmp_path, [tmp_path / "x.docx"])

    assert len(pypdfium2.PdfDocument(made)) <= 4
