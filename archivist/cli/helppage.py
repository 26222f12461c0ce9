"""Help pages and usage errors in Chinese: columns aligned by what a terminal shows, full-width punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from archivist.render.text import plain, width, wrapped

_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'")
_COUNT = "{count}"
"""Stands in help for how many items the catalogue (归档目录) has: the rules say so, not the program."""

_RAW = "\b"
"""A paragraph that begins with this line is printed as it stands (click's own convention)."""


class HelpPage(click.HelpFormatter):
    """click's help page with widths in columns instead of characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        self.write(
            f"{' ' * self.current_indent}{'用法：' if prefix is None else prefix}{prog} {args}".rstrip()
            + "\n"
        )

    def write_heading(self, heading: str) -> None:
        """A heading with a full-width colon."""
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, rewrapped unless marked as raw."""
        indent = " " * self.current_indent
        text = _counted(text)
        blocks = []
        for paragraph in text.split("\n\n"):
            first, *rest = paragraph.split("\n")
            lines = (
                rest
                if first.strip() == _RAW
                else wrapped(_joined(paragraph), self.width - self.current_indent)
            )
            blocks.append("".join(f"{indent}{line}\n" for line in lines))
        self.write("\n".join(blocks))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Two aligned columns: options or commands, and what they mean."""
        listed = [(first, _counted(second)) for first, second in rows]
        left = min(max((width(first) for first, _ in listed), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        room = max(self.width - self.current_indent - left, 20)
        for first, second in listed:
            lines = wrapped(_joined(second), room)
            if width(first) + col_spacing > left:
                self.write(f"{indent}{first}\n")
                head = ""
            else:
                head = first
            for line in lines:
                self.write(f"{indent}{head}{' ' * (left - width(head))}{line}".rstrip() + "\n")
                head = ""


def _counted(text: str) -> str:
    if _COUNT not in text:
        return text
    from archivist.workspace.quick import count_in_words

    context = click.get_current_context(silent=True)
    asked = ((context and context.find_root().obj) or {}).get("workspace")
    return text.replace(_COUNT, count_in_words(asked))


def _joined(text: str) -> str:
    """One line of a text that was written on several: no space where two Chinese lines meet."""
    lines = [line.strip() for line in text.splitlines()]
    joined = ""
    for line in filter(None, lines):
        joined += (" " if joined and joined[-1].isascii() and line[0].isascii() else "") + line
    return joined


def error_text(error: click.ClickException) -> str:
    """What a person reads when a command was written wrongly: what is wrong, the usage line, where help is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    words = plain(_QUOTED.sub(r"“\1”", error.format_message().replace("\n\t", "").replace("\n", " ")).strip())
    for found, better in ((" “", "“"), ("” ", "”"), ("。 ", "。"), ("”, “", "”、“"), ("”,“", "”、“")):
        words = words.replace(found, better)
    words = words.rstrip(".")
    lines = [f"用法有误：{words}{'' if words.endswith(('。', '？', '）')) else '。'}"]
    if isinstance(error, click.UsageError) and error.ctx is not None:
        lines += [error.ctx.get_usage(), f"运行 {error.ctx.command_path} --help 查看用法和例子。"]
    else:
        lines.append("运行 archivist 命令 --help 查看用法和例子。")
    return "\n".join(lines)
