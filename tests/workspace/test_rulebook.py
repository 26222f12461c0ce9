"""Rule files: a rule is data, and a mistake in one is told with all others, by file and key; none is passed over."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from archivist.core.checks import findings_of
from archivist.core.model import Severity
from archivist.drafts import load_kinds
from archivist.errors import SettingsError
from archivist.workspace.rulebook import load_annex, load_items, load_rules
from support.catalogue import NO_ITEM
from support.checking import TODAY, project
from support.places import ROOT, SCHEMAS

SHIPPED = (SCHEMAS / "annex4.toml").read_text("utf-8")

NEW_RULE = """
schema = 1
[[order]]
slug = "contract"
name = "先有合同"
clause = "某条"
quote = "先签合同"
severity = "error"
[[order.step]]
name = "签订"
items = [3]
[[order.step]]
name = "申报"
items = [4]
[deregistration]
category = "淘汰类"
clause = "x"
quote = "y"
"""


def test_adding_a_rule_is_adding_data(tmp_path: Path) -> None:
    (tmp_path / "procedure.toml").write_text(NEW_RULE, "utf-8")
    rules = load_rules(SCHEMAS, tmp_path)
    file = project([(3, "2024-11-02"), (4, "2024-11-01")])
    found = [one for one in findings_of(file, rules, TODAY) if one.code == "order-contract"]

    assert [(one.item, one.severity) for one in found] == [(4, Severity.ERROR)]
    assert found[0].clause == "某条“先签合同”"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('severity = "error"', 'severity = "fatal"', "error、warning 之一"),
        ("items = [4]", f"items = [{NO_ITEM}]", "归档目录的序号"),
        ("items = [4]", "items = []", "归档目录的序号"),
        ("items = [4]", "items = [[4]]", "归档目录的序号"),
        ('quote = "先签合同"', "", "quote"),
        ('[[order.step]]\nname = "申报"\nitems = [4]', "", "至少要有两个"),
        ("[deregistration]", "[other]", "deregistration"),
    ],
)
def test_a_mistake_in_the_data_is_told_with_its_place(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    assert before in NEW_RULE
    (tmp_path / "procedure.toml").write_text(NEW_RULE.replace(before, after), "utf-8")
    with pytest.raises(SettingsError) as wrong:
        load_rules(SCHEMAS, tmp_path)

    assert told in wrong.value.message
    assert "procedure.toml" in wrong.value.message


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('codes = ["missing"]\nbasis = "软件约定"', "没有对应的 检查代码（只有软件看图得出的可以核定）"),
        ('codes = ["vote-failed", "seal-absent"]\nbasis = "软件约定"', "'vote-failed'"),
        ('codes = "seal-absent"\nbasis = "软件约定"', "应为文字的列表"),
        ('codes = ["seal-absent"]', "basis"),
        ('codes = ["seal-absent"]\nbasis = "软件约定"\nwho = "谁都行"', "who"),
    ],
)
def test_what_is_no_matter_of_seeing_no_rule_book_can_have_overridden(
    tmp_path: Path, written: str, told: str
) -> None:
    (tmp_path / "procedure.toml").write_text(f"{NEW_RULE}[override]\n{written}\n", "utf-8")
    with pytest.raises(SettingsError) as wrong:
        load_rules(SCHEMAS, tmp_path)

    assert told in wrong.value.message


# -- annex4.toml ---------------------------------------------------------------------------------------------------


def refusal(folder: Path, text: str) -> str:
    (folder / "annex4.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as wrong:
        load_annex(folder)
    assert str(folder / "annex4.toml") in wrong.value.message
    return wrong.value.message


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            'kinds = ["survey"]\nrequired',
            'kinds = ["survei"]\nrequired',
            "item 1.kinds 中的 'survei' 没有对应的 [[kind]]，是不是 survey？",
        ),
        ('slug = "minutes"', 'slug = "minute"', "item 5.kinds 中的 'minutes' 没有对应的 [[kind]]"),
        ('slug = "minutes"', 'slug = "minute"', "topic.kinds 中的 'minutes'"),
        ('slug = "minutes"', 'slug = "minute"', "signatures.strict_kinds 中的 'minutes'"),
        ('slug = "minutes"', 'slug = "minute"', "fact 应到.kinds 中的 'minutes'"),
        ('slug = "other"', 'slug = "others"', "kind agreement.handed 中的 'other'"),
        ('slug = "agreement"', 'slug = "contract"', "kind other.overlaps 中的 'agreement'"),
        ('slug = "minutes"', 'slug = "record"', "kind.slug 'record' 出现了两次"),
        ("\njoint = true", "\njiont = true", "kind minutes.jiont：没有这一项设置，是不是 joint？"),
        ("\nmeeting = true", '\nmeeting = "yes"', "kind record.meeting 应为 true 或 false"),
        ('usual = "village"', 'usual = "hamlet"', "kind record.usual 应为"),
        ('level = "village"', 'level = "hamlet"', "item 4.level 应为"),
        ("items = [8]", "items = []", "item 3.waiver.items 应为归档目录的序号"),
        ("items = [8]", 'items = ["8"]', "item 3.waiver.items 应为归档目录的序号"),
        ("items = [8]", f"items = [{NO_ITEM}]", f"item 3.waiver.items：归档目录没有第 {NO_ITEM} 项"),
        ("example = 4", f"example = {NO_ITEM}", "example 应为归档目录的序号"),
        ("number = 3\n", "number = 4\n", "item.number 应从 1 起连续编号"),
        ('short = "摸底调查表"', 'short = " "', "item 1.short 应为文字，不能为空"),
        ('"{issuer}", "{department}"', '"{issuer}", "{office}"', "item 2.sealers 中的 '{office}'"),
        ('[["记录人", 2]', '[["记录人", "2"]', "kind record.cues 的每一项应为"),
        ('"[镇乡]人民政府"', '"[镇乡人民政府"', "level township.patterns 中的"),
        ('form = "money"', 'form = "cash"', "fact 投入帮扶资金.form 应为"),
        ('["签章件", "复印件"]', '["签章件", "草稿"]', "item 3.evidence.admissible 应为 已印发未签章"),
        ('["签章件", "复印件"]', "[]", "item 3.evidence.admissible 应为 已印发未签章"),
        ('issued = ["文号"]', 'issued = ["编号"]', "item 5.evidence 中的 '编号' 没有对应的 [[fact]]"),
        ('due = "应到"', 'due = "该到"', "item 4.evidence 中的 '该到' 没有对应的 [[fact]]"),
        ("quorum = [2, 3]", "quorum = [3, 2]", "quorum 应为 [几, 分之几]"),
        ("majority = [1, 2]", 'majority = ["半数"]', "majority 应为 [几, 分之几]"),
        ("\nrecords = true", "\nrecord = true", "item 3.evidence.record：没有这一项设置，是不是 records？"),
        ("[decision]", "[decisions]", "缺少 [decision] 这一部分"),
        ('kind = "assessment"', 'kind = "assesment"', "shape assesment.kind 中的 'assesment'"),
        ("\nstems = [", "\nstem = [", "shape survey.stem：没有这一项设置，是不是 stems？"),
        ('against = ["agreement"]', 'against = ["agreements"]', "against 中的 'agreements'"),
        ('zone = "end"', 'zone = "foot"', "zone 应为"),
        ("least = 6", "least = 60", "least 应在 1 与词语的组数之间，现为 60"),
        ("['优势.{0,8}", "['(优势.{0,8}", "patterns 中的"),
        ("[decision]", "[decisions]", "decisions：没有这一项设置，是不是 decision？"),
    ],
)
def test_a_name_or_word_that_nothing_answers_to_is_refused_with_its_key(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    assert before in SHIPPED
    assert told in refusal(tmp_path, SHIPPED.replace(before, after, 1))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = SHIPPED.replace("\njoint = true", "\njiont = true").replace("number = 3\n", 'number = "三"\n')
    told = refusal(tmp_path, text.replace("[names]", "[nams]")).splitlines()

    assert len(told) >= 5
    assert all(line.startswith(f"  · {tmp_path / 'annex4.toml'}：") for line in told[1:])


@pytest.mark.parametrize(("text", "told"), [("x = ", "文件末尾附近"), ("x = \n", "第 1 行")])
def test_what_is_no_toml_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    assert told in refusal(tmp_path, text)


def test_mistakes_of_several_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "annex4.toml").write_text(SHIPPED.replace("number = 3\n", "number = 4\n"), "utf-8")
    (tmp_path / "procedure.toml").write_text(NEW_RULE.replace('"error"', '"fatal"'), "utf-8")
    with pytest.raises(
        SettingsError, match=r"annex4\.toml：item\.number(?s:.*)procedure\.toml：order contract\.severity"
    ):
        load_rules(tmp_path, tmp_path)


@pytest.mark.parametrize("section", ["debts", "identity"])
def test_a_fact_that_nothing_reads_is_refused(tmp_path: Path, section: str) -> None:
    text = (SCHEMAS / "procedure.toml").read_text("utf-8")
    head, mark, tail = text.partition(f"[{section}]\n")
    tail = re.sub(r'fact = ".*"', 'fact = "没有的"', tail, count=1)
    (tmp_path / "procedure.toml").write_text(head + mark + tail, "utf-8")
    with pytest.raises(SettingsError, match=rf"{section}\.fact 中的 '没有的' 没有对应的 \[\[fact\]\]"):
        load_rules(SCHEMAS, tmp_path)


def test_a_catalogue_from_before_kinds_said_their_parts_means_what_it_meant(tmp_path: Path) -> None:
    roles = "called|meeting|joint|form|parties|usual|overlaps|places|met|example"
    forms = "text|code|money|count|ticks|number|sentence|outcome|sum|list|assessor|advice|called|paid|told|period|met|root"
    older = re.sub(
        rf"^(?:{roles}) = (?!\"(?:{forms})\").*\n",
        "",
        SHIPPED,
        flags=re.M,
    )
    older = older.replace("schema = 2", "schema = 1")
    (tmp_path / "annex4.toml").write_text(older, "utf-8")

    assert "\nmeeting = true" not in older
    assert load_annex(tmp_path) == load_annex(SCHEMAS)
    assert load_items(tmp_path) == load_items(SCHEMAS)


# -- documents to generate -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"x-item": 4', f'"x-item": {NO_ITEM}', "x-item 应为归档目录的序号（1、2、3、4、5、6、7、8"),
        ('"x-source"', '"x-sorce"', "x-sorce：没有这个写法"),
        ('"x-aliases"', '"x-alias"', "x-alias：没有这个写法"),
    ],
)
def test_a_document_kind_that_speaks_of_what_is_not_there_is_refused(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    path = tmp_path / "schemas" / "documents" / "village-record.schema.json"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    (tmp_path / "schemas" / "documents" / "ledger.schema.json").write_text('{"title": "x"}', "utf-8")
    with pytest.raises(SettingsError) as wrong:
        load_kinds(tmp_path / "schemas", ROOT / "doc_templates")

    assert f"{path}：" in wrong.value.message
    assert told in wrong.value.message
    assert "ledger.schema.json：缺少 title" in wrong.value.message
