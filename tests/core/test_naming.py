"""Names that every file system takes, whatever was dropped."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archivist.core.naming import archival_name, project_folder, safe_name, safe_suffix, unused, with_suffix


@given(st.text(max_size=300), st.integers(1, 100))
@example("😀" * 80, 80)
@example("aux.pdf", 60)
@example("e\u0301" * 100, 100)
@example("\u202e\u200b\ud800\ue000", 10)
@example(". . .", 5)
def test_a_safe_name_is_one_plain_component_on_every_system(text: str, limit: int) -> None:
    name = safe_name(text, limit)
    assert 0 < len(name) <= limit + 1
    assert len(name.encode("utf-8")) <= 201
    assert not set(name) & set('<>:"/\\|?*')
    assert name.isprintable()
    assert name == name.strip() == name.rstrip(".")
    assert unicodedata.is_normalized("NFC", name)
    assert name.partition(".")[0].rstrip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@given(st.text(max_size=100))
def test_a_safe_name_is_safe_already(text: str) -> None:
    assert safe_name(safe_name(text, 60), 61) == safe_name(text, 60)


def test_ordinary_names_stay_as_they_are() -> None:
    assert safe_name("珠溪镇人民政府专题会议纪要（31期）") == "珠溪镇人民政府专题会议纪要（31期）"
    assert project_folder("DZ-2018-0017", "黑山羊/养殖场") == "DZ-2018-0017 黑山羊-养殖场"


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.PDF", ".pdf"), ("a.tar.gz", ".gz"), ("没有", ""), ("a.文档", ""), ("a.", ""), ("a.\u202egpj", "")],
)
def test_only_ordinary_extensions_are_kept(name: str, suffix: str) -> None:
    assert safe_suffix(name) == suffix


def test_an_archival_name_says_item_date_and_title_or_that_the_date_is_unknown() -> None:
    assert (
        archival_name(4, "会议记录", "2024-11-02", "青杠村会议记录", ".pdf")
        == "04 2024-11-02 青杠村会议记录.pdf"
    )
    assert archival_name(4, "会议记录", None, None, "") == "04 日期不明 会议记录"


def test_an_archival_name_is_in_ordinary_characters_whatever_the_title_was_made_of() -> None:
    title = "⼤⾜区⻘杠岭村２０２４年第３期（囯有资产）会议纪\u00ad要"

    assert (
        archival_name(5, "纪要", "2024-11-19", title, ".pdf")
        == "05 2024-11-19 大足区青杠岭村2024年第3期（国有资产）会议纪要.pdf"
    )
    assert archival_name(5, "纪要", None, "\u200b", ".pdf") == "05 日期不明 纪要.pdf"


@given(st.sets(st.integers(1, 9)), st.sampled_from(["a.pdf", "没有后缀", ".hidden", "a (2).pdf"]))
def test_an_unused_name_is_free_and_keeps_its_extension(numbers: set[int], name: str) -> None:
    stem, dot, suffix = name.rpartition(".")
    stem, end = (stem, dot + suffix) if dot and stem else (name, "")
    taken = {name if number == 1 else f"{stem} ({number}){end}" for number in numbers}
    found = unused(name, taken.__contains__)
    assert found not in taken
    assert found.endswith(end)
    assert found == name or name in taken


@pytest.mark.parametrize(
    ("name", "fitting", "expected"),
    [
        ("协议.jpg", (".pdf",), "协议.pdf"),
        ("协议", (".pdf",), "协议.pdf"),
        ("报告 v1.2", (".docx",), "报告 v1.2.docx"),
        ("照片.jpeg", (".jpg", ".jpeg"), "照片.jpeg"),
        ("旧.wps", (), "旧.wps"),
        (".jpg", (".pdf",), "_.pdf"),
    ],
)
def test_an_extension_that_does_not_fit_the_content_is_replaced(
    name: str, fitting: tuple[str, ...], expected: str
) -> None:
    assert with_suffix(name, fitting) == expected
