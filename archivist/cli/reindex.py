"""``archivist reindex``: rebuild index.db out of the log of events (重建索引)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archivist.cli.common import workspace
from archivist.cli.parameters import examples
from archivist.cli.verify import discrepancy_lines
from archivist.errors import ExitCode
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.core.page import Page
    from archivist.preservation.recovery.reindex import Reindexed
    from archivist.workspace.opened import Workspace


@click.command("reindex", epilog=examples("archivist reindex", "archivist reindex --from-folders"))
@click.option(
    "--partial",
    is_flag=True,
    help="事件记录有断开时，只恢复到断开之前；之后收到的原件重新识别，断开的日志移到一旁保留。",
)
@click.option(
    "--from-folders",
    is_flag=True,
    help="索引数据库和事件日志都没有了、也没有备份时：按各项目的档案元数据.json 和收存的原件恢复。",
)
def command(partial: bool, from_folders: bool) -> int:
    """索引数据库丢失或损坏时，按事件日志、识读结果和原件重建：材料、人的决定、台账、检索都恢复原样，不重新识别。旧的数据库移到一旁保留。"""
    from archivist.pages.project import refresh
    from archivist.preservation.recovery.fromfolders import recover
    from archivist.preservation.recovery.reindex import reindex

    opened = workspace()
    with Again(opened) as again:
        outcome = recover(opened, again.read) if from_folders else reindex(opened, again.read, partial)
    with opened.writing("reindex") as index:
        refresh(opened, index, index.projects.stale())
    if from_folders:
        _tell_recovered()
    return _show(outcome)


def _tell_recovered() -> None:
    click.echo(
        "以下记录由档案元数据恢复，不是当时办理的记录：项目、材料和位置、免交、销号决定。已销号的都要核对后重新办理；"
        "没有文件夹的项目（非淘汰类），请重新导入台账。"
    )


class Again:
    """Reads originals whose kept read is gone; starts nothing before there is one."""

    def __init__(self, opened: Workspace) -> None:
        self._opened = opened
        self._extractor: Any = None

    def __enter__(self) -> Again:
        return self

    def __exit__(self, *_: object) -> None:
        if self._extractor is not None:
            self._extractor.close()

    def read(self, path: Path, name: str) -> tuple[Page, ...]:
        """The pages of an original."""
        from archivist.extract import Extractor

        if self._extractor is None:
            config = self._opened.config
            limits = self._opened.limits
            self._extractor = Extractor(limits, 1, config.extraction.ocr_engine)
        pages: tuple[Page, ...] = self._extractor.extract(path, name).pages
        return pages


def _show(outcome: Reindexed) -> int:
    by = f" {outcome.events} 条事件" if outcome.events else "文件夹"
    click.echo(
        f"已按{by}重建索引：来源 {outcome.sources} 个，材料 {outcome.documents} 件，"
        f"检索文字 {outcome.pages} 页。"
    )
    if outcome.aside is not None:
        click.echo(f"原来的数据库保留在 {outcome.aside}。")
    lines = [f"注意：{problem}。" for problem in outcome.problems]
    lines += [f"重新收件：{name}（事件里没有记，下次 archivist ingest 会处理）" for name in outcome.received]
    lines += [f"重新识读：{name}" for name in outcome.read_again]
    lines += [f"注意：{name} 的文字没有找回来，检索不到，材料本身不受影响。" for name in outcome.without_text]
    for finding in outcome.findings:
        lines += discrepancy_lines(finding)
    for line in lines:
        click.echo(plain(line))
    wrong = any(finding.severity == "error" for finding in outcome.findings)
    return ExitCode.FIXITY if wrong else ExitCode.OK
