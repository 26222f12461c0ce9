"""``archivist watch``: the same as ingest, for ever (值守)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from archivist.cli.common import workspace
from archivist.cli.parameters import examples
from archivist.core.words.outcomes import OUTCOMES

if TYPE_CHECKING:
    from archivist.ingest.batch import Batch


@click.command("watch", epilog=examples("archivist watch　　（按 Ctrl-C 停止）"))
def command() -> None:
    """一直值守：有文件放入收件箱或项目文件夹就处理，直到按 Ctrl-C 停止。停止期间放入的文件，下次启动时补上。"""
    from archivist.ingest.logbook import Logbook
    from archivist.ingest.watch import Stopper, keep_watch, signals

    opened = workspace("watch")
    stopper = Stopper()

    def tell(batch: Batch) -> None:
        log.batch(batch)
        _tell(batch)

    def warn(words: str) -> None:
        log.write("warning", "watch", words)
        _say(words)

    with Logbook(opened.store.private, opened.config.log, "watch") as log, signals(stopper):
        keep_watch(
            opened, stopper, tell, warn, lambda: _say(f"开始值守：{opened.config.inbox}　按 Ctrl-C 停止。")
        )
    _say("已停止值守。")


def _tell(batch: Batch) -> None:
    for row in batch.documents:
        where = f" → {row.path}" if row.path else ""
        _say(f"{OUTCOMES[row.status]}：{batch.names.get(row.source, '')}{where}")
    for problem in batch.problems:
        _say(f"没有处理成：{problem}")
    for alarm in [*batch.alarms, *batch.reopened]:
        _say(f"注意：{alarm}")


def _say(words: str) -> None:
    from archivist.render.text import plain

    click.echo(f"{datetime.now().astimezone():%H:%M:%S} {plain(words)}", err=True)
