"""Files of a page each are one document where more than their names says so; what is not certain waits with its guess."""

from __future__ import annotations

from functools import partial

import pytest

from archivist.core.identify.naming import in_series
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.series import Leaf, Verdict, judged
from archivist.core.identify.whole import Thresholds, identify, identify_part
from archivist.core.page import Extract
from archivist.core.rules import Annex
from support.read_pages import page

NAME = "宝兴镇响水岩村花椒种植园项目"
PLACE = ("DZ-2017-0031", 4)
FOLDER = "响水岩村会议记录"
FIRST = f"""宝兴镇响水岩村村民代表会议记录
时间：2024年11月13日上午9时
主持人：蒋朝富 记录人：肖国才
议题：讨论{NAME}列为淘汰类项目
蒋朝富：经营主体已经退出，请大家讨论。
吴大林：地里杂草有一人多高。
陈世兰：流转费要先结清。
"""
TALK = "吴大林：地里没有人管，我赞成退出。\n陈世兰：水池还能用，留给村里。\n"
VOTES = """经表决，同意申报为淘汰类的31票，反对0票，弃权0票。
参会人员签字：蒋朝富 吴大林 陈世兰
宝兴镇响水岩村村民委员会
2024年11月13日
"""
ENDED = f"{FIRST}{VOTES}"


def told(files: dict[str, str], annex: Annex, register: RegisterIndex, doubt: str = "") -> dict[str, Verdict]:
    leaves = []
    for name, text in files.items():
        place = in_series(name)
        assert place is not None
        (found,) = identify(Extract("image", (page(text),)), annex, register, Thresholds())
        leaves.append(Leaf(name, place, page(text), found, doubt))

    leaves.sort(key=lambda leaf: (leaf.place.order, leaf.name))
    return judged(leaves, annex, partial(identify_part, annex=annex, index=register, limits=Thresholds()))


def decided(verdict: Verdict) -> list[tuple[str | None, int | None]]:
    return [(c.project, c.item) for c in verdict.found.decided]


def test_eleven_photos_are_one_document_in_number_order(annex: Annex, register: RegisterIndex) -> None:
    texts = [FIRST, *[TALK] * 9, VOTES]
    files = {f"{FOLDER}/{n}.jpg": f"{text}{n}" for n, text in enumerate(texts, 1)}

    found = told(files, annex, register)

    assert [(found[name].number, decided(found[name])) for name in files] == [
        (n, [PLACE]) for n in range(1, 12)
    ]
    assert {one.found.date for one in found.values()} == {"2024-11-13"}
    assert {one.found.signed for one in found.values()} == {found[f"{FOLDER}/11.jpg"].found.signed}
    title = found[f"{FOLDER}/1.jpg"].found.title
    assert found[f"{FOLDER}/10.jpg"].found.title == f"{title}（第10页）"


def test_printed_numbers_say_the_order_where_the_names_say_another(
    annex: Annex, register: RegisterIndex
) -> None:
    files = {"记录_1.jpg": f"{VOTES}第3页", "记录_2.jpg": f"{FIRST}第1页", "记录_3.jpg": f"{TALK}第2页"}

    found = told(files, annex, register)

    assert [found[name].number for name in files] == [3, 1, 2]
    assert all(decided(one) == [PLACE] for one in found.values())


def test_pages_missing_in_between_leave_every_page_waiting_with_the_same_guess(
    annex: Annex, register: RegisterIndex
) -> None:
    files = {f"{FOLDER}/{n}.jpg": text for n, text in enumerate((f"{FIRST}1", f"{TALK}5", f"{VOTES}11"), 1)}

    found = told(files, annex, register)

    for one in found.values():
        assert decided(one) == []
        assert (one.found.candidates[0].project, one.found.candidates[0].item) == PLACE
        assert "缺第2—4页、第6—10页" in " ".join(one.found.reasons)
    assert found[f"{FOLDER}/2.jpg"].found.reasons[0] == f"可能是“1.jpg”的第5页（文件夹“{FOLDER}”）"


def test_a_first_page_without_its_end_waits_while_it_is_not_certain_what_lies_beside_it(
    annex: Annex, register: RegisterIndex
) -> None:
    found = told({"1.jpg": FIRST, "2.jpg": "资产的情况大家都清楚。\n"}, annex, register)

    assert [decided(one) for one in found.values()] == [[], []]
    assert "可能是它后面的页" in found["1.jpg"].found.reasons[0]


def test_a_document_with_its_end_goes_its_own_way_and_only_the_stray_page_waits(
    annex: Annex, register: RegisterIndex
) -> None:
    found = told({"记录_1.jpg": ENDED, "记录_2.jpg": "养殖场的大门，摄于雨后。\n"}, annex, register)

    assert list(found) == ["记录_2.jpg"]
    assert decided(found["记录_2.jpg"]) == []
    assert "可能是“记录_1.jpg”的第2页" in found["记录_2.jpg"].found.reasons[0]


def test_a_list_of_who_came_goes_with_the_record_though_that_has_ended(
    annex: Annex, register: RegisterIndex
) -> None:
    found = told({"记录_1.jpg": ENDED, "记录_2.jpg": "会议签到表\n蒋朝富\n吴大林\n"}, annex, register)

    assert [decided(one) for one in found.values()] == [[PLACE], [PLACE]]


@pytest.mark.parametrize(
    "other",
    [
        "产业项目合作协议书\n甲方：某村\n乙方：某社\n",
        "珠溪镇青杠坪村黑山羊标准化养殖场项目（DZ-2018-0018）停产多年。\n",
        "重庆增值税普通发票\n发票代码 发票号码 价税合计\n",
    ],
)
def test_a_page_of_something_else_is_no_page_of_it(other: str, annex: Annex, register: RegisterIndex) -> None:
    assert told({"记录_1.jpg": FIRST, "记录_2.jpg": other}, annex, register) == {}


def test_scans_saved_one_by_one_need_more_than_names_that_count(
    annex: Annex, register: RegisterIndex
) -> None:
    numbered = told({"scan0001.pdf": f"{FIRST}1", "scan0002.pdf": f"{VOTES}2"}, annex, register)
    bare = told({"scan0001.pdf": FIRST, "scan0002.pdf": "资产的情况大家都清楚。\n"}, annex, register)

    assert [decided(one) for one in numbered.values()] == [[PLACE], [PLACE]]
    assert [decided(one) for one in bare.values()] == [[], []]


def test_what_was_read_with_doubt_keeps_the_whole_waiting(annex: Annex, register: RegisterIndex) -> None:
    found = told({"记录_1.jpg": f"{FIRST}1", "记录_2.jpg": f"{VOTES}2"}, annex, register, "修补后才读出来")

    assert [decided(one) for one in found.values()] == [[], []]
    assert "修补后才读出来" in found["记录_1.jpg"].found.reasons


def test_every_page_filed_says_where_it_was_read_or_what_it_belongs_to(
    annex: Annex, register: RegisterIndex
) -> None:
    found = told({"记录_1.jpg": f"{FIRST}1", "记录_2.jpg": f"{VOTES}2"}, annex, register)

    for one in found.values():
        assert all(evidence.page == 1 and evidence.quote for evidence in one.found.decided[0].evidence)
    assert found["记录_2.jpg"].found.reasons == ("与“记录_1.jpg”是同一份材料，第2页（共2个文件）",)


LABELLED = f"{FIRST}经表决，同意31票，反对0票，弃权0票。\n参会人员签字："
TAIL = "蒋朝富 吴大林 陈世兰\n宝兴镇响水岩村村民委员会\n2024年11月13日"


@pytest.mark.parametrize(
    "names", [("记录（1）.jpg", "记录（2）.jpg"), (f"{FOLDER}/1.jpg", f"{FOLDER}/2.jpg")]
)
def test_a_page_of_signatures_and_a_date_closes_the_record_that_asks_for_them(
    annex: Annex, register: RegisterIndex, names: tuple[str, str]
) -> None:
    found = told(dict(zip(names, (LABELLED, TAIL), strict=True)), annex, register)

    assert [(found[name].number, decided(found[name])) for name in names] == [(1, [PLACE]), (2, [PLACE])]


def test_the_signatures_of_another_village_close_nothing(annex: Annex, register: RegisterIndex) -> None:
    other = TAIL.replace("响水岩村", "石桥村")
    found = told({"记录（1）.jpg": LABELLED, "记录（2）.jpg": other}, annex, register)

    assert decided(found["记录（2）.jpg"]) == []


def test_what_a_paper_says_stands_with_the_photo_that_shows_it(annex: Annex, register: RegisterIndex) -> None:
    voted = TAIL + "\n经会议表决，应到41人，实到33人，同意31票，反对2票，弃权0票。"
    files = {"记录（1）.jpg": f"{FIRST}参会人员签字：", "记录（2）.jpg": voted}

    found = told(files, annex, register)

    facts = {name: {fact.name for fact in one.found.facts} for name, one in found.items()}
    assert "实到" not in facts["记录（1）.jpg"]
    assert "实到" in facts["记录（2）.jpg"]
    assert {fact.page for one in found.values() for fact in one.found.facts} == {1}
