"""Notes in words a clerk understands."""

from __future__ import annotations

from archivist.core.words.notes import members_note, rejected_note, review_note
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))


def test_a_review_note_tells_why_what_it_may_be_and_where_to_drag_it() -> None:
    words = review_note(
        [("A", 5, 0.623), (None, 4, 0.3), ("B", None, 0.2)], {"A": "羊场"}, ANNEX, ["日期不明"]
    )
    assert "  · 日期不明\n" in words
    assert "  1. A 羊场；第5项 镇街会议纪要（把握 62%）\n" in words
    assert "  2. 看不出是哪个项目；第4项 村（社区）会议记录\n" in words
    assert "  3. B；看不出是哪种材料（把握 20%）\n" in words
    assert "例如“05 镇街会议纪要”" in words


def test_a_review_note_sends_nobody_to_a_folder_that_a_project_does_not_have() -> None:
    guesses = [("A", 5, 0.9), ("B", 5, 0.4)]
    assert "项目 A 不是淘汰类，没有文件夹" in review_note(guesses, {}, ANNEX, without_folder={"A"})
    assert "没有文件夹" not in review_note(guesses, {}, ANNEX, without_folder={"B"})


def test_a_review_note_without_any_guess_still_tells_what_to_do() -> None:
    words = review_note([], {}, ANNEX)
    assert "看不出是哪个项目的哪种材料" in words
    assert "为什么" not in words
    assert "例如“04 村（社区）会议记录”" in words


def test_a_rejected_note_offers_dragging_only_for_what_can_be_read() -> None:
    assert "拖进" in rejected_note(["这是发票"], True, ANNEX)
    unreadable = rejected_note(["文件已损坏"], False, ANNEX)
    assert "拖进" not in unreadable
    assert [line[:4] for line in unreadable.splitlines() if line[:3] in {"  1", "  2", "  3"}] == [
        "  1.",
        "  2.",
    ]


def test_a_members_note_counts_and_lists_what_was_not_taken() -> None:
    words = members_note("材料.zip", ["甲：有密码", "乙：已损坏"])
    assert words.startswith("压缩包“材料.zip”里有 2 个文件没有收")
    assert "  · 甲：有密码\n  · 乙：已损坏\n" in words


def test_what_was_only_judged_may_be_thrown_away_or_dragged_after_all() -> None:
    words = rejected_note(["这是发票"], True, ANNEX, judged=True)
    assert "确实不用归档的，把文件和这份说明一起删除就行" in words
    assert "如果是软件认错了，应当归档：把文件拖进" in words
