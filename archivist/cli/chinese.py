"""click's own words in Chinese: usage lines, option errors, help headings.

click marks its sentences for translation with gettext but ships none. A compiled catalogue would need the user's
locale to be set right, which on the machines this runs on it often is not; so its translation hook is replaced.
"""

from __future__ import annotations

import sys
from typing import Any

import click

WORDS: dict[str, str] = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本说明后退出。",
    "Show the version and exit.": "显示版本后退出。",
    "Error: {message}": "用法有误：{message}",
    "Try '{command} {option}' for help.": "运行 {command} {option} 查看用法。",
    "Missing command.": "没有写要执行的命令。",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是：{possibilities}？）",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 个值，只写了 1 个。",
    "Takes {nargs} values but {len} were given.": "要写 {nargs} 个值，写了 {len} 个。",
    "Argument {name!r} takes {nargs} values.": "参数“{name}”要写 {nargs} 个值。",
    "Choice({choices})": "（{choices}）",
    "Choose from:\n\t{choices}": "可以是：\n\t{choices}",
    "Do you want to continue?": "要继续吗？",
    "Confirm the action without prompting.": "不再询问，直接执行。",
    "Error: The two entered values do not match.": "两次输入不一致。",
    "Error: invalid input": "输入有误。",
    "Press any key to continue...": "按任意键继续……",
    "Repeat for confirmation": "再输入一次",
    "Unknown color {colour!r}": "没有颜色 {colour}",
    "Unknown standard stream '{name}'": "没有标准流 {name}",
    "Value must be an iterable.": "值应为列表。",
    "Windows error: {error}": "Windows 出错：{error}",
    "d": "天",
    "deprecated": "已停用",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "{editor}: Editing failed": "{editor}：编辑失败",
    "{editor}: Editing failed: {e}": "{editor}：编辑失败：{e}",
    "{value!r} is not a valid UUID.": "“{value}”不是 UUID。",
    "{value!r} does not match the format {format}.": "“{value}”应为 {format} 的写法。",
    "{value!r} does not match the formats {formats}.": "“{value}”应为 {formats} 之一的写法。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "“{value}”应为 {states} 之一。",
    "{len_type} values are required, but {len_value} was given.": "要写 {len_type} 个值，只写了 {len_value} 个。",
    "{len_type} values are required, but {len_value} were given.": "要写 {len_type} 个值，写了 {len_value} 个。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Got unexpected extra argument ({args})": "多了参数：{args}",
    "Got unexpected extra arguments ({args})": "多了参数：{args}",
    "Option {name!r} requires an argument.": "选项“{name}”后面要写值。",
    "Option {name!r} requires {nargs} arguments.": "选项“{name}”后面要写 {nargs} 个值。",
    "Option {name!r} does not take a value.": "选项“{name}”后面不写值。",
    "{value!r} is not a valid {number_type}.": "“{value}”应为数字。",
    "{value!r} is not {choice}.": "“{value}”应为 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”应为 {choices} 之一。",
    "{value} is not in the range {range}.": "“{value}”不在范围 {range} 内。",
    "{name} {filename!r} does not exist.": "{name}“{filename}”不存在。",
    "{name} {filename!r} is a directory.": "{name}“{filename}”是文件夹，应为文件。",
    "{name} {filename!r} is a file.": "{name}“{filename}”是文件，应为文件夹。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”读不了，请检查权限。",
    "{name} {filename!r} is not writable.": "{name}“{filename}”写不了，请检查权限。",
    "{name} {filename!r} is not executable.": "{name}“{filename}”不能执行。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "default: {default}": "默认 {default}",
    "(dynamic)": "（自动）",
    "required": "必填",
    "env var: {var}": "环境变量 {var}",
    "Aborted!": "已中断。",
    "Could not open file {filename!r}: {message}": "打不开文件“{filename}”：{message}",
    "unknown error": "原因不明",
    # for programmers: a command declared wrongly
    "Arguments take exactly one parameter declaration, got {length}: {decls}.": "参数只能有一个名称：{decls}。",
    "Boolean option {decl!r} cannot use the same flag for true/false.": "选项“{decl}”的是、否不能用同一个写法。",
    "Could not determine name for option with declarations {decls!r}": "选项 {decls} 没有可用的名称",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": "命令“{name}”已停用。{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": "“{name}”已停用。{extra_message}",
    "Name '{name}' defined twice": "名称“{name}”重复",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?": "选项 {name} 没有写法，是不是 --{name}？",
    "Invalid start character for option ({option})": "选项的开头不对（{option}）",
    "Couldn't detect Bash version, shell completion is not supported.": "看不出 Bash 的版本，不能补全命令。",
    "Shell completion is not supported for Bash versions older than 4.4.": "Bash 4.4 以前的版本不能补全命令。",
}
"""click's sentence → ours. A test reads click's source for sentences that are not here."""


def translate(message: str) -> str:
    """Return click's ``message`` in Chinese (``!r`` quoting is dropped: quotes are in the Chinese text)."""
    return WORDS.get(message, message)


def translate_plural(one: str, many: str, count: int) -> str:
    """Return the Chinese of a sentence that has a plural in English."""
    return translate(one if count == 1 else many)


def install() -> None:
    """Replace click's translation hook in all of its modules loaded so far."""
    for name, module in list[tuple[str, Any]](sys.modules.items()):
        if name.startswith("click."):
            if hasattr(module, "_"):
                module._ = translate
            if hasattr(module, "ngettext"):
                module.ngettext = translate_plural


class Context(click.Context):
    """A context whose help pages count the columns Chinese takes."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return our help page; loaded only when there is help to show."""
        from archivist.cli.helppage import HelpPage

        return HelpPage(width=self.terminal_width, max_width=self.max_content_width)


def dress(command: click.Command) -> click.Command:
    """Give ``command`` and its subcommands our help page and Chinese words in the usage line."""
    command.context_class = Context
    if command.options_metavar:
        command.options_metavar = "[选项]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "命令 …"
        for below in command.commands.values():
            dress(below)
    return command
