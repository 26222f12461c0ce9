"""The words of the notes that stand beside files in 待确认 and 退回."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archivist.core.rules import Annex

Guess = tuple[str | None, int | None, float]
"""Project code, item number, score."""


def review_note(
    guesses: Sequence[Guess], names: Mapping[str, str], annex: Annex, reasons: Sequence[str] = ()
) -> str:
    """What a person reads beside a file in 待确认: the best guess, why it waits, how to decide."""
    lines = ["这份文件软件拿不准，请您确认。", ""]
    if reasons:
        lines += ["拿不准的原因：", *[f"  · {reason}" for reason in reasons], ""]
    lines += ["软件的猜测：", *_guesses(guesses, names, annex), ""]
    lines += [
        "怎么办：",
        "  1. 打开文件看一看，确定它是哪个项目、归档目录的第几项。",
        "  2. 把文件拖到“项目档案”里那个项目的对应文件夹（例如“04 村（社区）会议记录”），就算确认了。",
        "  3. 如果不需要归档，把它移走或删除即可；收到的原件软件另有保存。",
    ]
    return "\n".join(lines) + "\n"


def _guesses(guesses: Sequence[Guess], names: Mapping[str, str], annex: Annex) -> list[str]:
    found = []
    for project, item, score in guesses:
        who = f"{project} {names.get(project, '')}".strip() if project else "项目不明"
        what = f"第{item}项 {annex.item(item).short}" if item else "材料类别不明"
        found.append(f"  · {who}；{what}（把握 {score:.0%}）")
    return found or ["  · 没有可靠的猜测"]


def rejected_note(reasons: Sequence[str]) -> str:
    """What a person reads beside a file in 退回: what is wrong and what to do."""
    lines = ["这份文件没有归档，退回给您。", "", "原因：", *[f"  · {reason}" for reason in reasons], ""]
    lines += [
        "怎么办：",
        "  1. 按上面说的处理好，再放进“收件箱”。",
        "  2. 如果它确实应当归档，请直接拖到“项目档案”里那个项目的对应文件夹。",
    ]
    return "\n".join(lines) + "\n"
