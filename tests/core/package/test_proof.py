"""事件证明: the root is that of the papers in whatever order, and the words tell how to work it out."""

from __future__ import annotations

import hashlib

from archivist.core.package.proof import Rests, about, claims
from archivist.core.rootcode import RootCode

ONE = Rests(1, "D00001", "ab" * 32, "data/01/a.pdf")
TWO = Rests(2, "D00002", "cd" * 32, "data/02/b.pdf")


def test_the_root_is_worked_out_of_the_papers_as_the_words_say() -> None:
    said = claims("X-1", [TWO, ONE], (9, "ef" * 32), 9, [3, 9])
    lines = "".join(sorted(f"{one.item}\t{one.document}\t{one.sha256}\n" for one in (ONE, TWO)))

    assert said["root"] == hashlib.sha256(lines.encode()).hexdigest()
    assert said["code"] == RootCode(said["root"]).printed
    assert [one["document"] for one in said["evidence"]] == ["D00001", "D00002"]
    assert said["events"] == 2
    assert said == claims("X-1", [ONE, TWO], (9, "ef" * 32), 9, [3, 9])


def test_the_words_name_code_head_and_decision() -> None:
    told = about(claims("X-1", [ONE], (9, "ef" * 32), 7, [7]))

    assert "第 7 条是销号决定" in told
    assert f"第 9 条的 hash 应为 {'ef' * 32}" in told


def test_without_a_decision_the_words_say_so() -> None:
    assert "未销号" in about(claims("X-1", [], (0, ""), None, []))


def test_without_papers_there_is_no_root_code_to_compare() -> None:
    said = claims("X-1", [], (0, ""), None, [])

    assert "归档根码：没有材料，没有根码\r\n" in about(said)
    assert said["code"] not in about(said)
