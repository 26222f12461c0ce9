"""``archivist ingest``: one pass over everything that waits (收件)."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from archivist.cli.common import print_json, workspace
from archivist.cli.parameters import examples, json_option
from archivist.core.model import Status
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.core.document import Document
    from archivist.ingest.batch import Batch
    from archivist.workspace.opened import Workspace

_MANY = 100
_TELL_SECONDS = 5.0
"""How often a line says how far it is, where there is no bar."""


@click.command("ingest", epilog=examples("archivist ingest", "archivist ingest --json > 结果.jsonl"))
@json_option
def command(as_json: bool) -> int:
    """把收件箱和项目文件夹里等待的文件处理一遍：识别、归档，拿不准的放入待确认，不能用的退回。"""
    from archivist.ingest.logbook import Logbook

    opened = workspace()
    with Interrupts() as interrupts, Logbook(opened.store.private, opened.config.log, "ingest") as log:
        batch = run_pass(opened, "ingest", show=not as_json, stop=interrupts.asked)
        log.batch(batch)
    if as_json:
        _print(opened, batch)
    tell(batch)
    return batch.exit_code


class Interrupts:
    """Ctrl-C, remembered. Python throws its exception away when it comes at a bad moment (in a callback of the importer),
    and then nobody would stop: `asked` raises it again.
    """

    def __init__(self) -> None:
        self._pressed = False
        self._before: Any = None

    def __enter__(self) -> Interrupts:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            with suppress(ValueError):  # not in the main thread: then no signal comes here either
                self._before = signal.signal(signal.SIGINT, self._press)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _press(self, *_: object) -> None:
        self._pressed = True
        raise KeyboardInterrupt

    def asked(self) -> bool:
        """False, as long as nobody pressed it."""
        if self._pressed:
            raise KeyboardInterrupt
        return False


def run_pass(opened: Workspace, name: str, show: bool, stop: Callable[[], bool] = lambda: False) -> Batch:
    """Hold the lock and work on everything once, with a progress bar on a terminal."""
    from archivist.ingest.pipeline import Pipeline
    from archivist.workspace.opened import WAIT_SECONDS

    with (
        opened.intake(name, WAIT_SECONDS),
        opened.writing(name) as index,
        Pipeline(opened, index, stop) as pipeline,
    ):
        if not show:
            return pipeline.run()
        bar = Bar()
        try:
            return pipeline.run(bar)
        finally:
            bar.close()


class Bar:
    """The progress bar on stderr; plain lines where stderr is no terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._total = self._done = 0
        self._told = time.monotonic()

    def taken(self, count: int, total: int) -> None:
        """So many files were taken in: where there are many, that takes a while, too."""
        if self._due() or (count == total and total > _MANY):
            click.echo(f"正在收件：{count} / {total} 个文件……", err=True)

    def begin(self, total: int) -> None:
        """Show the bar when there is work."""
        self._total = total
        if total and sys.stderr.isatty():
            self._bar = click.progressbar(length=total, label="正在识别", file=sys.stderr, show_pos=True)
            self._bar.render_progress()
        elif total:
            click.echo(f"正在处理 {total} 个文件……", err=True)

    def grow(self, more: int) -> None:
        """An archive brought more files."""
        self._total += more
        if self._bar is not None:
            self._bar.length = self._total

    def done(self, name: str, documents: Sequence[Document]) -> None:
        """One file is finished."""
        self._done += 1
        if self._bar is not None:
            self._bar.update(1)
        elif self._due():
            click.echo(f"已处理 {self._done} / {self._total} 个文件，最近一个：{plain(name)}", err=True)

    def _due(self) -> bool:
        """Whether nothing was told for a while."""
        if time.monotonic() < self._told + _TELL_SECONDS:
            return False
        self._told = time.monotonic()
        return True

    def close(self) -> None:
        """Leave the terminal tidy."""
        if self._bar is not None:
            self._bar.render_finish()


def tell(batch: Batch) -> None:
    """Say what became of everything, on stderr."""
    counts = [(status, batch.count(status)) for status in Status]
    names = {Status.FILED: "归档", Status.REVIEW: "待确认", Status.REJECTED: "退回", Status.DUPLICATE: "重复"}
    click.echo("，".join(f"{names[status]} {count} 件" for status, count in counts) + "。", err=True)
    if batch.unsettled:
        click.echo(
            f"还有 {len(batch.unsettled)} 个文件正在复制，下次再处理：{'、'.join(batch.unsettled[:5])}",
            err=True,
        )
    for problem in batch.problems:
        click.echo(f"没有处理成：{problem}", err=True)
    for alarm in [*batch.alarms, *batch.reopened]:
        click.echo(f"注意：{alarm}", err=True)


def _print(opened: Workspace, batch: Batch) -> None:
    from archivist.core.describe import describe
    from archivist.index.reader import open_reader
    from archivist.questions.documents import documents

    wanted = {row.id for row in batch.documents}
    with open_reader(opened.index_path) as reader:
        print_json(map(describe, documents(reader, among=wanted)))
