"""What ends a document is seen; a page that goes on elsewhere is told from one that is full."""

from __future__ import annotations

import pytest

from archivist.core.model import TextSource
from archivist.core.page import Line, Page, SealMark
from archivist.core.paper.endings import SIGNED_ELSEWHERE, breaks_off, ending
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex
from support.read_pages import page

RULES = load_annex(data_folder("schemas")).signatures
TEXT = "会议听取了情况汇报，认为条件已不具备。"
FULL = "经营主体欠付土地流转费三点八四万元，由村委会负责核实并督促"


def lines(*words: str, right: float = 0.88, number: int = 1) -> Page:
    """A page of full lines, the last of them at its foot."""
    boxes = [(0.12, 0.1 + 0.05 * at, right, 0.13 + 0.05 * at) for at in range(len(words))]
    return Page(number, tuple(map(Line, words, boxes)), TextSource.OCR)


@pytest.mark.parametrize(
    ("last", "why"),
    [
        ("2024年11月22日", "落款日期"),
        ("二〇二四年十一月二十二日", "落款日期"),
        ("记录人：邓小琴", "签字处"),
        ("主持人（签字）：唐守业", "签字处"),
        ("参会人员签名：\n鲁兴贵 唐先明\n黄世华 曾永碧", "签字处"),
        ("出席：郑立民、石秀兰、游建平", "到会名单"),
        ("抄　送：区农业农村委。", "结尾用语"),
        ("重庆市大足区宝兴镇党政办公室　2024年11月22日印发", "结尾用语"),
        ("散会。", "结尾用语"),
    ],
)
def test_an_ending_is_seen_also_above_a_page_number(last: str, why: str) -> None:
    found = ending(page(f"{TEXT}\n{TEXT}\n{last}\n— 2 —"), RULES)

    assert found is not None
    assert found.rule == why


@pytest.mark.parametrize(
    "words",
    [
        f"{TEXT}\n{TEXT}",
        f"时间：2024年11月9日上午9时\n主持人：侯万里　记录人：阎秀英\n{TEXT}\n{TEXT}\n{TEXT}\n{TEXT}",
        f"2024年11月21日，镇长主持召开会议。\n{TEXT}\n{TEXT}\n{TEXT}",
        f"2024年11月9日\n{TEXT}\n{TEXT}\n{TEXT}\n{TEXT}",
    ],
)
def test_text_and_a_head_are_no_ending(words: str) -> None:
    assert ending(page(words), RULES) is None


def test_a_seal_ends_a_document() -> None:
    sealed = Page(1, lines(TEXT, TEXT).lines, TextSource.OCR, seals=(SealMark((0.6, 0.7, 0.8, 0.85), 0.9),))

    assert ending(sealed, RULES) is not None


def test_a_sentence_that_stops_at_the_foot_goes_on_elsewhere() -> None:
    whole = [TEXT + TEXT] * 13

    assert breaks_off(lines(*whole, TEXT, FULL, FULL), RULES) is not None
    assert breaks_off(lines(*whole, TEXT, FULL, "偿还。"), RULES) is None
    assert breaks_off(lines(*whole, TEXT, FULL, "2024年11月22日"), RULES) is None


def test_nobody_can_tell_of_tables_short_pages_and_text_without_place() -> None:
    table = Page(1, tuple(Line(f"羊舍{n}", (0.1, 0.05 * n, 0.3, 0.05 * n + 0.02)) for n in range(18)))

    assert breaks_off(table, RULES) is None
    assert breaks_off(lines(TEXT, TEXT, TEXT, TEXT, TEXT, FULL), RULES) is None
    assert breaks_off(page("\n".join([TEXT] * 9 + [FULL])), RULES) is None


def test_text_that_ends_in_words_for_a_signature_page_goes_on_there() -> None:
    text = page(f"{TEXT}\n{TEXT}\n（以下无正文，为签署页）\n— 1 —")
    found = breaks_off(text, RULES)

    assert ending(text, RULES) is None
    assert found is not None and found.rule == SIGNED_ELSEWHERE
    assert ending(page(f"{TEXT}\n以下无正文\n甲方（盖章）：\n2019年9月6日"), RULES) is not None
