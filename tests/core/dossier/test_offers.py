"""What papers tell is offered to the dossier once, with page and quote; what is taken over is offered no more."""

from __future__ import annotations

from archivist.core.document import Holding
from archivist.core.dossier.offers import Offer, Stand, given_by, offers
from archivist.core.dossier.reading import Read, read
from archivist.core.dossier.values import EMPTY, Dossier
from archivist.core.model import Fact
from support.checking import RULES, held
from support.dossiers import BOOK, DEBT, MEETING, dossier

CROSS = RULES.procedure.cross
RECORD = held(
    4,
    "2024-11-05",
    1,
    facts=(
        Fact("应到", "36", 1, "应到36人"),
        Fact("实到", "30", 1, "实到30人"),
        Fact("会议意见", "同意", 2, "会议同意退出"),
    ),
)
OWED = Fact(
    "债务", "50400.00", 3, "尚欠某某饲料店饲料款5.04万元", state="未结清", party="某某饲料店", detail="饲料款"
)
REPORT = held(
    2,
    "2024-11-03",
    2,
    title="核查评估报告",
    facts=(OWED, Fact("资产", "605000.00", 1, "原值", detail="原值")),
)
AGAIN = held(6, "2024-11-09", 3, title="核查评估报告", facts=(OWED, OWED))


def offered(known: Dossier, *papers: Holding) -> list[Offer]:
    return offers(papers, "A", CROSS.dossiers, known, CROSS.confused)


def taken(known: Dossier, chosen: list[Offer], **sets: str) -> Read:
    return read(BOOK, given_by(BOOK, known, chosen, sets), known)


def test_a_row_is_offered_once_with_page_and_quote_and_the_other_papers_that_tell_it() -> None:
    debt, meeting = offered(EMPTY, RECORD, REPORT, AGAIN)

    assert debt.record() == {
        "id": debt.id,
        "section": "债权债务",
        "stand": "底册里没有",
        "values": {
            "类型": "债务",
            "金额": "5.04",
            "对方名称": "某某饲料店",
            "事由": "饲料款",
            "是否结清": "未结清",
            "凭据": "核查评估报告",
        },
        "known": {},
        "document": "D00002",
        "page": 3,
        "quote": "尚欠某某饲料店饲料款5.04万元",
        "also": ["D00003"],
    }
    assert meeting.told.values["会议日期"] == "2024年11月5日"
    assert (meeting.section, meeting.stand) == ("会议", Stand.NEW)


def test_what_is_taken_over_is_offered_no_more() -> None:
    found = offered(EMPTY, RECORD, REPORT, AGAIN)
    done = taken(EMPTY, found)

    assert done.problems == ()
    assert done.dossier.first("债权债务")["编号"] == "1"
    assert done.dossier.first("会议")["应到人数"] == "36"
    assert offered(done.dossier, RECORD, REPORT, AGAIN) == []


def test_a_row_that_lacks_something_is_completed_and_one_that_says_otherwise_is_set_right_only_if_chosen() -> (
    None
):
    bare = dossier(
        会议=[{"层级": "村（社区）", "会议日期": "2024-11-05"}, {**MEETING, "会议日期": "2023-01-01"}]
    )
    (more,) = offered(bare, RECORD)
    other = dossier(会议=[{**MEETING, "应到人数": 40}])
    (clash,) = offered(other, RECORD)

    assert (more.stand, dict(more.taken)) == (
        Stand.MORE,
        {"应到人数": "36", "实到人数": "30", "会议意见": "同意"},
    )
    assert (clash.stand, dict(clash.taken)) == (Stand.OTHER, {"应到人数": "36"})
    assert clash.record()["known"] == {"应到人数": "40"}
    assert taken(bare, [more]).dossier.rows("会议")[0]["实到人数"] == "30"
    assert taken(other, [clash]).dossier.first("会议")["应到人数"] == "36"


def test_what_the_paper_does_not_say_a_person_adds_or_it_is_refused() -> None:
    nobody = held(2, "2024-11-03", 2, facts=(Fact("债务", "9000.00", 3, "尚欠0.9万元"),))
    (one,) = offered(dossier(债权债务=[DEBT]), nobody)

    refused = taken(dossier(债权债务=[DEBT]), [one])
    done = taken(dossier(债权债务=[DEBT]), [one], 对方名称="张某", 是否结清="未结清")

    assert refused.problems == (
        "“债权债务”材料 D00002 第3页缺少“债权人或债务人”，应为债权人或债务人的名称",
        "“债权债务”材料 D00002 第3页缺少“是否结清”，应为已结清、未结清之一",
    )
    assert done.dossier.rows("债权债务")[1]["对方名称"] == "张某"


def test_an_offer_is_called_the_same_for_the_same_words_of_the_same_paper() -> None:
    first, again, elsewhere = offered(EMPTY, REPORT), offered(EMPTY, REPORT), offered(EMPTY, AGAIN)

    assert [one.id for one in first] == [one.id for one in again]
    assert first[0].id != elsewhere[0].id
