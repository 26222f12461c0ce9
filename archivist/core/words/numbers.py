"""Numbers as people read them: 八项, 第1至7项."""

from __future__ import annotations

from collections.abc import Iterable

_DIGITS = "〇一二三四五六七八九"


def in_words(number: int) -> str:
    """Return 1..99 in Chinese: 八, 十, 十二, 二十一; other numbers as figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def items_in_words(numbers: Iterable[int]) -> str:
    """Return items by their numbers, those that follow one another drawn together: 第1至7项, 第1、2、4至6项."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [f"{run[0]}至{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs]
    return f"第{'、'.join(told)}项"
