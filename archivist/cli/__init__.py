"""The command line: one file per verb, loaded when it is called, every word people see in Chinese."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from archivist import __version__
from archivist.cli import chinese
from archivist.errors import ArchivistError, ExitCode

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "建一个演示工作区，用随软件附带的样本走一遍全过程"),
    "init": ("init", "建立工作区"),
    "register": ("register", "项目台账：导入、查看"),
    "ingest": ("ingest", "处理一遍等待归档的文件，然后结束"),
    "watch": ("watch", "一直值守：有文件放入就处理"),
    "documents": ("documents", "列出收到的每份材料和去向"),
    "missing": ("missing", "列出缺件的项目和所缺的归档内容"),
    "review": ("review", "列出等待人工确认的材料"),
    "assign": ("assign", "人工确认：指定材料属于哪个项目、第几项"),
    "search": ("search", "全文检索"),
    "generate": ("generate", "生成公文：会议记录、会议纪要、资产处置方案、归档目录等"),
}
"""Verb → (module, one line of help). The help stands here so that ``archivist --help`` imports no command."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs in the order people use them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import and return one verb's command."""
        if name not in COMMANDS:
            return None
        command = import_module(f"archivist.cli.{COMMANDS[name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them."""
        from archivist.render.text import width

        with formatter.section("命令"):
            for name, (_, help_line) in COMMANDS.items():
                formatter.write(f"  {name}{' ' * (12 - width(name))}{help_line}\n")


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="先试一试：archivist demo　　退出码见 README。每条命令都可加 --help 查看用法和例子。",
)
@click.option("-w", "--workspace", type=click.Path(path_type=Path), help="工作区文件夹（默认：当前文件夹或上级中含 archivist.toml 的）。")
@click.option("--as", "actor", metavar="姓名", help="记录操作人（默认：系统登录名）。")
@click.option("--debug", is_flag=True, help="出错时显示程序内部信息，供技术人员排查。")
@click.version_option(__version__, "--version", help="显示版本后退出。", message="archivist %(version)s")
@click.pass_context
def cli(ctx: click.Context, workspace: Path | None, actor: str | None, debug: bool) -> None:
    """淘汰类帮扶产业项目档案：收件、识别、归档、查缺、生成公文。"""
    ctx.obj = {"workspace": workspace, "actor": actor, "debug": debug}


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code; errors are one plain Chinese sentence on stderr."""
    chinese.install()
    debug = "--debug" in arguments
    try:
        result = cli.main(args=list(arguments), prog_name="archivist", standalone_mode=False)
    except click.exceptions.Exit as end:
        return int(end.exit_code)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("\n已中断。已收到的文件都安全，下次运行会接着做。", err=True)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return _closed_pipe()
    except ArchivistError as error:
        if debug:
            raise
        click.echo(f"出错：{error.message}", err=True)
        return error.exit_code
    except Exception as error:
        if debug:
            raise
        click.echo(f"程序出错（{type(error).__name__}：{error}）。请加 --debug 再运行一次，把显示的内容发给技术人员。", err=True)
        return ExitCode.OTHER
    return int(result) if isinstance(result, int) else ExitCode.OK


def _closed_pipe() -> int:
    """The reader of our output (head, less) has gone: not an error."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.OK
