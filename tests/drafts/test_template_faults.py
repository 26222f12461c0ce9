"""A template that an officer edited comes back with a comment at each fault: every seeded fault is found where it is."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree

from archivist.drafts import find_kind
from archivist.drafts.blank import blank_template
from archivist.drafts.faults.checking import check_file
from archivist.drafts.faults.comments import AUTHOR, with_comments
from archivist.drafts.faults.finding import BODY, check_template_file
from archivist.drafts.faults.places import MARK, WORD, Fault, paragraphs
from archivist.drafts.template import read_template
from archivist.errors import BadInputError, ExitCode, StoreError, UsageError
from support.cli_running import run_archivist
from support.drafting import KINDS, SLUGS
from support.places import ROOT

FOLDERS = (ROOT / "schemas", ROOT / "doc_templates")
Tree = Any
Seed = Callable[[Tree, int], int]
"""Damages a body, the ``n``-th time otherwise, and tells in which paragraph."""


def raw_of(slug: str) -> bytes:
    return read_template(find_kind(KINDS, slug))


def with_body(raw: bytes, change: Callable[[Tree], object], part: str = BODY) -> bytes:
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                tree = etree.fromstring(content)
                change(tree)
                content = etree.tostring(tree)
            new.writestr(name, content)
    return result.getvalue()


def text_of(paragraph: Tree) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{WORD}t"))


def find(tree: Tree, fits: Callable[[str, Tree], bool], at: int) -> tuple[int, Tree]:
    found = [(number, one) for number, one in enumerate(paragraphs(tree)) if fits(text_of(one), one)]
    return found[at % len(found)]


def only_mark(text: str, _: Tree) -> bool:
    return MARK.fullmatch(text.strip()) is not None and text.strip().startswith("{{") and "." not in text


def node_with(paragraph: Tree, words: str) -> Tree:
    return next(node for node in paragraph.iter(f"{WORD}t") if words in (node.text or ""))


def unclosed(tree: Tree, at: int) -> int:
    number, one = find(tree, only_mark, at)
    node = node_with(one, "}}")
    node.text = node.text.replace("}}", "}" if at % 2 else "")
    return number


def unopened(tree: Tree, at: int) -> int:
    number, one = find(tree, only_mark, at)
    node = node_with(one, "{{")
    node.text = node.text.replace("{{", "")
    return number


def split(tree: Tree, at: int) -> int:
    number, one = find(tree, only_mark, at)
    second = deepcopy(one)
    node_with(one, "}}").text = "{{ 项目"
    node_with(second, "}}").text = "名称 }}"
    one.addnext(second)
    return number


def wide_braces(tree: Tree, at: int) -> int:
    number, one = find(tree, only_mark, at)
    node = node_with(one, "{{")
    node.text = node.text.replace("{{", "｛｛").replace("}}", "｝｝")
    return number


def unknown_field(tree: Tree, at: int) -> int:
    number, one = find(tree, only_mark, at)
    node = node_with(one, "{{")
    node.text = "{{ 没有这个字段 }}"
    return number


def unknown_column(tree: Tree, at: int) -> int:
    number, one = find(tree, lambda text, _: MARK.fullmatch(text) is not None and "{{ 行." in text, at)
    node_with(one, "行.").text = "{{ 行.没有这一列 }}"
    return number


def row_outside_its_loop(tree: Tree, at: int) -> int:
    number, one = find(tree, only_mark, at)
    node_with(one, "{{").text = "{{ 行.金额 }}"
    return number


def loop_without_end(tree: Tree, at: int) -> int:
    _, end = find(tree, lambda text, _: text.startswith("{%p endfor"), at)
    number, _ = find(
        tree,
        lambda text, one: text.startswith("{%p for") and one.getparent() is end.getparent(),
        at,
    )
    end.getparent().remove(end)
    return number


def end_without_loop(tree: Tree, at: int) -> int:
    _, start = find(tree, lambda text, _: text.startswith("{%p for"), at)
    inside = start.getnext()
    ends = [one for one in inside.itersiblings() if text_of(one).startswith("{%p endfor")]
    start.getparent().remove(start)
    return paragraphs(tree).index(ends[0])


def row_mark_outside_a_table(tree: Tree, at: int) -> int:
    number, one = find(tree, lambda text, _: text.startswith("{%p "), at)
    node = node_with(one, "{%p ")
    node.text = node.text.replace("{%p ", "{%tr ")
    return number


def words_beside_a_mark_that_goes(tree: Tree, at: int) -> int:
    number, one = find(tree, lambda text, _: text.startswith("{%p "), at)
    node = node_with(one, "{%p ")
    node.text += "另外写的话"
    return number


def font(tree: Tree, at: int, **names: str) -> int:
    number, one = find(tree, lambda text, _: bool(text.strip()), at * 3)
    run = next(one.iter(f"{WORD}r"))
    properties = run.find(f"{WORD}rPr")
    if properties is None:
        properties = etree.Element(f"{WORD}rPr")
        run.insert(0, properties)
    for old in properties.findall(f"{WORD}rFonts"):
        properties.remove(old)
    fonts = etree.SubElement(properties, f"{WORD}rFonts")
    for name, value in names.items():
        fonts.set(f"{WORD}{name}", value)
    return number


def foreign_font(tree: Tree, at: int) -> int:
    return font(tree, at, eastAsia=["微软雅黑", "等线", "华文中宋"][at % 3], ascii="Times New Roman")


def theme_font(tree: Tree, at: int) -> int:
    return font(tree, at, eastAsiaTheme="minorEastAsia")


def no_chinese_font(tree: Tree, at: int) -> int:
    return font(tree, at, ascii="仿宋_GB2312", hAnsi="仿宋_GB2312")


def lost_style(tree: Tree, at: int) -> int:
    number, one = find(tree, lambda text, _: bool(text.strip()), at * 2)
    next(one.iter(f"{WORD}pStyle")).set(f"{WORD}val", "a3b")
    return number


def tracked_change(tree: Tree, at: int) -> int:
    number, one = find(tree, only_mark, at)
    run = next(one.iter(f"{WORD}r"))
    node = node_with(one, "{{")
    head, tail = node.text[:4], node.text[4:]
    node.text = head
    second = deepcopy(run)
    node_with(second, head).text = tail
    change = etree.Element(f"{WORD}ins")
    change.append(second)
    run.addnext(change)
    return number


def margins(tree: Tree, at: int) -> int:
    sections = list(tree.iter(f"{WORD}sectPr"))
    section = sections[at % len(sections)]
    section.find(f"{WORD}pgMar").set(f"{WORD}left", "1800")
    owner = next(section.iterancestors(f"{WORD}p"), None)
    return len(paragraphs(tree)) - 1 if owner is None else paragraphs(tree).index(owner)


def no_required_field(tree: Tree, at: int) -> int:
    name = ("项目名称", "项目编号")[at % 2]
    for node in tree.iter(f"{WORD}t"):
        if node.text:
            node.text = node.text.replace(f"{{{{ {name} }}}}", "某某")
    return 0


SEEDS: dict[str, tuple[Seed, str, tuple[str, ...]]] = {
    "unclosed": (unclosed, "unclosed", ("village-record", "survey-form")),
    "unopened": (unopened, "unclosed", ("village-record", "survey-form")),
    "split": (split, "unclosed", ("village-record", "survey-form")),
    "wide": (wide_braces, "wide", ("village-record", "survey-form")),
    "unknown field": (unknown_field, "field", ("village-record", "disposal-plan", "survey-form")),
    "unknown column": (unknown_column, "field", ("disposal-plan", "ledger")),
    "row outside its loop": (row_outside_its_loop, "field", ("survey-form", "village-record")),
    "loop without end": (loop_without_end, "unended", ("village-record", "disposal-plan")),
    "end without loop": (end_without_loop, "unopened", ("village-record", "disposal-plan")),
    "row mark outside a table": (row_mark_outside_a_table, "place", ("village-record", "township-minutes")),
    "words beside": (words_beside_a_mark_that_goes, "alone", ("village-record", "disposal-plan")),
    "foreign font": (foreign_font, "font", ("catalogue", "decision")),
    "theme font": (theme_font, "theme", ("catalogue", "approval-form")),
    "no Chinese font": (no_chinese_font, "eastasia", ("ledger", "approval-form")),
    "lost style": (lost_style, "style", ("catalogue", "district-minutes")),
    "tracked change": (tracked_change, "tracked", ("village-record", "survey-form")),
    "margins": (margins, "margin", ("disposal-plan", "ledger")),
    "required field": (no_required_field, "required", ("catalogue", "survey-form")),
}


def seeded() -> Iterator[Any]:
    for name, (seed, code, slugs) in SEEDS.items():
        for at in range(4):
            yield pytest.param(slugs[at % len(slugs)], seed, code, at, id=f"{name}-{at}")


@pytest.mark.parametrize(("slug", "seed", "code", "at"), list(seeded()))
def test_a_seeded_fault_is_found_in_its_paragraph(slug: str, seed: Seed, code: str, at: int) -> None:
    where: list[int] = []
    raw = with_body(raw_of(slug), lambda tree: where.append(seed(tree, at)))

    faults = check_template_file(find_kind(KINDS, slug), raw).faults

    assert (code, where[0]) in [(one.code, one.paragraph) for one in faults], faults


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_template_and_a_blank_one_have_no_fault(slug: str) -> None:
    kind = find_kind(KINDS, slug)

    assert check_template_file(kind, raw_of(slug)).faults == ()
    assert check_template_file(kind, blank_template(kind)).faults == ()


def commented(raw: bytes) -> list[tuple[str, str]]:
    """(text of the paragraph, text of the comment) of each comment."""
    document = Document(BytesIO(raw))
    texts = {str(one.comment_id): one.text for one in document.comments}
    found = []
    for paragraph in paragraphs(document.element):
        for start in paragraph.iter(f"{WORD}commentRangeStart"):
            found.append((text_of(paragraph), texts[start.get(f"{WORD}id")]))
    return found


def test_each_fault_is_a_comment_in_its_paragraph_and_nothing_else_changes() -> None:
    kind = find_kind(KINDS, "village-record")
    raw = with_body(raw_of("village-record"), lambda tree: (unclosed(tree, 0), unknown_field(tree, 3)))
    faults = check_template_file(kind, raw).faults
    done = with_comments(raw, faults)
    notes = commented(done)

    assert len(notes) == len(faults) == 2
    assert all(one.author == AUTHOR for one in Document(BytesIO(done)).comments)
    assert any("没有这个字段" in text and "可以用的字段：" in words for text, words in notes)
    before, after = (
        [text_of(one) for one in paragraphs(Document(BytesIO(one)).element)] for one in (raw, done)
    )
    assert before == after


def test_what_is_wrong_in_a_footer_is_told_at_the_first_paragraph() -> None:
    def add(tree: Tree) -> None:
        next(tree.iter(f"{WORD}t")).text = "{{ 没有 }}"

    kind = find_kind(KINDS, "catalogue")
    raw = with_body(raw_of("catalogue"), add, "word/footer1.xml")
    faults = check_template_file(kind, raw).faults

    assert [one.part for one in faults] == ["word/footer1.xml"]
    ((_, words),) = commented(with_comments(raw, faults))
    assert words.startswith("页脚里：“{{ 没有 }}”：没有“没有”这个字段")


def test_a_paragraph_without_words_carries_a_comment_too() -> None:
    kind = find_kind(KINDS, "disposal-plan")
    raw = with_body(raw_of("disposal-plan"), lambda tree: margins(tree, 0))
    faults = check_template_file(kind, raw).faults

    assert [one.code for one in faults] == ["margin"] and "左边距 32 毫米" in faults[0].words
    assert len(commented(with_comments(raw, faults))) == 1


@pytest.mark.parametrize(
    "mark",
    [
        "{{ 项目名称|upper }}",
        "{% set 甲 = 1 %}",
        "{{ 项目名称.__class__ }}",
        "{% include 'x' %}",
        "{{ cycler }}",
        "{%}",
        "{# 注 #}",
        "{{ 项目名称 + }}",
        "{% if 项目名称 %}",
        "{% endif %}",
        "{%p if 项目名称 %}{%p endif %}",
        "{%tc for 甲 in 乙 %}",
        "}} {{",
        "{{" * 500,
    ],
)
def test_any_odd_mark_is_a_fault_and_never_a_crash(mark: str) -> None:
    def put(tree: Tree) -> None:
        _, one = find(tree, only_mark, 0)
        node_with(one, "{{").text = mark

    kind = find_kind(KINDS, "village-record")

    assert check_template_file(kind, with_body(raw_of("village-record"), put)).faults


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("{ 会议地点 }", "{{ 会议地点 }}"),
        ("在{会议地点}开会", "{{ 会议地点 }}"),
        ("｛ 会议地点 ｝", "{{ 会议地点 }}"),
        ("{{ 记录人 }}{会议地点}", "{{ 会议地点 }}"),
    ],
)
def test_a_fields_name_in_single_braces_is_a_fault_at_its_paragraph(written: str, instead: str) -> None:
    at = []

    def put(tree: Tree) -> None:
        number, one = find(tree, only_mark, 0)
        node_with(one, "{{").text = written
        at.append(number)

    kind = find_kind(KINDS, "village-record")
    faults = check_template_file(kind, with_body(raw_of("village-record"), put)).faults
    (single,) = [one for one in faults if one.code == "single"]

    assert single.paragraph == at[0] and instead in single.instead
    assert "只有一层括号，不会填写" in single.words


def test_a_column_in_single_braces_is_a_fault_and_other_words_in_braces_are_none() -> None:
    def put(words: str) -> list[str]:
        def change(tree: Tree) -> None:
            _, one = find(tree, lambda text, _: "{{ 行." in text, 0)
            node_with(one, "行.").text = words

        kind = find_kind(KINDS, "settlement-vouchers")
        faults = check_template_file(kind, with_body(raw_of("settlement-vouchers"), change)).faults
        return [one.instead for one in faults if one.code == "single"]

    assert put("{行.备注}") == ["写成两层：{{ 行.备注 }}"]
    assert put("{行.没有}") == put("{见附件}") == []


def test_a_document_without_any_mark_is_told_so_in_one_sentence() -> None:
    def strip(tree: Tree) -> None:
        for node in tree.iter(f"{WORD}t"):
            node.text = "一般文字"

    raw = raw_of("village-record")
    for part in zipfile.ZipFile(BytesIO(raw)).namelist():
        if part == BODY or part.startswith(("word/header", "word/footer")):
            raw = with_body(raw, strip, part)
    (fault,) = check_template_file(find_kind(KINDS, "village-record"), raw).faults

    assert fault.code == "unmarked" and "没有一个填写标记" in fault.words


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    path = tmp_path / "村会议记录.docx"
    path.write_bytes(with_body(raw_of("village-record"), lambda tree: unknown_field(tree, 0)))
    return path


def test_the_command_writes_the_comments_beside_the_template_and_leaves_it_alone(edited: Path) -> None:
    before = edited.read_bytes()
    ran = run_archivist("template", "check", str(edited))
    told = ran.out.decode()

    assert ran.code == ExitCode.SETTINGS
    assert "按“村会议记录”检查，有 1 处要改：" in told and "批注写在：" in told and "印出来的字段：" in told
    assert sorted(one.name for one in edited.parent.iterdir()) == [
        "村会议记录.docx",
        "村会议记录（检查意见）.docx",
    ]
    assert edited.read_bytes() == before
    again = run_archivist("template", "check", str(edited))
    assert again.code == ExitCode.STORE


def test_a_template_without_fault_gives_a_trial_document(tmp_path: Path) -> None:
    path = tmp_path / "我的方案.docx"
    path.write_bytes(raw_of("disposal-plan"))
    done = check_file(FOLDERS, path, "资产处置方案", tmp_path)

    assert done.faults == () and done.written.name == "我的方案（试印）.docx"
    text = "".join(text_of(one) for one in paragraphs(Document(str(done.written)).element))
    assert "〔项目名称〕" in text and "12.50" in text and "{{" not in text


@pytest.mark.parametrize("slug", SLUGS)
def test_every_kind_has_a_trial_document(slug: str, tmp_path: Path) -> None:
    path = tmp_path / f"{slug}.docx"
    path.write_bytes(raw_of(slug))

    assert check_file(FOLDERS, path, None, None).faults == ()


def test_what_cannot_be_checked_is_told(tmp_path: Path) -> None:
    nameless, broken, other = tmp_path / "模板一.docx", tmp_path / "归档目录.docx", tmp_path / "台账.docx"
    nameless.write_bytes(raw_of("catalogue"))
    broken.write_bytes(b"no")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr(BODY, "<w:p")

    with pytest.raises(UsageError, match=r"看不出“模板一\.docx”是哪个文种的模板，请加 --kind"):
        check_file(FOLDERS, nameless, None, None)
    with pytest.raises(BadInputError, match="不是 Word 文档"):
        check_file(FOLDERS, broken, None, None)
    with pytest.raises(BadInputError, match="模板读不出来"):
        check_file(FOLDERS, other, None, None)
    good = tmp_path / "资产处置方案.docx"
    good.write_bytes(raw_of("disposal-plan"))
    (tmp_path / "资产处置方案（试印）.docx").write_bytes(b"mine")
    with pytest.raises(StoreError):
        check_file(FOLDERS, good, None, None)


def test_a_style_that_rests_on_one_with_a_foreign_font_is_told_once() -> None:
    def change(styles: Tree) -> None:
        style = next(one for one in styles.iter(f"{WORD}style") if one.get(f"{WORD}styleId") == "Normal")
        properties = etree.SubElement(style, f"{WORD}rPr")
        etree.SubElement(properties, f"{WORD}rFonts").set(f"{WORD}eastAsia", "等线")

    kind = find_kind(KINDS, "catalogue")
    faults = check_template_file(kind, with_body(raw_of("catalogue"), change, "word/styles.xml")).faults

    assert [one.code for one in faults] == ["stylefont"]
    assert "样式“Normal”用了字体“等线”，公文不用" in faults[0].words and faults[0].paragraph == 0


def test_faults_are_values_in_the_order_of_the_paper() -> None:
    kind = replace(find_kind(KINDS, "village-record"))
    raw = with_body(raw_of("village-record"), lambda tree: (unknown_field(tree, 5), unknown_field(tree, 1)))
    faults = check_template_file(kind, raw).faults

    assert list(faults) == sorted(faults, key=lambda one: one.paragraph)
    assert all(isinstance(one, Fault) for one in faults)
