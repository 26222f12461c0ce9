"""``archivist undo``: take people's decisions back (撤销)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import workspace
from archivist.cli.parameters import Number, examples, known_document
from archivist.core.words.outcomes import OUTCOMES
from archivist.errors import BadInputError, UsageError
from archivist.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.core.document import Document
    from archivist.decisions.desk import Desk
    from archivist.index.decisions import Decided
    from archivist.index.succession import RegisterAct

_ACTS = {
    "assigned": "归档",
    "put back": "放进项目文件夹",
    "taken back": "拖回待确认",
    "dismissed": "从待确认移走",
    "rejected": "退回",
    "dropped": "直接放入归档文件夹",
}


@click.command(
    "undo",
    epilog=examples(
        "archivist undo　　（撤销最近一次决定）",
        "archivist undo D00012　　（撤销对这份材料的最近一次决定）",
        "archivist undo --last 3 --dry-run　　（先看看最近三次是什么）",
    ),
)
@click.argument("document", metavar="[材料编号]", required=False)
@click.option("--last", metavar="次数", type=Number(1, 1000), help="撤销最近几次决定；一批一起确认的算一次。")
@click.option("--dry-run", is_flag=True, help="只说会撤销什么，不动任何东西。")
def command(document: str | None, last: int | None, dry_run: bool) -> None:
    """撤销人工决定：归档、拆页、拖放、移走、退回；项目换编号、并入、拆分、移出台账。

    材料回到决定之前的状态和位置，拆出的页重新合为一份，从这次决定里学到的也不再算数。日志里两件事都留着。
    """
    if document is not None and last is not None:
        raise UsageError("材料编号和 --last 只能写一个。")
    from archivist.decisions.desk import at_desk

    opened = workspace()
    with at_desk(opened, "undo", looking=dry_run) as desk:
        chosen = _chosen(desk, document, last or 1)
        if not dry_run:
            _take_back(desk, chosen)
            return
        for decision in chosen:
            click.echo(plain(f"会撤销：{_act_in_words(decision)}"))


def _chosen(desk: Desk, document: str | None, last: int) -> list[Decided | RegisterAct]:
    index = desk.index
    if document is None:
        found = _latest([*index.decisions.latest(last), *index.succession.latest(last)], last)
        if not found:
            raise BadInputError("没有可以撤销的人工决定。")
        return found
    row = known_document(index, document)
    if index.decisions.last(row.id) is None:
        _remember(desk, row)
    decision = index.decisions.last(row.id)
    if decision is None:
        raise BadInputError(
            f"材料 {row.id} 没有可以撤销的人工决定。"
            "要改归别处请用 archivist assign，不归档请用 archivist reject。"
        )
    return [decision]


def _latest(decided: Sequence[Decided | RegisterAct], count: int) -> list[Decided | RegisterAct]:
    """The last ``count`` decisions about papers or projects, newest first; what was decided together counts as one."""
    batches: dict[tuple[type, int], list[Decided | RegisterAct]] = {}
    for one in sorted(decided, key=lambda one: one.seq, reverse=True):
        batches.setdefault((type(one), one.batch), []).append(one)
    return [one for batch in list(batches.values())[:count] for one in batch]


def _remember(desk: Desk, row: Document) -> None:
    """A file dropped into an item's folder under an older edition of the software, which kept nothing to undo it."""
    index = desk.index
    with index.change():
        desk.undoing.remember_drop(index.sources.get(row.source), [row], index.events.first(row.id))


def _take_back(desk: Desk, chosen: Sequence[Decided | RegisterAct]) -> None:
    from archivist.decisions.joining import Joining
    from archivist.index.succession import RegisterAct

    count = 0
    for decision in chosen:
        count += 1
        if isinstance(decision, RegisterAct):
            click.echo(plain(Joining(desk).undo(decision)))
            desk.knowledge.refresh()
            continue
        for row in desk.undoing.undo(decision):
            where = f"，在“{row.path}”" if row.path else ""
            click.echo(plain(f"已撤销：{_act_in_words(decision)}。现在是{OUTCOMES[row.status.value]}{where}"))
    desk.refresh_pages()
    if count > 1:
        click.echo(f"共撤销 {count} 件的决定。")


def _act_in_words(decision: Decided | RegisterAct) -> str:
    from archivist.index.decisions import Decided

    if not isinstance(decision, Decided):
        return f"{decision.told}（{decision.actor}，{decision.at[:16].replace('T', ' ')}）"
    documents = "、".join(decision.documents)
    when = decision.at[:16].replace("T", " ")
    user = f"，系统用户 {decision.user}" if decision.user else ""
    return f"{documents} 的“{_ACTS.get(decision.act, decision.act)}”（{decision.actor}{user}，{when}）"
