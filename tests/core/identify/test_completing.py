"""What a page brings that the page before it lacks: the signatures and date of its end, the last block of its form."""

from __future__ import annotations

import pytest

from archivist.core.identify.completing import completes, lacks_end
from archivist.core.rules import Annex
from support.read_pages import page

RECORD = (
    "智凤街道大坡旁村村民代表会议记录\n会议时间：2024年11月19日\n主持人：夏某某\n表决结果：同意33人。\n"
    "参会人员签字：\n夏某某"
)
TAIL = "周某某 龙某某\n大足区智凤街道大坡旁村村民委员会\n2024.11.19"


def test_names_a_body_and_a_date_end_the_record_that_has_only_a_place_to_sign(annex: Annex) -> None:
    assert completes(page(RECORD), page(TAIL), annex)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (RECORD + "\n2024年11月19日", TAIL),
        (RECORD, TAIL.replace("大坡旁村", "石桥村")),
        (RECORD, TAIL.replace("智凤街道", "棠香街道")),
        (RECORD, "周某某"),
        (RECORD, "会议继续讨论了低保评议的事情。\n大家都说这件事情要公平公开才行。\n" + TAIL),
        (RECORD, "附件\n" + TAIL),
    ],
    ids=["ended", "other village", "other street", "no end", "text of its own", "annex"],
)
def test_a_tail_that_does_not_fit_completes_nothing(annex: Annex, before: str, after: str) -> None:
    assert not completes(page(before), page(after), annex)


def test_what_the_camera_wrote_is_no_text_of_the_tail(annex: Annex) -> None:
    assert completes(page(RECORD), page(f"{TAIL}\n拍摄时间：2024年12月04日14:22\n地点：重庆市大足区"), annex)


def test_the_last_block_of_a_form_completes_the_page_with_the_first_two(annex: Annex) -> None:
    form = "大足区某镇摸底调查表\n村级初步认定\n2024年11月19日\n镇街认定\n2024年11月20日"
    last = "同意认定为淘汰类。\n主管部门认定情况\n及工作建议\n2024年12月21日"

    assert completes(page(form), page(last), annex)
    assert not completes(page(last), page(form), annex)
    assert not completes(page(f"{form}\n{last}"), page(last), annex)


def test_those_who_came_do_not_close_a_paper(annex: Annex) -> None:
    assert lacks_end(page("会议纪要\n会议同意退出。\n请假：夏某某（下村）。"), annex)
    assert not lacks_end(page("会议纪要\n会议同意退出。\n2024年12月10日"), annex)
