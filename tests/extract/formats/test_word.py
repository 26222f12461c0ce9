"""Word documents: everything a reader sees, in the order they see it, once."""

from __future__ import annotations

import io
from pathlib import Path

import docx as python_docx
import pytest
from PIL import Image

from archivist.core.model import TextSource
from archivist.core.page import COMMENTED, REVISED
from archivist.extract import Extractor, failures
from support.makers import SNIPPET, docx, paragraph, zipped

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def lines(extractor: Extractor, path: Path) -> list[list[str]]:
    extract = extractor.extract(path, "a.docx")
    assert extract.failure == ""
    return [[line.text for line in page.lines] for page in extract.pages]


def test_a_document_made_by_python_docx_is_read_in_order(plain: Extractor, tmp_path: Path) -> None:
    made = python_docx.Document()
    made.core_properties.title = "会议记录"
    made.sections[0].header.paragraphs[0].text = "石桥镇人民政府文件"
    made.sections[0].footer.paragraphs[0].text = "— 1 —"
    made.add_paragraph("青龙村村民代表会议记录")
    table = made.add_table(2, 2)
    for index, text in enumerate(["应到", "三十二人", "实到", "二十九人"]):
        table.cell(index // 2, index % 2).text = text
    made.add_paragraph("一致同意。")
    made.add_page_break()  # type: ignore[no-untyped-call]  # the library leaves it so
    made.add_paragraph("附件 签到表")
    made.save(str(tmp_path / "a"))

    extract = plain.extract(tmp_path / "a", "a.docx")

    assert [[line.text for line in page.lines] for page in extract.pages] == [
        ["石桥镇人民政府文件", "青龙村村民代表会议记录", "应到 三十二人", "实到 二十九人", "一致同意。"],
        ["附件 签到表"],
    ]
    assert extract.properties["title"] == "会议记录"
    assert {page.text_source for page in extract.pages} == {TextSource.NATIVE}


def test_text_boxes_are_read_once_though_word_stores_them_twice(plain: Extractor, tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('框内文字')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>框前</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>框后</w:t></w:r></w:p>"
    )

    assert lines(plain, docx(tmp_path / "a", body)) == [["框前框后", "框内文字"]]


def test_deleted_and_hidden_words_are_not_read_and_inserted_ones_are(
    plain: Extractor, tmp_path: Path
) -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>同意</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>淘汰</w:t></w:r></w:p>'
    )

    assert lines(plain, docx(tmp_path / "a", body)) == [["同意☑淘汰"]]


DELETED = "<w:del><w:r><w:delText>不同意</w:delText></w:r></w:del>"
INSERTED = "<w:ins><w:r><w:t>同意退出</w:t></w:r></w:ins>"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"<w:p>{DELETED}{INSERTED}</w:p>", "删除 1 处“不同意”，插入 1 处“同意退出”"),
        (
            "<w:p><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移走</w:t></w:r></w:moveTo></w:p>",
            "移动 1 处“移走”",
        ),
        (
            "<w:p><w:r><w:rPr><w:b/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>加粗</w:t></w:r></w:p>",
            "格式改动 1 处",
        ),
        (
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删去的一行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>{paragraph('正文')}",
            "删除 1 处",
        ),
        (
            f"<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p>{INSERTED}</w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>",
            "插入 1 处“同意退出”",
        ),
    ],
    ids=["words", "moved", "format", "a row", "a text box"],
)
def test_changes_that_nobody_accepted_are_told_with_their_words(
    plain: Extractor, tmp_path: Path, body: str, told: str
) -> None:
    extract = plain.extract(docx(tmp_path / "a", body), "a.docx")

    assert extract.properties[REVISED] == told
    assert "删去的一行" not in extract.pages[0].text and "不同意" not in extract.pages[0].text


def test_changes_in_headers_and_notes_and_comments_are_told_and_a_final_file_tells_nothing(
    plain: Extractor, tmp_path: Path
) -> None:
    parts = {
        "word/header1.xml": f'<w:hdr xmlns:w="urn:w"><w:p>{DELETED}</w:p></w:hdr>'.encode(),
        "word/comments.xml": '<w:comments xmlns:w="urn:w"><w:comment>'
        "<w:p><w:r><w:t>金额请核实</w:t></w:r></w:p></w:comment></w:comments>".encode(),
    }
    extract = plain.extract(docx(tmp_path / "a", paragraph("会议记录"), parts), "a.docx")

    assert extract.properties[REVISED] == "删除 1 处“不同意”"
    assert extract.properties[COMMENTED] == "1 条批注（“金额请核实”）"
    final = plain.extract(docx(tmp_path / "b", paragraph("会议记录")), "b.docx")
    assert not {REVISED, COMMENTED} & final.properties.keys()


def test_pictures_that_lie_elsewhere_are_not_fetched_and_told(plain: Extractor, tmp_path: Path) -> None:
    relations = (
        f'<R xmlns="urn:r"><X Id="i1" Type="{RELATED}/image" Target="http://example.invalid/a.png" '
        'TargetMode="External"/></R>'
    )
    body = '<w:p><w:r><w:drawing><a:blip r:link="i1"/></w:drawing></w:r></w:p>'
    extract = plain.extract(
        docx(tmp_path / "a", body, {"word/_rels/document.xml.rels": relations.encode()}), "a.docx"
    )

    assert [page.note for page in extract.pages] == [failures.LINKED_PICTURES]


def test_a_page_break_stored_in_two_ways_makes_one_page(plain: Extractor, tmp_path: Path) -> None:
    body = (
        paragraph("第一页")
        + '<w:p><w:r><w:br w:type="page"/></w:r><w:r><w:lastRenderedPageBreak/><w:t>第二页</w:t></w:r></w:p>'
        + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>第三页</w:t></w:r></w:p>"
    )

    assert lines(plain, docx(tmp_path / "a", body)) == [["第一页"], ["第二页"], ["第三页"]]


@pytest.mark.parametrize("kind", ["document.macroEnabled.main+xml", "template.main+xml"])
def test_macro_documents_and_templates_are_read_the_same(plain: Extractor, tmp_path: Path, kind: str) -> None:
    assert lines(plain, docx(tmp_path / "a", paragraph("会议记录"), content_type=kind)) == [["会议记录"]]


def test_a_document_of_pasted_scans_is_recognised(reader: Extractor, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.open(SNIPPET).save(buffer, "PNG")
    relations = f'<R xmlns="urn:r"><X Id="i1" Type="{RELATED}/image" Target="media/image1.png"/></R>'
    extra = {"word/_rels/document.xml.rels": relations.encode(), "word/media/image1.png": buffer.getvalue()}
    body = paragraph("扫描件") + '<w:p><w:r><w:drawing><a:blip r:embed="i1"/></w:drawing></w:r></w:p>'

    native, scanned = reader.extract(docx(tmp_path / "a", body, extra), "a.docx").pages

    assert (native.text, native.text_source) == ("扫描件", TextSource.NATIVE)
    assert (scanned.number, scanned.lines[0].text, scanned.text_source) == (2, "资产移交清单", TextSource.OCR)


def test_entities_are_not_expanded(plain: Extractor, tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    outside = b'<!ENTITY out SYSTEM "file:///etc/passwd">]>'
    text = b'<d xmlns="urn:w"><body><p><t>&j;&out;end</t></p></body></d>'
    path = docx(tmp_path / "a", "", {"word/document.xml": bomb + outside + text})

    extract = plain.extract(path, "a.docx")

    assert extract.failure or "root" not in extract.pages[0].text


def test_a_part_that_unpacks_beyond_reason_is_refused(plain: Extractor, tmp_path: Path) -> None:
    path = docx(tmp_path / "a", "", {"word/document.xml": b"<d>" + bytes(60 << 20)})

    assert plain.extract(path, "a.docx").failure.endswith(failures.TOO_LARGE)


def test_a_document_cut_off_says_so(plain: Extractor, tmp_path: Path) -> None:
    whole = docx(tmp_path / "a", "".join(paragraph(f"会议{n}") for n in range(999))).read_bytes()
    (tmp_path / "b").write_bytes(whole[: len(whole) // 2])

    assert plain.extract(tmp_path / "b", "b.docx").failure.endswith(failures.TRUNCATED)


def test_a_document_without_words_is_blank(plain: Extractor, tmp_path: Path) -> None:
    assert plain.extract(docx(tmp_path / "a", ""), "a.docx").failure.endswith(failures.NOTHING_WRITTEN)
    broken = zipped(tmp_path / "b", {"[Content_Types].xml": b"", "word/document.xml": b"<unclosed"})
    assert plain.extract(broken, "b.docx").failure.endswith(failures.DAMAGED)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            b'<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="urn:w"><w:body/></w:document>',
            failures.ENTITIES,
        ),
        (
            b'<!DOCTYPE x [<!ENTITY o SYSTEM "file:///etc/passwd">]><w:d xmlns:w="urn:w">&o;</w:d>',
            failures.ENTITIES,
        ),
        (b'<w:d xmlns:w="urn:w">' + b"<w:p>" * 5000 + b"</w:p>" * 5000 + b"</w:d>", failures.NESTED),
        (b'<w:d xmlns:w="urn:w">' + b" " * (50 << 20) + b"</w:d>", failures.TOO_LARGE),
        (b'<w:d xmlns:w="urn:w"><w:body>', failures.DAMAGED),
    ],
    ids=["entities", "a file from outside", "nested", "explodes", "cut off"],
)
def test_a_hostile_file_is_told_as_what_it_is_and_only_a_broken_one_as_damaged(
    plain: Extractor, tmp_path: Path, document: bytes, reason: str
) -> None:
    path = docx(tmp_path / "a", "", {"word/document.xml": document})

    assert plain.extract(path, "a.docx").failure == f"“a.docx”：{reason}"
