"""Generated documents: strict, safe against what is written into them, laid out as the standard asks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Never

import make_templates
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook

from archivist.core.drafts.clean import one_line
from archivist.core.drafts.kinds import Field
from archivist.core.drafts.values import is_given
from archivist.drafts import (
    DocumentKind,
    build_context,
    catalogue_rows,
    check_template,
    find_kind,
    load_kinds,
    parse_sets,
    read_data,
    render,
    wordml,
    write_new,
)
from archivist.drafts.fonts import FONTS
from archivist.errors import BadInputError, SettingsError, StoreError, UsageError
from support.drafting import ANNEX, ENTRIES, EXAMPLES, KINDS, PROJECT, SLUGS, TODAY, asks_for_more, make
from support.office import converted
from support.places import ROOT
from support.programs import needs_office

Office = Callable[[Mapping[str, bytes]], dict[str, list[list[str]]]]


def words(document: bytes) -> list[str]:
    """The text of every paragraph of the body, as it stands in the file."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return ["".join(node.text or "" for node in p.iter("{*}t")) for p in tree.iter("{*}p")]


def sample_kind(tmp_path: Path, body: str | bytes, **properties: object) -> DocumentKind:
    """A kind of its own with one template: what officers could have written."""
    documents, templates = tmp_path / "schemas" / "documents", tmp_path / "templates"
    documents.mkdir(parents=True, exist_ok=True)
    templates.mkdir(exist_ok=True)
    shutil.copy(ROOT / "schemas" / "annex4.toml", tmp_path / "schemas")
    text = {"type": "string", "x-open": True}
    schema = {
        "title": "样件",
        "type": "object",
        "properties": {
            "项目名称": {"type": "string", "x-source": "project.name"},
            "甲": text,
            "乙": text,
            "段落": {"type": "array", "items": {"type": "string"}},
            "表": {"type": "array", "items": {"type": "object", "properties": {"列": text}}},
            **properties,
        },
    }
    (documents / "sample.schema.json").write_text(json.dumps(schema), "utf-8")
    (templates / "sample.docx").write_bytes(body if isinstance(body, bytes) else wordml.package(body))
    return load_kinds(tmp_path / "schemas", templates)[0]


def tables(slug: str) -> list[Field]:
    """The tables of a kind that people fill in."""
    fields = find_kind(KINDS, slug).fields
    return [one for one in fields if one.kind == "table" and not one.source]


def cell(column: Field) -> object:
    """Something that fits a column and stands nowhere else."""
    if column.kind in ("number", "integer"):
        return 7
    if column.date:
        return "2024年12月1日"
    return column.choices[-1] if column.choices else f"〔{column.name}〕"


def made(kind: DocumentKind, data: Mapping[str, object]) -> bytes:
    return render(kind, build_context(kind, PROJECT, None, data, TODAY))


# --- kinds ------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_every_shipped_template_passes_its_own_check(slug: str) -> None:
    check_template(find_kind(KINDS, slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_kind_renders_its_example_and_the_register_alone(slug: str) -> None:
    full, bare = "".join(words(make(slug))), "".join(words(make(slug, {})))

    assert "DZ-2018-0017" in full
    assert "DZ-2018-0017" in bare
    assert ("【待填】" in bare) == asks_for_more(slug)
    assert not re.search(r"\{\{|\{%|None", full + bare)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_same_draft_gives_the_same_bytes(slug: str) -> None:
    assert make(slug) == make(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_font_but_the_six_is_named_in_any_part(slug: str) -> None:
    with zipfile.ZipFile(BytesIO(make(slug))) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    named = {
        font
        for text in parts.values()
        for font in re.findall(r'w:(?:ascii|hAnsi|eastAsia|cs)="([^"]+)"|<w:font w:name="([^"]+)"', text)
        for font in font
    } - {""}

    assert named - {"zh-CN"} == set(FONTS)
    assert not any("theme" in name for name in parts)
    assert not any("Theme=" in text for text in parts.values())


@pytest.mark.parametrize("slug", SLUGS)
def test_only_our_own_styles_are_there_and_each_page_has_the_standards_margins(slug: str) -> None:
    document = Document(BytesIO(make(slug)))

    assert {style.style_id for style in document.styles if not style.style_id.startswith("Gw")} == {"Normal"}
    for section in document.sections:
        edges = [section.top_margin, section.right_margin, section.bottom_margin, section.left_margin]
        assert section.page_width is not None
        assert section.page_height is not None
        turned = section.page_width > section.page_height
        wanted = [1588, 2098, 1474, 1984] if turned else [2098, 1474, 1984, 1588]
        assert [edge.twips for edge in edges if edge is not None] == wanted


def test_document_properties_recognise_the_draft_again() -> None:
    kind = find_kind(KINDS, "village-record")
    draft = build_context(kind, PROJECT, None, {}, TODAY)
    properties = Document(BytesIO(render(kind, draft))).core_properties

    assert properties.identifier == draft.id
    assert properties.subject == "DZ-2018-0017"
    assert (
        properties.keywords
        == f"archivist; project=DZ-2018-0017; item=4; kind=village-record; draft={draft.id}"
    )
    assert properties.created.date() == TODAY
    assert properties.author == properties.last_modified_by == ""


def test_the_first_edition_can_be_made_again_but_never_over_a_template(tmp_path: Path) -> None:
    make_templates.main(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{slug}.docx" for slug in SLUGS)
    with pytest.raises(FileExistsError):
        make_templates.main(tmp_path)


def test_a_kind_is_found_by_slug_name_alias_or_an_unambiguous_part() -> None:
    assert find_kind(KINDS, "catalogue").name == "归档目录"
    assert find_kind(KINDS, "村会议记录").slug == "village-record"
    assert find_kind(KINDS, "会议记录").slug == "village-record"
    assert find_kind(KINDS, "处置方案").slug == "disposal-plan"
    assert find_kind(KINDS, "摸底").slug == "survey-form"


def test_minutes_alone_are_ambiguous_and_the_three_are_listed() -> None:
    with pytest.raises(UsageError) as error:
        find_kind(KINDS, "会议纪要")

    assert [f"（{level}-minutes）" in error.value.message for level in ("township", "department", "district")]
    assert error.value.message.count("-minutes") == 3


@pytest.mark.parametrize("name", ["", "会义记录", "catalogue2", "*"])
def test_an_unknown_kind_is_refused_with_the_list(name: str) -> None:
    with pytest.raises(UsageError, match="归档目录（catalogue）"):
        find_kind(KINDS, name)


def test_two_files_make_a_new_kind(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path, wordml.para("{{ 项目名称 }}：{{ 甲 }}"))
    check_template(kind)

    assert words(made(kind, {"甲": "乙丙"}))[0] == "珠溪镇青杠岭村黑山羊标准化养殖场项目：乙丙"


def test_a_schema_without_its_template_is_refused(tmp_path: Path) -> None:
    sample_kind(tmp_path, "")
    (tmp_path / "templates" / "sample.docx").unlink()

    with pytest.raises(SettingsError, match="没有对应的模板"):
        load_kinds(tmp_path / "schemas", tmp_path / "templates")


@pytest.mark.parametrize("text", ["{", "[]", '{"title": "x"}', '{"properties": {"a": {"type": 3}}}', "\x00"])
def test_a_broken_schema_is_refused_with_its_file(tmp_path: Path, text: str) -> None:
    sample_kind(tmp_path, "")
    (tmp_path / "schemas" / "documents" / "sample.schema.json").write_text(text, "utf-8")

    with pytest.raises(SettingsError, match=r"sample\.schema\.json"):
        load_kinds(tmp_path / "schemas", tmp_path / "templates")


# --- what is written into documents ------------------------------------------------------------

HOSTILE = [
    "甲&乙后",
    "a<b 丙",
    "</w:t></w:r></w:p>",
    "<w:p/>",
    "&amp;&lt;",
    "{{ 7*7 }}",
    "{% for a in b %}",
    "{_{甲}_} {_%x%_}",
    "{# 注 #}",
    "“引号”'\"",
    "垚堃犇邨㎡〇",
    "𠮷野家",
    "]]>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_writes_stands_in_the_document_as_written_with_all_that_follows(
    tmp_path: Path, text: str
) -> None:
    kind = sample_kind(tmp_path, wordml.para("前{{ 甲 }}中{{ 乙 }}后") + wordml.para("完"))

    assert words(made(kind, {"甲": text, "乙": text}))[:2] == [f"前{text}中{text}后", "完"]


@pytest.mark.parametrize(
    "text", ["甲\ud800乙", "甲\x00\x0b乙", "甲\ufffe乙", "甲\a乙", "甲\f乙", "甲\r\n乙", "甲\n\n乙"]
)
def test_characters_that_break_documents_are_dropped_and_nothing_is_lost_after_them(
    tmp_path: Path, text: str
) -> None:
    kind = sample_kind(tmp_path, wordml.para("前{{ 甲 }}后") + wordml.para("完"))

    assert words(made(kind, {"甲": text}))[:2] == ["前甲乙后", "完"]


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=60)
def test_any_text_comes_out_as_it_was_cleaned_and_nothing_else_changes(
    plain_kind: DocumentKind, text: str
) -> None:
    shown = one_line(text) if is_given(text) and is_given(one_line(text)) else None
    if shown is None:
        return

    assert words(made(plain_kind, {"甲": text}))[:2] == [f"前{shown}后", "完"]


@pytest.fixture(scope="session")
def plain_kind(tmp_path_factory: pytest.TempPathFactory) -> DocumentKind:
    body = wordml.para("前{{ 甲 }}后") + wordml.para("完")
    return sample_kind(tmp_path_factory.mktemp("plain"), body)


def test_an_output_with_template_marks_can_be_read_again_without_being_evaluated(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path, wordml.para("{{ 甲 }}"))

    assert "{{ 7*7 }}" in words(made(kind, {"甲": "{{ 7*7 }}"}))[0]


@pytest.mark.parametrize("name", ["甲&<乙>", "{{ 7*7 }}", "名" * 200, "甲\ud800乙", "甲\x00\n乙"])
def test_the_title_property_carries_the_name_exactly(name: str) -> None:
    document = make("village-record", {}, replace(PROJECT, name=name))
    shown = re.sub("[\ud800\x00\n]", "", name)

    assert Document(BytesIO(document)).core_properties.title == f"{shown}村会议记录"


def test_a_given_word_the_template_does_not_print_is_an_error(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path, wordml.para("{{ 甲 }}"))

    with pytest.raises(SettingsError, match="“丙丁”没有印出来"):
        made(kind, {"甲": "一", "乙": "丙丁"})


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if tables(slug)])
def test_each_cell_of_a_table_is_printed_without_the_others_that_may_be_left_out(slug: str) -> None:
    given = {}
    for table in tables(slug):
        needed = {column.name: cell(column) for column in table.columns if column.required}
        given[table.name] = [{**needed, one.name: cell(one)} for one in table.columns]

    assert make(slug, given)


def test_a_deadline_is_printed_without_a_unit_in_charge() -> None:
    document = make("township-minutes", {"议定事项": [{"内容": "报区。", "完成时限": "2024年12月底前"}]})

    assert "报区。（完成时限：2024年12月底前）" in words(document)


def test_debts_that_nobody_disputes_are_told_as_none() -> None:
    assert "没有债权债务纠纷。" in words(make("assessment-report", {"债权债务纠纷": "无"}))
    assert "没有遗留问题。" in words(make("disposal-plan", {"遗留问题": "无"}))


def test_unsettled_debts_are_said_and_settled_ones_too() -> None:
    debt = {"类型": "债务", "对方名称": "黄世华", "金额": "3.84", "是否结清": "未结清"}
    open_, settled, none = (
        "".join(words(make("disposal-plan", {"债权债务清单": rows})))
        for rows in ([debt], [{**debt, "是否结清": "已结清"}], [])
    )

    assert "尚有1笔债务、3.84万元没有清偿，结清前不予销号" in open_
    assert "债权债务已全部结清" in settled
    assert "该项目无债权债务" in none


def test_the_record_has_a_line_to_sign_for_everyone_present() -> None:
    names = [f"村民{number}" for number in range(25)]
    document = Document(BytesIO(make("village-record", {"出席人员": names})))
    cells = [cell.text for row in document.tables[2].rows for cell in row.cells]

    assert [cell for cell in cells if cell.startswith("村民")] == names


def test_the_catalogue_merges_an_items_cells_over_its_documents() -> None:
    xml = zipfile.ZipFile(BytesIO(make("catalogue"))).read("word/document.xml").decode()

    assert xml.count('<w:vMerge w:val="continue"/>') == 2
    assert not re.search(r"<w:vAlign[^>]*/>(?:(?!</w:tcPr>).)*<w:vMerge", xml)


# --- templates ------------------------------------------------------------

ATTACKS = {
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}": "不允许的写法",
    "{{ 甲.__class__ }}": "不能这样写",
    "{{ ''.__class__ }}": "不能这样写",
    "{{ 甲|attr('x') }}": "不能用 |attr",
    "{{ 甲|safe }}": "不能用 |safe",
    "{{ 段落.append('x') }}": "不允许的写法",
    "{{ range(9999999) }}": "不允许的写法",
    "{{ 'a' * 999999999 }}": "不允许的写法",
    "{{ 9 ** 999999 }}": "不允许的写法",
    "{% set a = 1 %}": "不允许的写法",
    "{% include 'x' %}": "不允许的写法",
    "{{ 段落|batch(999999999)|length }}": "写法有误",
    "{{ 段落|batch(linecount=999999999)|length }}": "写法有误",
    "{{ 段落['pop'] }}": "方括号",
    "{% for a in 甲 %}{{ a }}{% endfor %}": "不能循环",
    "{% for a in 表 %}{% for b in 表 %}{% for c in 表 %}一{% endfor %}{% endfor %}{% endfor %}": "过于复杂",
    "{{ 甲 ": "写法有误",
    "{% if 甲 %}": "写法有误",
    "{{ 项目名程 }}": "是不是“项目名称”",
    "{% for 行 in 表 %}{{ 行.例 }}{% endfor %}": "没有“例”这一列",
    "{{ 行.列 }}": "不能这样写",
}


@pytest.mark.parametrize("text", ATTACKS)
def test_a_template_that_does_more_than_fill_in_is_refused_by_check_and_by_render(
    tmp_path: Path, text: str
) -> None:
    kind = sample_kind(tmp_path, wordml.para(text))

    with pytest.raises(SettingsError, match=re.escape(ATTACKS[text])) as error:
        check_template(kind)
    assert str(tmp_path / "templates" / "sample.docx") in error.value.message
    with pytest.raises(SettingsError):
        made(kind, {})


def test_the_sandbox_behind_the_check_has_nothing_to_call() -> None:
    from jinja2.exceptions import SecurityError, UndefinedError

    from archivist.drafts.engine import environment

    for text, wrong in (
        ("{{ cycler.__init__ }}", SecurityError),
        ("{{ x.__class__.__mro__ }}", SecurityError),
        ("{{ rows.append(1) }}", SecurityError),
        ("{{ missing }}", UndefinedError),
    ):
        with pytest.raises(wrong):
            environment().from_string(text).render(x="", rows=[])


def test_a_property_of_the_template_is_never_evaluated(tmp_path: Path) -> None:
    document = Document(BytesIO(wordml.package(wordml.para("{{ 甲 }}"))))
    document.core_properties.title = "{{ cycler.__init__.__globals__.os.getcwd() }}"
    document.core_properties.comments = "{{ missing }}"
    saved = BytesIO()
    document.save(saved)
    properties = Document(
        BytesIO(made(sample_kind(tmp_path, saved.getvalue()), {"甲": "一"}))
    ).core_properties

    assert properties.title == "珠溪镇青杠岭村黑山羊标准化养殖场项目样件"
    assert properties.comments == ""


def test_marks_that_word_split_over_runs_are_still_one_mark(tmp_path: Path) -> None:
    split = wordml.para(wordml.run("{{ 项目"), wordml.run("名称 "), wordml.run("}}"))

    assert words(made(sample_kind(tmp_path, split), {}))[0] == PROJECT.name


@pytest.mark.parametrize("raw", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_a_template_that_is_no_word_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    kind = sample_kind(tmp_path, raw)

    with pytest.raises(SettingsError, match=r"sample\.docx"):
        check_template(kind)


def with_member(name: str, content: str | bytes) -> bytes:
    raw = BytesIO(wordml.package(wordml.para("{{ 甲 }}")))
    with zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return raw.getvalue()


OFFICE_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE_LINKS}/attachedTemplate" Target="http://example.org/x.dotm" '
    'TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("word/vbaProject.bin", b"x", "带有宏"),
        ("word/_rels/settings.xml.rels", LINK, "引用了文件之外的内容"),
        ("word/media/bomb.bin", b"\0" * 70_000_000, "不是正常的 Word 文档"),
    ],
)
def test_a_template_with_macros_outside_links_or_a_bomb_is_refused(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    kind = sample_kind(tmp_path, with_member(name, content))

    with pytest.raises(SettingsError, match=said):
        check_template(kind)


def test_a_foreign_font_in_a_template_is_named(tmp_path: Path) -> None:
    kind = sample_kind(tmp_path, wordml.para(wordml.run("{{ 甲 }}", font="微软雅黑")))

    with pytest.raises(SettingsError, match="正文用了字体“微软雅黑”"):
        check_template(kind)


# --- filling in ------------------------------------------------------------


def test_yaml_json_and_xlsx_say_the_same(tmp_path: Path) -> None:
    data = {"会议时间": "14:30", "应到人数": "45", "出席人员": ["唐垚", "黄堃"]}
    (tmp_path / "a.yaml").write_text(
        "会议时间: 14:30\n应到人数: 45\n出席人员:\n  - 唐垚\n  - 黄堃\n", "utf-8"
    )
    (tmp_path / "a.json").write_text(json.dumps(data), "utf-8-sig")
    book = Workbook()
    for row in (("名称", "内容"), ("会议时间", "14:30"), ("应到人数", 45)):
        book.worksheets[0].append(row)
    people = book.create_sheet("出席人员")
    for name in ("姓名", "唐垚", None, "黄堃"):
        people.append((name,))
    book.save(tmp_path / "a.xlsx")
    kind = find_kind(KINDS, "village-record")
    drafts = [
        build_context(kind, PROJECT, None, read_data(tmp_path / f"a.{ending}"), TODAY)
        for ending in ("yaml", "json", "xlsx")
    ]

    assert drafts[0].values == drafts[1].values == drafts[2].values
    assert drafts[0].values["会议时间"] == "14:30"


def test_a_table_comes_from_its_own_sheet_with_exact_amounts(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(("成文日期", date(2024, 9, 5)))
    sheet = book.create_sheet("资产清单")
    sheet.append(("资产名称", "原值（万元）", "净值或评估值（万元）"))
    sheet.append(("羊舍", 58.6, 0.1 + 0.2))
    book.save(tmp_path / "a.xlsx")
    values = build_context(
        find_kind(KINDS, "disposal-plan"), PROJECT, None, read_data(tmp_path / "a.xlsx"), TODAY
    ).values

    assert values["成文日期"] == "2024年9月5日"
    assert (values["资产原值合计"], values["资产净值合计"]) == ("58.60", "0.30")


def test_text_saved_by_old_programs_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("会议地点: 村委会".encode("gb18030"))

    assert read_data(tmp_path / "a.yaml") == {"会议地点": "村委会"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", "a: &x [1]\nb: *x\n"),
        ("a.yaml", "甲: 1\n甲: 2\n"),
        ("a.yaml", "甲: [1\n"),
        ("a.yaml", "- 甲\n"),
        ("a.yaml", "!!python/object/apply:os.getcwd []"),
        ("a.yaml", "甲: \x01"),
        ("a.yaml", ""),
        ("a.json", '{"甲": 1, "甲": 2}'),
        ("a.json", "{'甲': 1}"),
        ("a.json", "[" * 100_000),
        ("a.json", "9" * 5000),
        ("a.xlsx", "not a workbook"),
        ("a.docx", "x"),
        ("a.json", b"\xff\xfe\x00"),
        ("a.yaml", b"a: " + b"x" * 5_000_001),
    ],
)
def test_data_that_cannot_be_read_is_refused_in_chinese(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(BadInputError, match=r"[\u4e00-\u9fff]"):
        read_data(path)


def test_data_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="打不开"):
        read_data(tmp_path / "none.yaml")


def test_sets_are_pairs_and_keep_further_equals_signs() -> None:
    assert parse_sets(("甲=1=2", "乙＝丙", "丁=")) == {"甲": "1=2", "乙": "丙", "丁": ""}
    for wrong in (("甲",), ("=1",), ("甲=1", "甲=2")):
        with pytest.raises(UsageError):
            parse_sets(wrong)


# --- writing ------------------------------------------------------------


def test_a_file_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "会议记录.docx"
    write_new(path, b"first")

    with pytest.raises(StoreError, match="已经存在"):
        write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "a.docx").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(StoreError):
        write_new(tmp_path / "a.docx", b"x")
    assert not (tmp_path / "elsewhere").exists()


def test_where_the_disk_has_no_links_the_file_is_still_new_and_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> Never:
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "link", no_links)
    write_new(tmp_path / "a.docx", b"first")

    assert (tmp_path / "a.docx").read_bytes() == b"first"
    with pytest.raises(StoreError):
        write_new(tmp_path / "a.docx", b"second")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="不存在"):
        write_new(tmp_path / "none" / "a.docx", b"x")


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = "docx docxtpl jinja2 lxml jsonschema yaml openpyxl"
    code = f"import sys, archivist.drafts; print([m for m in '{heavy}'.split() if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)

    assert run.stdout.strip() == "[]"


# --- on paper ------------------------------------------------------------


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Turn documents {name: bytes} to PDF with LibreOffice; returns {name: pages as lists of text lines}."""
    folder = tmp_path_factory.mktemp("office")

    def convert(documents: Mapping[str, bytes]) -> dict[str, list[list[str]]]:
        import pypdfium2

        paths = [folder / f"{name}.docx" for name in documents]
        for path, content in zip(paths, documents.values(), strict=True):
            path.write_bytes(content)
        converted(folder, paths)
        result = {}
        for name in documents:
            with pypdfium2.PdfDocument(folder / f"{name}.pdf") as pdf:
                result[name] = [page.get_textpage().get_text_range().splitlines() for page in pdf]
        return result

    return convert


@pytest.mark.libreoffice
@needs_office
def test_a_page_holds_22_lines_of_28_characters(office: Office) -> None:
    body = "".join(wordml.para("国" * 28, style="GwFlush") for _ in range(44))
    pages = office({"grid": wordml.package(body)})["grid"]

    assert [sum("国" in line for line in page) for page in pages[:2]] == [22, 22]
    assert {line.strip() for line in pages[0] if "国" in line} == {"国" * 28}


@pytest.mark.libreoffice
@needs_office
def test_every_kind_prints_whole_with_numbered_pages_and_no_lonely_signature(office: Office) -> None:
    pages = office({slug: make(slug) for slug in SLUGS})

    for slug, printed in pages.items():
        for number, page in enumerate(printed, 1):
            assert f"—{number}—" in "".join("".join(page).split()), (slug, number)
            assert len(page) > 2, (slug, number)
    plan = next(page for page in pages["disposal-plan"] if "2024年12月23日" in "".join(page).replace(" ", ""))
    assert "附件" in "".join(plan)


@pytest.mark.libreoffice
@needs_office
@pytest.mark.parametrize("slug", ["catalogue", "village-record"])
def test_a_template_saved_by_an_office_program_still_works(tmp_path: Path, slug: str) -> None:
    kind = find_kind(KINDS, slug)
    (saved,) = converted(tmp_path, [Path(kind.template_source)], "docx")
    edited = replace(kind, template_source=str(saved))
    check_template(edited)
    draft = build_context(
        edited,
        PROJECT,
        catalogue_rows(ANNEX.items, ENTRIES, PROJECT),
        read_data(EXAMPLES / f"{slug}.yaml"),
        TODAY,
    )

    assert [word for word in words(render(edited, draft)) if word] == [
        word for word in words(make(slug)) if word
    ]


@pytest.mark.libreoffice
@needs_office
def test_a_long_asset_table_repeats_its_heading_and_keeps_every_row(office: Office) -> None:
    rows = [{"资产名称": f"第{number}号羊舍", "原值": 1, "净值或评估值": "0.5"} for number in range(1, 41)]
    pages = office({"long": make("disposal-plan", {"资产清单": rows})})["long"]
    texts = ["".join(page).replace(" ", "") for page in pages]
    with_rows = [text for text in texts if re.search(r"第\d+号羊舍", text)]

    assert len(with_rows) >= 2
    assert all("资产名称" in text and "处置方式" in text for text in with_rows)
    assert [number for number in range(1, 41) if f"第{number}号羊舍" not in "".join(texts)] == []
