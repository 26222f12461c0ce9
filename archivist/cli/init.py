"""``archivist init DIR``: make a workspace (建立工作区)."""

from __future__ import annotations

from pathlib import Path

import click

from archivist.cli.parameters import examples
from archivist.errors import BadInputError, StoreError


@click.command(
    "init",
    epilog=examples("archivist init D:\\归档", "archivist init --templates D:\\归档　　（要改公文模板时）"),
)
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--templates",
    is_flag=True,
    help="把公文模板复制一份到工作区的 doc_templates，供在 Word 里修改；已有的工作区也可以。",
)
def command(folder: Path, templates: bool) -> None:
    """在“文件夹”里建立工作区：设置文件 archivist.toml，以及收件箱、待确认、项目档案、公文、退回五个文件夹。"""
    from archivist.workspace.config import SETTINGS_FILE

    if not (templates and (folder / SETTINGS_FILE).is_file()):
        make_workspace(folder)
        click.echo(f"工作区已建立：{folder.absolute()}")
        click.echo(
            "下一步：archivist register import 项目台账.xlsx　导入项目台账，然后把扫描件放入“收件箱”。"
        )
    if templates:
        click.echo(f"公文模板已复制到：{copy_templates(folder)}　今后生成公文用这一份。")


def copy_templates(folder: Path) -> Path:
    """Give the workspace in ``folder`` its own templates to edit; refuse to touch those it has."""
    import shutil

    from archivist.workspace.resources import data_folder

    own = folder.absolute() / "doc_templates"
    try:
        shutil.copytree(data_folder("doc_templates"), own)
    except FileExistsError:
        raise BadInputError(f"“{own}”已经有了，没有改动。要换回原来的模板，请先把它改名或移走。") from None
    except OSError as error:
        raise StoreError(f"模板复制到“{own}”失败（{error}）。请检查磁盘空间和权限。") from error
    return own


def make_workspace(folder: Path) -> None:
    """Write archivist.toml and make the folders; refuse to touch an existing workspace."""
    from archivist.folders.places import make_base
    from archivist.pages.recent import write_guide
    from archivist.workspace.config import SETTINGS_FILE, default_toml, load_config
    from archivist.workspace.opened import open_workspace

    settings = folder / SETTINGS_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with settings.open("x", encoding="utf-8") as handle:
            handle.write(default_toml())
    except FileExistsError:
        raise BadInputError(f"“{folder.absolute()}”已经是工作区，没有改动。") from None
    except OSError as error:
        raise StoreError(
            f"在“{folder.absolute()}”建立工作区失败（{error.strerror}）。请检查磁盘和权限。"
        ) from error
    make_base(load_config(folder))
    opened = open_workspace(folder.absolute(), None)
    opened.store.prepare()
    write_guide(opened)
