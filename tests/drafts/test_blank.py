"""Blank templates: made of a schema alone, accepted by the check of templates, and nothing given is lost in them."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.core.drafts.kinds import DocumentKind
from archivist.drafts import (
    build_context,
    catalogue_rows,
    check_template,
    find_kind,
    load_kinds,
    read_data,
    render,
)
from archivist.drafts.blank import blank_template
from archivist.drafts.fonts import FONTS
from archivist.errors import SettingsError
from support.drafting import (
    ANNEX,
    ENTRIES,
    EXAMPLES,
    KINDS,
    PROJECT,
    SLUGS,
    TODAY,
    asks_for_more,
    closed,
    listed,
)
from support.office import converted
from support.places import SCHEMAS
from support.programs import needs_office


def with_blank(kind: DocumentKind, folder: Path) -> DocumentKind:
    """The kind, its template a blank one."""
    path = folder / f"{kind.slug}.docx"
    path.write_bytes(blank_template(kind))
    return replace(kind, template_source=str(path))


def own_kind(folder: Path, properties: Mapping[str, Any], **more: Any) -> DocumentKind:
    """A district's own kind that has no template yet."""
    documents = folder / "schemas" / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    schema = {"title": "验收单", "type": "object", "properties": properties, **more}
    (documents / "own.schema.json").write_text(json.dumps(schema), "utf-8")
    shutil.copy(SCHEMAS / "annex4.toml", folder / "schemas")
    return load_kinds(folder / "schemas", folder, with_templates=False)[0]


def filled(kind: DocumentKind, data: Mapping[str, Any] | None = None) -> bytes:
    """The words of the document that the kind's example fills."""
    example = read_data(EXAMPLES / f"{kind.slug}.yaml") if data is None else data
    rows = catalogue_rows(ANNEX.items, ENTRIES, PROJECT)
    return render(kind, build_context(kind, PROJECT, rows, example, TODAY, closing=closed(), lists=listed()))


def text(document: bytes) -> str:
    found: list[str] = []
    with zipfile.ZipFile(BytesIO(document)) as archive:
        found += re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", archive.read("word/document.xml").decode())
    return "".join(found)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_blank_template_passes_the_check_and_takes_the_example_with_every_value(
    slug: str, tmp_path: Path
) -> None:
    kind = with_blank(find_kind(KINDS, slug), tmp_path)
    check_template(kind)

    full, bare = text(filled(kind)), text(filled(kind, {}))  # render refuses to lose a value

    assert not re.search(r"\{\{|\{%|None", full + bare)
    assert ("【待填】" in bare) == asks_for_more(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_field_and_column_stands_in_it_beside_its_title(slug: str) -> None:
    kind = find_kind(KINDS, slug)
    words = text(blank_template(kind))
    fields = [*kind.fields, *(column for field in kind.fields for column in field.columns)]

    assert [field.name for field in fields if field.title not in words] == []
    assert [field.name for field in fields if not re.search(rf"\{{[{{%][^}}]*\b{field.name}\b", words)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_its_pages_are_those_of_official_documents(slug: str) -> None:
    raw = blank_template(find_kind(KINDS, slug))
    document = Document(BytesIO(raw))

    for section in document.sections:
        edges = [section.top_margin, section.right_margin, section.bottom_margin, section.left_margin]
        wide, high = section.page_width, section.page_height
        assert wide is not None and high is not None
        turned = wide > high
        assert sorted((round(wide.mm), round(high.mm))) == [210, 297]
        assert [round(edge.mm) for edge in edges if edge is not None] == (
            [28, 37, 26, 35] if turned else [37, 26, 35, 28]
        )
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    grids = re.findall(r'<w:docGrid w:type="lines" w:linePitch="(\d+)"/>', parts["word/document.xml"])
    assert grids == ["579"] * len(document.sections)
    assert set(re.findall(r'w:eastAsia="([^"]+)"', parts["word/styles.xml"])) <= {*FONTS, "zh-CN"}
    assert all("PAGE" in part for name, part in parts.items() if "footer" in name)


def test_the_same_schema_gives_the_same_bytes() -> None:
    kind = find_kind(KINDS, "ledger")

    assert blank_template(kind) == blank_template(kind)


def test_a_row_without_inner_rows_is_printed_all_the_same(tmp_path: Path) -> None:
    kind = with_blank(find_kind(KINDS, "catalogue"), tmp_path)
    words = text(filled(kind, {"归档目录": [{"序号": "9", "归档内容": "没有材料的一项"}]}))

    assert "没有材料的一项" in words


def test_boxes_are_ticked_and_words_with_quotes_are_printed_instead(tmp_path: Path) -> None:
    ticked = {"type": "string", "x-tick": True}
    kind = own_kind(
        tmp_path, {"甲": {**ticked, "enum": ["是", "否"]}, "乙": {**ticked, "enum": ['“一”"类', "二类"]}}
    )
    words = text(filled(with_blank(kind, tmp_path), {"甲": "否", "乙": '“一”"类'}))

    assert "□是" in words and "■否" in words
    assert "“一”" in words and "□二类" not in words


def test_titles_and_names_that_look_like_marks_do_no_harm(tmp_path: Path) -> None:
    column = {"type": "string", "title": "<w:p>&{% if %}"}
    kind = own_kind(
        tmp_path,
        {
            "行": {"type": "string", "title": "{{ 7*7 }}"},
            "段": {"type": "array", "items": {"type": "string"}},
            "件": {"type": "array", "items": {"type": "object", "properties": {"列": column}}},
        },
    )
    words = text(filled(with_blank(kind, tmp_path), {"行": "甲", "段": ["乙"], "件": [{"列": "丙"}]}))

    assert "｛｛ 7*7 ｝｝" in words
    assert "甲" in words and "乙" in words and "丙" in words


def test_a_schema_no_template_can_print_is_refused_with_its_file(tmp_path: Path) -> None:
    def table(columns: Mapping[str, Any]) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "object", "properties": columns}}

    kind = own_kind(tmp_path, {"甲": table({"乙": table({"丙": table({"丁": {"type": "string"}})})})})

    with pytest.raises(SettingsError, match=r"own\.schema\.json"):
        blank_template(kind)


WORDS = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=8)
PLAIN = st.sampled_from(
    [
        ({"type": "string"}, WORDS),
        ({"type": "string", "maxLength": 20}, WORDS),
        ({"type": "string", "maxLength": 5000, "x-open": True}, WORDS),
        ({"type": "integer"}, st.integers(0, 9999)),
        ({"type": "array", "items": {"type": "string"}}, st.lists(WORDS, min_size=1, max_size=3)),
    ]
)


@st.composite
def kinds_and_data(draw: st.DrawFn, depth: int = 2) -> tuple[dict[str, Any], dict[str, Any]]:
    """Properties of a schema, and data that fit."""
    properties: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for number in range(draw(st.integers(1, 12))):
        name = f"字段{number}"
        if depth and draw(st.integers(0, 3)) == 0:
            columns, row = draw(kinds_and_data(depth - 1))
            properties[name] = {"type": "array", "items": {"type": "object", "properties": columns}}
            data[name] = [row] * draw(st.integers(1, 2))
        else:
            properties[name], values = draw(PLAIN)
            data[name] = draw(values)
    return properties, data


@given(kinds_and_data())
@settings(max_examples=40)
def test_whatever_the_schema_nothing_given_is_lost(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    properties, data = case
    folder = tmp_path_factory.mktemp("kind")
    kind = with_blank(own_kind(folder, properties), folder)
    check_template(kind)
    words = text(filled(kind, data))

    def given_words(value: Any) -> list[str]:
        parts: Iterable[Any] = (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        )
        return [word for part in parts for word in given_words(part)] or [str(value)]

    assert [word for word in given_words(data) if word not in words] == []


@pytest.mark.libreoffice
@needs_office
def test_it_prints_on_numbered_pages_with_its_tables_inside_them(tmp_path: Path) -> None:
    import pypdfium2

    for slug in SLUGS:
        (tmp_path / f"{slug}.docx").write_bytes(filled(with_blank(find_kind(KINDS, slug), tmp_path)))
    converted(tmp_path, [tmp_path / f"{slug}.docx" for slug in SLUGS])
    for slug in SLUGS:
        with pypdfium2.PdfDocument(tmp_path / f"{slug}.pdf") as pdf:
            for number, page in enumerate(pdf, 1):
                words = page.get_textpage()
                assert f"—{number}—" in "".join(words.get_text_range().split()), (slug, number)
                right = max(words.get_charbox(at)[2] for at in range(words.count_chars()))
                assert right < page.get_width() - 20 / 25.4 * 72, (slug, number)
