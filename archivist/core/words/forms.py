"""What is said in the folders of a filled form (填写表): what was made of it, what is wrong, what is still 【待填】."""

from __future__ import annotations

from collections.abc import Sequence

from archivist.core.words.contact import on_notes

FORM = "form"
"""The kind of a source that is a filled form."""

MOST_TOLD = 200
"""So many mistakes of a form are told at most; nobody mends more at one go."""


def form_told(kind: str, made: int, bad: int, faults: int, papers: str) -> tuple[str, ...]:
    """What a form is and what became of it, in one or two sentences.

    Args:
        kind: of document. made: documents. bad: projects without one. faults: mistakes. papers: what the folder is called.
    """
    found = [f"这是“{kind}”的填写表，不归档：生成了 {made} 份公文" + (f"，在“{papers}”里" if made else "")]
    if bad or faults:
        projects = f"，{bad} 个项目没有生成" if bad else ""
        found.append(f"有 {faults} 处要改正{projects}：在表里改好，再放进来一次")
    return tuple(found)


def is_wrong(reasons: Sequence[str]) -> bool:
    """Whether something on a form is to be mended, by what was told of it (`form_told`)."""
    return not reasons[0].startswith("这是“") or any(one.startswith("有 ") for one in reasons[1:2])


def some_told(lines: Sequence[str]) -> tuple[str, ...]:
    """These lines, of very many the first."""
    left = len(lines) - MOST_TOLD
    return (*lines[:MOST_TOLD], f"另有 {left} 处，先改上面这些") if left > 0 else tuple(lines)


def form_note(reasons: Sequence[str], contact: str = "") -> str:
    """What a person reads beside a form that was taken in."""
    steps = [
        "有要改正的：打开这张表，照上面说的改，存盘，再放进“收件箱”或“填好的表”。没有错的项目不会再生成第二份一样的。",
        "没有要改正的：这张表和这份说明可以删除，收到的表另外存着。",
    ]
    numbered = [f"  {number}. {step}" for number, step in enumerate(steps, 1)]
    lines = ["这是收到的填写表。", "", *(f"  · {reason}" for reason in reasons), "", "请这样做：", *numbered]
    return "\n".join([*lines, "", on_notes(contact)]) + "\n"


def made_note(name: str, left: Sequence[str], form: str, contact: str = "") -> str:
    """What a person reads beside a document that was made of a form: what it prints 【待填】 for."""
    lines = [f"“{name}”由填写表“{form}”生成。", ""]
    if left:
        lines += [f"还有 {len(left)} 处【待填】，补齐后再打印：", *(f"  · {one}" for one in left), ""]
        lines += ["可以在表里补上，再放进来一次；也可以直接在 Word 文件里补。"]
    else:
        lines += ["没有【待填】的地方，核对后可以打印、签字、盖章；扫描件放回“收件箱”。"]
    return "\n".join([*lines, "", on_notes(contact)]) + "\n"


def unmade_note(kind: str, problems: Sequence[str], form: str, contact: str = "") -> str:
    """What a person reads in a project's folder where a document was asked for and not made."""
    lines = [f"“{kind}”没有生成：填写表“{form}”里有 {len(problems)} 处要改正。", ""]
    lines += [
        *(f"  · {one}" for one in some_told(problems)),
        "",
        "请在表里改好，存盘，再放进“收件箱”或“填好的表”。",
    ]
    return "\n".join([*lines, "", on_notes(contact)]) + "\n"
