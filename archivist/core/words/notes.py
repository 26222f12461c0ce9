"""The words of the notes that stand beside files in 待确认 and 退回, for people who never read a manual."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from archivist.core.rules import Annex
from archivist.core.words.contact import on_notes

Guess = tuple[str | None, int | None, float]
"""Project code, item number, score."""


class Called(NamedTuple):
    """What the folders that notes send people to are called, and whom people ask (as the settings have it)."""

    inbox: str
    projects: str
    contact: str = ""


CALLED = Called("收件箱", "项目档案")


def review_note(
    guesses: Sequence[Guess],
    names: Mapping[str, str],
    annex: Annex,
    reasons: Sequence[str] = (),
    called: Called = CALLED,
    without_folder: Collection[str] = (),
) -> str:
    """What a person reads beside a file in 待确认: why it waits, the best guesses, how to decide.

    Args:
        guesses: best first. names: of the projects among them, by code. reasons: why it was not filed.
        without_folder: codes of projects that nothing can be dragged into.
    """
    nowhere = [
        f"     猜的项目 {project} 不是淘汰类，没有文件夹：确实是它的材料，一般不用归档；要归档请告诉管理员。"
        for project, _, _ in guesses[:1]
        if project in without_folder
    ]
    return _text(
        "这份材料还没有归档，请您看一看、定一下。",
        (
            "请这样做：",
            [
                "  1. 打开文件，看清是哪个项目、哪一种材料。",
                f"  2. 打开“{called.projects}”，找到镇街、再找到项目，把文件拖进里面的子文件夹，"
                f"例如“{_example(guesses, annex)}”。",
                "     拖进去就算您确认了，文件名会自动改好。这份说明也会自动消失。",
                *nowhere,
                "  3. 如果不用归档，把文件删除就行。原件另外存着，不会丢。",
            ],
        ),
        ("软件猜是（不一定对，以您看到的为准）：", _guesses(guesses, names, annex)),
        ("为什么没有自动归档：", _dotted(reasons)),
        contact=called.contact,
    )


def rejected_note(
    reasons: Sequence[str], readable: bool, annex: Annex, judged: bool = False, called: Called = CALLED
) -> str:
    """What a person reads beside a file in 退回: what is wrong and what to do.

    Args:
        readable: whether a person may decide that it belongs into the archive all the same.
        judged: nothing is wrong with the file, the software thinks it is none of the catalogue's items.
    """
    folder = _example((), annex)
    drag = f"把文件拖进“{called.projects}”里那个项目的子文件夹，例如“{folder}”，就归档了。"
    if judged:
        steps = [
            "打开文件看一看。确实不用归档的，把文件和这份说明一起删除就行。",
            f"如果是软件认错了，应当归档：{drag}",
        ]
    else:
        steps = [f"照上面“原因”里说的办法处理，把处理好的文件放进“{called.inbox}”。"]
        if readable:
            steps.append(f"不想处理，但确实应当归档：{drag}")
        steps.append("这里的文件和这份说明用不着了，一起删除就行。")
    numbered = [f"  {number}. {step}" for number, step in enumerate(steps, 1)]
    return _text(
        "这份文件没有归档，退给您处理。",
        ("原因：", _dotted(reasons)),
        ("请这样做：", numbered),
        contact=called.contact,
    )


def members_note(archive: str, refused: Sequence[str], what: str = "压缩包", called: Called = CALLED) -> str:
    """What a person reads in 退回 when files inside an archive could not be taken.

    Args:
        archive: the archive's name. refused: a sentence for each file that was not taken. what: 压缩包 or PDF.
        called: what 收件箱 is called, and whom people ask.
    """
    first = "把压缩包解压，找到上面这些文件" if what == "压缩包" else "用阅读器打开，把上面这些附件另存出来"
    return _text(
        f"{what}“{archive}”里有 {len(refused)} 个文件没有收，其余的照常处理。",
        ("没有收的文件和原因：", _dotted(refused)),
        (
            "请这样做：",
            [
                f"  1. {first}，照上面说的办法处理，再把它们放进“{called.inbox}”。",
                "  2. 办好以后，这份说明可以删除。",
            ],
        ),
        contact=called.contact,
    )


def left_note(rejected: str, called: Called = CALLED) -> str:
    """What a person reads in 退回 beside a file that they put there themselves. ``rejected`` is what it is called."""
    return _text(
        f"这个文件是有人放进“{rejected}”的，软件没有处理，也没有收存。",
        (
            "请这样做：",
            [
                f"  1. 要归档的，把它拖进“{called.inbox}”，或拖进“{called.projects}”里那个项目的子文件夹。",
                "  2. 不要的，把文件和这份说明一起删除。",
            ],
        ),
        contact=called.contact,
    )


def _text(heading: str, *sections: tuple[str, Sequence[str]], contact: str) -> str:
    lines = [heading]
    for title, body in sections:
        if body:
            lines += ["", title, *body]
    lines += ["", on_notes(contact)]
    return "\n".join(lines) + "\n"


def _dotted(sentences: Sequence[str]) -> list[str]:
    return [f"  · {sentence}" for sentence in sentences]


def _example(guesses: Sequence[Guess], annex: Annex) -> str:
    item = next((item for _, item, _ in guesses if item is not None), annex.example)
    return annex.item(item).folder


def _guesses(guesses: Sequence[Guess], names: Mapping[str, str], annex: Annex) -> list[str]:
    found = []
    for count, (project, item, score) in enumerate(guesses, 1):
        who = f"{project} {names.get(project, '')}".strip() if project else "看不出是哪个项目"
        what = f"第{item}项 {annex.item(item).short}" if item else "看不出是哪种材料"
        found.append(f"  {count}. {who}；{what}" + (f"（把握 {score:.0%}）" if project else ""))
    return found or ["  看不出是哪个项目的哪种材料。"]
