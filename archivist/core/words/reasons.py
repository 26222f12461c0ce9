"""Whether a reason (理由) says something: what people write when they let a thing pass must be readable later.

The look is at what can be seen: invisible characters, blanks, punctuation and signs are no words, a letter repeated is
none, and words of assent (同意, OK) say that somebody agreed, not why.
"""

from __future__ import annotations

import unicodedata

from archivist.core.patterns import lazily

FEWEST_LETTERS = 4
"""Ideographs or letters that a reason has at least."""

MOST_REASON = 500
"""Characters of a reason."""

_FILLERS = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\U00016fe4")
"""Characters that Unicode calls letters or marks and that show nothing (Hangul fillers and the like)."""

_SAYS_NOTHING = lazily(
    r"(?:同意|通过|可以|属实|情况|无|没有|没|问题|异议|意见|确认|已阅|阅|知道了?|好的?|是的?|行|对|了|已|的|均|都|"
    r"ok|okay|yes|no|none|null|nil|na|test|测试|其他|其它|原因|理由|见附件|如题|同上|同前|略|暂)+"
)


def cleaned(reason: str) -> str:
    """The reason on one line, without characters that show nothing."""
    shown = "".join(" " if char in "\t\r\n" else char for char in reason if not _invisible(char))
    return " ".join(shown.split())


def fault(reason: str) -> str:
    """Why words are no reason, as a Chinese sentence; "" when they are one.

    Args:
        reason: as it was written, before `cleaned`.
    """
    if any(_controls(char) for char in reason):
        return "理由里有不能显示的控制字符，请重新写。"
    words = cleaned(reason)
    if not words:
        return "理由不能是空的，请写明原因。"
    if len(words) > MOST_REASON:
        return f"理由太长（{len(words)} 字），请写在 {MOST_REASON} 字以内。"
    said = letters(words)
    if len(said) < FEWEST_LETTERS or len(set(said)) == 1 or _SAYS_NOTHING.fullmatch(said):
        return (
            f"理由“{words[:20]}”没有说明原因：至少写 {FEWEST_LETTERS} 个字，说清看了什么、为什么可以，"
            "不能只写标点、“无”或“同意”。"
        )
    return ""


def letters(text: str) -> str:
    """The ideographs and letters of a text alone, as `essence` writes them."""
    return "".join(char for char in essence(text) if unicodedata.category(char)[0] == "L")


def essence(text: str) -> str:
    """What is said, whatever the blanks, the punctuation and the forms of characters: two reasons of one are the same."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LN" and char not in _FILLERS)


def _controls(char: str) -> bool:
    return unicodedata.category(char) == "Cc" and char not in "\t\r\n"


def _invisible(char: str) -> bool:
    return char in _FILLERS or char == "\u2800" or unicodedata.category(char) in {"Cf", "Cn", "Co", "Cs"}
