"""Tables and lines on a terminal: what is aligned, shortened, broken and made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from archivist.core.reports.table import Table
from archivist.render.text import _COLUMNS, plain, table_text, width, wrapped

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Mn", "Me", "Cf")), max_size=40)
WORDS = st.text(st.sampled_from("归档项目村镇，。（）“” abcABC-123"), max_size=80)


def known(char: str) -> bool:
    try:
        return bool(_COLUMNS[char])
    except KeyError:
        return False


def test_the_short_cut_gives_wcwidths_answer_for_every_character_it_knows() -> None:
    chars = [chr(code) for code in range(0x20, 0x11_0000) if not 0xD800 <= code < 0xE000 and known(chr(code))]

    assert len(chars) > 20_000
    assert [char for char in chars if wcwidth(char) != width(char)] == []


@given(st.text(max_size=30))
def test_width_is_what_the_terminal_shows(text: str) -> None:
    assert width(text) == max(0, wcswidth(text)) or text.isascii()


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_every_column_starts_at_the_same_place_in_every_line(rows: list[tuple[str, str, str]]) -> None:
    """The rule under the heading says where columns start; each row's cells start there too."""
    lines = table_text(Table("", ("编号", "名称", "a"), tuple(rows))).split("\n")
    starts = [at for at, char in enumerate(lines[1]) if char == "-" and lines[1][at - 1 : at] in ("", " ")]

    assert len(lines) == len(rows) + 2
    for line, row in zip(lines[2:], rows, strict=True):
        place = 0
        for start, cell in zip(starts, row, strict=True):
            shown = plain(cell)
            at = line.find(shown.rstrip(), place)
            if shown.strip() and wcswidth(line) >= 0 and shown == shown.strip():
                assert width(line[:at]) <= start
            place = max(at, 0)
        assert width(line) <= width(lines[1])


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5), st.integers(60, 120))
def test_a_table_fits_its_room_and_never_shortens_codes(rows: list[tuple[str, str]], room: int) -> None:
    codes = tuple((f"DZ-2018-{at:04d}", *row) for at, row in enumerate(rows))
    text = table_text(Table("", ("项目编号", "名称", "村"), codes), room)

    assert all(width(line) <= room for line in text.split("\n"))
    assert all(code in text for code, *_ in codes)


def test_without_a_terminal_nothing_is_shortened() -> None:
    name = "珠溪镇青杠岭村黑山羊标准化养殖场项目" * 10

    assert name in table_text(Table("", ("名称",), ((name,),)))
    assert name not in table_text(Table("", ("名称",), ((name,),)), 80)


@pytest.mark.parametrize(
    "evil", ["\x1b[2J", "a\rb", "a\nb", "\u202egpj.exe", "\u200b", "\x9b31m", "\ud800", "\ufeff"]
)
def test_control_and_direction_characters_do_not_reach_the_terminal(evil: str) -> None:
    shown = table_text(Table(evil, ("名称",), ((evil,),), evil))

    assert all(char.isprintable() or char == "\n" for char in shown)
    assert shown.count("\n") == 5


def test_rare_characters_are_kept() -> None:
    """Names of people and villages use characters beyond the common ones, and the full-width space."""
    assert plain("𠮷\u3000\ue000龘") == "𠮷\u3000\ue000龘"


@given(WORDS, st.integers(20, 60))
def test_wrapping_loses_only_spaces_and_keeps_to_the_room(text: str, room: int) -> None:
    lines = wrapped(text, room)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= room for line in lines)


def test_a_line_begins_with_no_closing_and_ends_with_no_opening_mark() -> None:
    for room in range(12, 60):
        lines = wrapped(
            "列出缺件的项目，以及各缺归档目录（附件4）的哪几项。写“全部”则不限，见说明。" * 2, room
        )

        assert not [line for line in lines[1:] if line[0] in "，。）”"]
        assert not [line for line in lines[:-1] if line[-1] in "（“"]
