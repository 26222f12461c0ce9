"""The command line: one file per verb, loaded when it is called, every word people see in Chinese."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence

import click

from archivist import __version__
from archivist.cli import chinese
from archivist.errors import ArchivistError, ExitCode

chinese.install()

GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    "开始使用": {
        "demo": ("demo", "建一个演示工作区，用随软件附带的样本走一遍全过程"),
        "init": ("init", "建立工作区"),
        "register": ("register", "项目台账：导入、查看、换编号、并入、拆分、移出"),
        "people": ("people", "人员名册：导入、查看；有了名册，谁能做什么按名册核对"),
    },
    "收件和值守": {
        "ingest": ("ingest", "处理一遍等待归档的文件，然后结束"),
        "watch": ("watch", "一直值守：有文件放入就处理"),
        "status": ("status", "运行状态：值守、等待、出错和重试、磁盘、被改动的归档文件"),
        "service": ("service", "开机自动值守：给出 systemd 服务文件或 Windows 计划任务"),
    },
    "查看": {
        "missing": ("missing", "列出缺件的项目和所缺的归档内容"),
        "check": ("check", "检查项目：{count}项齐不齐、盖章签字、日期和会议先后顺序"),
        "documents": ("documents", "列出收到的每份材料和去向"),
        "search": ("search", "全文检索"),
        "report": ("report", "报表：齐全情况、问题、缺件、经办、销号，存成网页、Excel、Word、PDF"),
    },
    "人工决定": {
        "review": ("review", "列出等待人工确认的材料，逐件或成批确认"),
        "assign": ("assign", "人工确认：指定材料属于哪个项目、第几项"),
        "reject": ("reject", "退回一份材料，并写明理由"),
        "waive": ("waive", "定为免交：某个项目的某一项不用交"),
        "override": ("override", "负责人核定：软件看图看错的地方，写明理由，各处都注明"),
        "version": ("version", "同一份文件收到几个版本时，指定以哪一份为准"),
        "original": ("original", "登记一份材料是原件还是复印件"),
        "responsible": ("responsible", "登记一份材料的责任者：没有看出来或看错了的"),
        "date": ("date", "登记一份材料的日期：没有看出来或看错了的"),
        "undo": ("undo", "撤销人工决定：材料回到决定之前"),
    },
    "销号": {
        "deregister": ("deregister", "销号：逐项核对，全部过关才销号；证据没有了会自动重新打开"),
    },
    "档案整理": {
        "number": ("number", "编档号：全宗号-门类·年度-保管期限-机构-件号；核对缺号、重号、空号"),
        "four-properties": ("fourproperties", "四性检测：真实、完整、可用、安全，逐项检测；登记人工核验"),
    },
    "公文": {
        "dossier": ("dossier", "项目底册：资产、债权债务、会议等登记一次，各处都从这里取"),
        "form": ("form", "给出填写表（Excel）：填好后一次生成一批公文"),
        "generate": ("generate", "生成公文：会议记录、会议纪要、资产处置方案、归档目录等"),
        "template": ("template", "公文模板：给出一个文种的空白 Word 模板"),
    },
    "保管和核验": {
        "verify": ("verify", "核验：原件、归档文件和事件记录有没有被改动"),
        "repair": ("repair", "用收存的原件放回被改动、丢失的归档文件"),
        "anchor": ("anchor", "把事件记录的末端保存到外面，以后对照"),
        "export": ("export", "导出移交包：一个项目的档案，离开本软件也能看、能核验"),
        "backup": ("backup", "备份整个档案库"),
        "restore": ("restore", "从备份恢复出新的工作区，或检查备份"),
        "reindex": ("reindex", "索引数据库丢失或损坏时重建"),
    },
}
"""What the list of commands is divided into."""

COMMANDS: dict[str, tuple[str, str]] = {
    verb: told for listed in GROUPS.values() for verb, told in listed.items()
}
"""Verb → (module, one line of help). The help stands here so that ``archivist --help`` imports no command."""

_EPILOG = """\b
先试一试：
  archivist demo

\b
每条命令都可以加 --help 查看用法和例子：
  archivist missing --help"""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    context_class = chinese.Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs in the order people use them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import and return one verb's command."""
        if name not in COMMANDS:
            return None
        from importlib import import_module

        command = import_module(f"archivist.cli.{COMMANDS[name][0]}").command
        assert isinstance(command, click.Command)
        return chinese.dress(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them."""
        longest = max(map(len, COMMANDS))
        for heading, listed in GROUPS.items():
            with formatter.section(f"命令 · {heading}"):
                formatter.write_dl([(name.ljust(longest), line) for name, (_, line) in listed.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    epilog=_EPILOG,
)
@click.option(
    "-w",
    "--workspace",
    metavar="文件夹",
    help="工作区文件夹；不写则用当前文件夹或上级中含 archivist.toml 的。",
)
@click.option("--as", "actor", metavar="姓名", help="记录操作人；不写则用系统登录名。")
@click.option("--debug", is_flag=True, expose_value=False, help="出错时显示程序内部信息，供技术人员排查。")
@click.version_option(__version__, "--version", help="显示版本后退出。", message="archivist %(version)s")
@click.pass_context
def cli(ctx: click.Context, workspace: str | None, actor: str | None) -> None:
    """淘汰类帮扶产业项目档案：收件、识别、归档、查缺、生成公文。"""
    ctx.obj = {"workspace": workspace, "actor": actor}


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code; errors are one plain Chinese sentence on stderr."""
    _readable_streams()
    debug = "--debug" in arguments
    wanted = [word for word in arguments if word != "--debug"] if debug else list(arguments)
    if not (debug or sys.warnoptions):
        warnings.simplefilter(
            "ignore"
        )  # what a library says of a stranger's file is for who looks for a fault
    try:
        result = cli.main(args=wanted, prog_name="archivist", standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        _say("\n已中断。已收到的文件都安全，下次运行会接着做。")
        return ExitCode.INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click leaves by SystemExit when stdout is closed
        return _closed_pipe()
    except Exception as error:
        return _failed(error, debug)
    return int(result) if isinstance(result, int) else ExitCode.OK


def _failed(error: Exception, debug: bool) -> int:
    """Tell what went wrong; the traceback only when asked for."""
    if isinstance(error, click.exceptions.Exit):
        return int(error.exit_code)
    if isinstance(error, click.ClickException):
        from archivist.cli.helppage import error_text

        _say(error_text(error))
        return ExitCode.USAGE
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, ArchivistError):
        _say(f"出错：{error.message}")
        return error.exit_code
    if isinstance(error, OSError):
        from archivist.system.durable import os_reason

        _say(f"出错：读写文件失败：{os_reason(error)}。收到的文件都在，处理好后再运行即可。")
        return ExitCode.STORE
    if not debug:
        _say(
            f"程序出错（{type(error).__name__}：{error}）。"
            "请加 --debug 再运行一次，把显示的内容发给技术人员。"
        )
    return ExitCode.OTHER


def _say(words: str) -> None:
    """A message on stderr, safe for a terminal whatever file name it quotes."""
    from archivist.render.text import plain

    click.echo("\n".join(plain(line) for line in words.split("\n")), err=True)


def _readable_streams() -> None:
    """Characters the console cannot show become ? instead of an error; its encoding stays, or Chinese would garble."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _closed_pipe() -> int:
    """The reader of our output (head, less) has gone: not an error."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.OK
