"""``archivist dossier``: what is entered once of a project (项目底册), shown, imported, offered from papers, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archivist.cli.common import print_json, save_new, screen_columns, tell_in_folders, workspace
from archivist.cli.parameters import examples, json_option
from archivist.errors import BadInputError, UsageError
from archivist.render.text import plain, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archivist.core.dossier.book import Book
    from archivist.core.dossier.offers import Offer
    from archivist.decisions.dossiers import Prepared
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace

_COLUMNS = 100
_MOST_LISTED = 60


@click.group(
    "dossier",
    epilog=examples("archivist dossier form DZ-2018-0017 -o 底册.xlsx", "archivist dossier import 底册.xlsx"),
)
def command() -> None:
    """项目底册：资产、债权债务、土地、经营主体、会议、评估、处置结果、确权、替代项目、公示，登记一次，各处都从这里取。

    公文（generate）、台账里的债权债务、检查（check）都用底册；填写内容和底册不同的公文不予生成，材料和底册不同的，检查时列出。
    """


@command.command(
    "show",
    short_help="看一个项目的底册和它的历史",
    epilog=examples("archivist dossier show DZ-2018-0017", "archivist dossier show DZ-2018-0017 --history"),
)
@click.argument("project", metavar="项目编号")
@click.option("--history", is_flag=True, help="列出每次改动：谁、何时、凭什么、从什么改成什么。")
@json_option
def show(project: str, history: bool, as_json: bool) -> None:
    """看一个项目的底册：各部分登记了什么；加 --history 看每一次改动。

    --json 输出的内容可以改好后再用 archivist dossier import 导入。
    """
    from archivist.core.dossier.differences import told
    from archivist.index.reader import open_reader

    opened = workspace()
    book = opened.dossier_book
    with open_reader(opened.index_path) as index:
        name = _name(index, project)
        kept, entries = index.dossiers.of(project), index.dossiers.history(project)
    if as_json:
        beside = {
            "project": project,
            "name": name,
            "version": kept.version,
            "at": kept.at,
            "actor": kept.actor,
        }
        listed = [one.record() for one in entries]
        print_json([{**beside, "dossier": kept.dossier.record(), "history": listed}])
        return
    if not kept.version:
        _say(
            [
                f"{project} {name}　还没有底册。archivist dossier form {project} -o 底册.xlsx 可以得到填写用的表。"
            ]
        )
        return
    when = f"{kept.actor}　{kept.at[:16].replace('T', ' ')}"
    _say([f"{project} {name}　底册第 {kept.version} 版　{when}"])
    if history:
        for entry in entries:
            _say([f"第 {entry.version} 版　{entry.actor}　{entry.at[:16].replace('T', ' ')}　{entry.origin}"])
            _say(f"  {line}" for line in told(book, entry.changes))
        return
    known = book.known(kept.dossier)
    for section in book.ordered(known.sections):
        rows = known.rows(section)
        _say([f"【{section}】{'' if rows else '无'}"])
        for row in rows:
            cells = (f"{one.title} {row[one.name]}" for one in book.field(section).columns if one.name in row)
            _say([f"  {'；'.join(cells)}"])
    left = [one.name for one in book.sections if not known.tells(one.name)]
    if left:
        _say([f"还没有登记：{'、'.join(left)}。"])


@command.command(
    "form",
    short_help="得到填写用的表（.xlsx），已有的都填好",
    epilog=examples(
        "archivist dossier form DZ-2018-0017 -o 底册.xlsx",
        "archivist dossier form DZ-2018-0017 DZ-2019-0004 -o 底册.xlsx",
    ),
)
@click.argument("projects", metavar="项目编号 …", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="文件",
    required=True,
    type=click.Path(dir_okay=False),
    help="保存为新的 .xlsx 文件。",
)
def form(projects: tuple[str, ...], output: str) -> None:
    """得到底册的填写表：各部分一张工作表，已有的都填好，选择项有下拉列表；可以一次给几个项目。

    填好后用 archivist dossier import 导入。表导出以后别人又改过底册的，这张表不能再导入，要重新导出。
    """
    from archivist.index.reader import open_reader
    from archivist.render.dossierform import Filled, dossier_form

    if not output.lower().endswith(".xlsx"):
        raise UsageError(f"“{output}”应以 .xlsx 结尾。")
    opened = workspace()
    book = opened.dossier_book
    with open_reader(opened.index_path) as index:
        found = []
        for code in dict.fromkeys(projects):
            kept = index.dossiers.of(code)
            found.append(Filled(code, _name(index, code), kept.version, book.known(kept.dossier)))
    save_new(output, dossier_form(book, found))


@command.command(
    "import",
    short_help="导入填好的底册（.xlsx、.json、.yaml）",
    epilog=examples(
        "archivist dossier import 底册.xlsx --dry-run　　（先看看会改什么）",
        "archivist dossier import 底册.xlsx",
        "archivist dossier import 底册.yaml",
    ),
)
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="只显示会改什么，不保存。")
def import_(file: str, dry_run: bool) -> None:
    """导入填好的底册。有一处不对就一条也不保存，所有的错一次列出；改了原来登记的，逐处列出原来的和现在的。

    文件里有的部分整个换成文件里的（表里删掉的行就是删掉），没有的部分不动。.json、.yaml 要写“项目编号”。
    """
    from pathlib import Path

    from archivist.decisions.dossiers import keep, prepare, read_dossier_file

    opened, path = workspace(), Path(file)
    book = opened.dossier_book
    parts, problems = read_dossier_file(path, book)
    with opened.writing("dossier", looking=dry_run, act="dossier import") as index:
        prepared = prepare(index, book, parts, problems, path.name)
        if not dry_run:
            changed = keep(index, prepared, f"导入 {path.name}")
            tell_in_folders(opened, index, [one.project for one in changed])
    for one in prepared:
        _tell_changes(book, one)
    if dry_run:
        click.echo("（只是预览，没有保存。）")


@command.command(
    "offer",
    short_help="从归档材料里读到的、底册里还没有的",
    epilog=examples("archivist dossier offer DZ-2018-0017"),
)
@click.argument("project", metavar="项目编号")
@json_option
def offer(project: str, as_json: bool) -> None:
    """列出从归档材料里读到、可以登记进底册的：债权债务、会议和表决、评估、公示，各有材料编号、页码和原文。

    看着原件核对后，用 archivist dossier confirm 登记。
    """
    from archivist.index.reader import open_reader

    opened = workspace()
    with open_reader(opened.index_path) as index:
        name = _name(index, project)
        found = _offers(opened, index, project)
    if as_json:
        print_json({"project": project, **one.record()} for one in found)
        return
    for one in found:
        _say(_offer_lines(opened.dossier_book, one))
    more = f"核对后登记：archivist dossier confirm {project} 代号（可写几个）" if found else ""
    _say(
        [
            f"{project} {name}　共 {len(found)} 处。{more}"
            if found
            else f"{project} {name}　材料里没有读到底册里没有的。"
        ]
    )


@command.command(
    "confirm",
    short_help="把读到的登记进底册",
    epilog=examples(
        "archivist dossier confirm DZ-2018-0017 3fa09c",
        "archivist dossier confirm DZ-2018-0017 3fa09c --set 对方名称=某某饲料店",
        "archivist dossier confirm DZ-2018-0017 --all",
    ),
)
@click.argument("project", metavar="项目编号")
@click.argument("ids", metavar="代号 …", nargs=-1)
@click.option("--all", "every", is_flag=True, help="登记全部和底册不冲突的。")
@click.option(
    "--set", "sets", metavar="字段=内容", multiple=True, help="补上或改正这一行的一个字段，可写多次。"
)
def confirm(project: str, ids: tuple[str, ...], every: bool, sets: tuple[str, ...]) -> None:
    """把 archivist dossier offer 列出的登记进底册。看着原件核对过的才登记；底册的历史里写明是哪份材料、第几页。"""
    from archivist.core.dossier.offers import given_by
    from archivist.decisions.dossiers import put
    from archivist.drafts.data import parse_sets

    if every == bool(ids):
        raise UsageError("请写明要登记的代号（archivist dossier offer 项目编号 列出），或只写 --all。")
    if sets and len(ids) != 1:
        raise UsageError("--set 只能在登记一处时用。")
    words, opened = parse_sets(sets), workspace()
    book = opened.dossier_book
    with opened.writing("dossier", act="dossier confirm") as index:
        _name(index, project)
        chosen = _chosen(_offers(opened, index, project), ids, project)
        known = book.known(index.dossiers.of(project).dossier)
        papers = "、".join(dict.fromkeys(f"{one.told.held.id} 第{one.told.shown.page}页" for one in chosen))
        done = put(index, book, project, given_by(book, known, chosen, words), f"材料 {papers}")
        tell_in_folders(opened, index, [project])
    _tell_changes(book, done)


@command.command(
    "undo", short_help="撤销底册最近的一次改动", epilog=examples("archivist dossier undo DZ-2018-0017")
)
@click.argument("project", metavar="项目编号")
def undo(project: str) -> None:
    """撤销底册最近的一次改动，回到那以前；历史里两次都留着。再撤销一次，就是又改回来。"""
    from archivist.decisions.dossiers import take_back

    opened = workspace()
    with opened.writing("dossier", act="dossier undo") as index:
        last, done = take_back(index, opened.dossier_book, project)
        tell_in_folders(opened, index, [project])
    _say([f"撤销了第 {last.version} 版（{last.actor}，{last.at[:16].replace('T', ' ')}，{last.origin}）。"])
    _tell_changes(opened.dossier_book, done)


def _name(index: IndexReader, project: str) -> str:
    """A project's name; UsageError when the register has none such."""
    from archivist.questions.register import no_project

    row = index.projects.find(project)
    if row is None:
        raise no_project(index, [project])
    return str(row["name"])


def _offers(opened: Workspace, index: IndexReader, project: str) -> list[Offer]:
    from archivist.core.dossier.offers import offers

    (file,) = index.project_files.of([project])
    rules = opened.procedure.cross
    known = opened.dossier_book.known(index.dossiers.of(project).dossier)
    return offers(file.documents, project, rules.dossiers, known, rules.confused)


def _chosen(found: Sequence[Offer], ids: Sequence[str], project: str) -> list[Offer]:
    from archivist.core.dossier.offers import Stand

    if not ids:
        chosen = [one for one in found if one.stand is not Stand.OTHER]
        if not chosen:
            raise BadInputError(f"{project} 没有可以登记的：材料里没有读到和底册不冲突、底册里没有的。")
        return chosen
    by_id = {one.id: one for one in found}
    if strange := [one for one in ids if one not in by_id]:
        raise UsageError(f"没有代号 {'、'.join(strange)}。用 archivist dossier offer {project} 查看。")
    return [by_id[one] for one in dict.fromkeys(ids)]


def _offer_lines(book: Book, one: Offer) -> Iterable[str]:
    titles = {column.name: column.title for column in book.field(one.section).columns}
    values = "；".join(f"{titles.get(name, name)} {text}" for name, text in one.taken.items())
    yield f"{one.id}　“{one.section}”{one.stand}：{values}"
    for clash in one.clashes:
        yield f"    底册写的{titles.get(clash.field, clash.field)}是“{clash.known}”"
    fact, held = one.told.shown, one.told.held
    also = f"（另见 {'、'.join(one.also)}）" if one.also else ""
    yield f"    第{held.item}项{held.called}第{fact.page}页：“{fact.quote[:120]}”{also}"


def _tell_changes(book: Book, one: Prepared) -> None:
    from archivist.core.dossier.differences import told

    lines = list(told(book, one.changes))
    others = sum(change.contradicts for change in one.changes)
    _say([f"{one.project} {one.name}：{f'{len(lines)} 处' if lines else '没有变化'}"])
    _say(f"  {line}" for line in lines[:_MOST_LISTED])
    if len(lines) > _MOST_LISTED:
        _say([f"  …… 另有 {len(lines) - _MOST_LISTED} 处，见 archivist dossier show {one.project} --history"])
    if others and one.before.version:
        _say(
            [f"  注意：其中 {others} 处和原来登记的（{one.before.actor}，第 {one.before.version} 版）不同。"]
        )


def _say(lines: Iterable[Any]) -> None:
    columns = screen_columns() or _COLUMNS
    for line in lines:
        click.echo("\n".join(wrapped(plain(str(line)), columns)))
