"""The words of the notes that stand beside files in 待确认 and 退回, for people who never read a manual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archivist.core.rules import Annex

Guess = tuple[str | None, int | None, float]
"""Project code, item number, score."""

_EXAMPLE_ITEM = 4


def review_note(
    guesses: Sequence[Guess], names: Mapping[str, str], annex: Annex, reasons: Sequence[str] = ()
) -> str:
    """What a person reads beside a file in 待确认: why it waits, the best guesses, how to decide.

    Args:
        guesses: best first. names: of the projects among them, by code. reasons: why it was not filed.
    """
    return _text(
        "这份材料还没有归档，请您看一看、定一下。",
        ("为什么没有自动归档：", _dotted(reasons)),
        ("可能是（仅供参考）：", _guesses(guesses, names, annex)),
        (
            "请这样做：",
            [
                "  1. 打开文件，看清是哪个项目、哪一种材料。",
                f"  2. 把文件拖进“项目档案”里那个项目的子文件夹，例如“{_example(guesses, annex)}”。",
                "     拖进去就算确认，文件名会自动改好。",
                "  3. 如果不用归档，把文件删除即可。收到的原件另外保存着，不会丢。",
            ],
        ),
    )


def rejected_note(reasons: Sequence[str], readable: bool) -> str:
    """What a person reads beside a file in 退回: what is wrong and what to do.

    Args:
        readable: whether a person may decide that it belongs into the archive all the same.
    """
    steps = ["按上面说的处理好，再放进“收件箱”。"]
    if readable:
        steps.append("如果它确实应当归档，把它拖进“项目档案”里那个项目的对应子文件夹。")
    steps.append("如果用不着，把文件和这份说明一起删除即可。")
    numbered = [f"  {number}. {step}" for number, step in enumerate(steps, 1)]
    return _text("这份文件没有归档，退给您处理。", ("原因：", _dotted(reasons)), ("请这样做：", numbered))


def members_note(archive: str, refused: Sequence[str], what: str = "压缩包") -> str:
    """What a person reads in 退回 when files inside an archive could not be taken.

    Args:
        archive: the archive's name. refused: a sentence for each file that was not taken. what: 压缩包 or PDF.
    """
    first = "把压缩包解压，找到上面这些文件" if what == "压缩包" else "用阅读器打开，把上面这些附件另存出来"
    return _text(
        f"{what}“{archive}”里有 {len(refused)} 个文件没有收，其余的照常处理。",
        ("没有收的文件和原因：", _dotted(refused)),
        (
            "请这样做：",
            [
                f"  1. {first}，处理好以后直接放进“收件箱”。",
                "  2. 看完可以删除这份说明。",
            ],
        ),
    )


def _text(heading: str, *sections: tuple[str, Sequence[str]]) -> str:
    lines = [heading]
    for title, body in sections:
        if body:
            lines += ["", title, *body]
    return "\n".join(lines) + "\n"


def _dotted(sentences: Sequence[str]) -> list[str]:
    return [f"  · {sentence}" for sentence in sentences]


def _example(guesses: Sequence[Guess], annex: Annex) -> str:
    item = next((item for _, item, _ in guesses if item is not None), _EXAMPLE_ITEM)
    return annex.item(item).folder


def _guesses(guesses: Sequence[Guess], names: Mapping[str, str], annex: Annex) -> list[str]:
    found = []
    for count, (project, item, score) in enumerate(guesses, 1):
        who = f"{project} {names.get(project, '')}".strip() if project else "看不出是哪个项目"
        what = f"第{item}项 {annex.item(item).short}" if item else "看不出是哪种材料"
        found.append(f"  {count}. {who}；{what}（把握 {score:.0%}）")
    return found or ["  看不出是哪个项目的哪种材料。"]
