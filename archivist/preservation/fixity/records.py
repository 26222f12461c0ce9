"""Whether the records are what they were: the chain of events, its copy outside the database, the heads noted in the
project folders, every row of every table against the events, and the text against what was read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.index.changes import State, rows_in
from archivist.index.events import verify_chain
from archivist.index.mirror import LogLine, event_in, line_of, raw_lines
from archivist.index.reads import digest_of
from archivist.index.rebuild import Followed, continues, follow
from archivist.preservation.fixity.findings import (
    ANCHOR,
    CHAIN,
    ERROR,
    HEAD,
    LOG,
    ROW,
    TEXT,
    WARNING,
    Discrepancy,
)
from archivist.preservation.fixity.times import Clock
from archivist.store.layout import METADATA

if TYPE_CHECKING:
    from archivist.index.reader import IndexReader

Head = tuple[int, str, str]
"""Number and hash of an event, and where they were noted."""

_MOST = 50
_REINDEX = (
    "请先保留现状（复制整个档案库文件夹）并查明原因，再运行 archivist reindex，按完好的记录重建索引数据库。"
)


class Records:
    """One look at all records. ``index`` is opened read-only, in a state nobody is changing."""

    def __init__(self, index: IndexReader, log: Path) -> None:
        self._index, self._log = index, log
        self.followed = Followed()
        self.hashes: dict[int, str] = {}
        self.in_log: set[int] = set()
        self._lines: dict[int, int] = {}
        self.state = State()
        self._clock = Clock()
        self._recovered: list[int] = []

    @property
    def head(self) -> tuple[int, str]:
        """The last event's number and hash, once looked at."""
        return max(self.hashes.items(), default=(0, ""))

    def findings(self) -> list[Discrepancy]:
        """Everything that is wrong with events, rows and text."""
        return [*self.acts(), *self._texts()]

    def acts(self) -> list[Discrepancy]:
        """What is wrong with events and rows: all that was decided, but not the text it was read from."""
        found = [*self._chain(), *self._log_agrees()]
        times = self._clock.found
        if found:  # then what the events say is taken from the one chain that log and database hold together
            self.state = State()
            for event in follow(self._log, self._index, self.followed):
                self.state.replay(rows_in(event["detail"]))
        return [*found, *times, *self._rows(), *self._noted(), *self._remade()]

    def _remade(self) -> Iterator[Discrepancy]:
        """What was made of the folders, after the archive had lost its memory, is vouched for by no event of its time."""
        if self._recovered:
            first, last = self._recovered[0], self._recovered[-1]
            message = (
                f"{len(self._recovered)} 个项目的记录由档案元数据恢复（第 {first} 到 {last} 条事件），"
                "不是当时办理的记录：原来的事件日志没有了。"
            )
            advice = "找到原来的备份的，请用 archivist restore 恢复出来对照。"
            yield Discrepancy(CHAIN, WARNING, "index.db events", message, advice)

    def _chain(self) -> Iterator[Discrepancy]:
        for problem in verify_chain(self._remembered(self._index.events.all())):
            yield Discrepancy(
                CHAIN, ERROR, f"index.db events {problem.seq}", f"索引数据库：{problem.message}。", _REINDEX
            )
        if self._index.events.lost_guards():
            message = "索引数据库里防止改动事件的机关被拆掉了。"
            yield Discrepancy(CHAIN, ERROR, "index.db events", message, _REINDEX)

    def _remembered(self, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in rows:
            self.hashes[row["seq"]] = row["hash"]
            self._lines[row["seq"]] = hash(line_of(row))
            detail = rows_in(row["detail"])
            self._clock.pass_by(row, detail)
            if row["act"] == "recovered" and row["subject"]:
                self._recovered.append(row["seq"])
            self.state.replay(detail)
            yield row

    def _log_agrees(self) -> Iterator[Discrepancy]:
        """Line by line: the log must hold the database's events, all of them, in their order."""
        expected = 1
        for path, number, raw in raw_lines(self._log):
            if self._lines.get(expected) == hash(raw):
                self.in_log.add(expected)
                expected += 1
                continue
            line = LogLine(path, number, event_in(raw), raw, raw.endswith(b"\n"))
            yield from self._odd_line(line, expected)
            if line.event is not None:
                expected = line.event["seq"] + 1
                self.in_log.add(line.event["seq"])
        behind = [seq for seq in self.hashes if seq not in self.in_log]
        if behind:
            message = (
                f"事件日志缺第 {min(behind)} 到 {max(behind)} 条事件中的 {len(behind)} 条（数据库里有）："
                "程序刚中断过，或者日志被截短。"
            )
            advice = (
                "程序刚中断过的，下次写入时会按数据库补上最后几条；不然请查明是谁动过这个文件夹，"
                "再运行 archivist reindex 补全。"
            )
            yield Discrepancy(LOG, ERROR, ".archivist/events", message, advice)

    def _odd_line(self, line: LogLine, expected: int) -> Iterator[Discrepancy]:
        """A line that is not, byte for byte, the event that should be there."""
        where = f".archivist/events/{line.path.name} 第 {line.number} 行"
        if line.event is None:
            torn = "没有写完（程序中断过），下次写入时会补全" if not line.whole else "读不懂，被改过"
            yield Discrepancy(
                LOG, ERROR if line.whole else WARNING, where, f"事件日志{where}{torn}。", _REINDEX
            )
            return
        if line.event["seq"] != expected:
            message = f"事件日志{where}应是第 {expected} 条事件，却是第 {line.event['seq']} 条：有删除、插入或调换。"
            yield Discrepancy(LOG, ERROR, where, message, _REINDEX)
        yield from self._line(line.event, where)

    def _line(self, event: dict[str, Any], where: str) -> Iterator[Discrepancy]:
        if not continues(event, event["seq"], event["previous"]):
            message = f"事件日志{where}（第 {event['seq']} 条事件）的内容与它的校验值不符，被改过。"
            yield Discrepancy(LOG, ERROR, where, message, _REINDEX)
        mine = self.hashes.get(event["seq"])
        if mine is None:
            message = (
                f"索引数据库里没有第 {event['seq']} 条事件，事件日志里有：数据库被截短，或者换成了旧的。"
            )
            yield Discrepancy(CHAIN, ERROR, f"index.db events {event['seq']}", message, _REINDEX)
        elif mine != event["hash"]:
            message = f"第 {event['seq']} 条事件在索引数据库和事件日志（{where}）里不一样。"
            yield Discrepancy(CHAIN, ERROR, f"index.db events {event['seq']}", message, _REINDEX)

    # -- rows and text ---------------------------------------------------------------------------------------------

    def _rows(self) -> Iterator[Discrepancy]:
        many: Counter[str] = Counter()
        for table, row, what in self.state.differences(self._index):
            many[table] += 1
            if many[table] > _MOST:
                continue
            said = {
                "added": "不是本软件写进去的（事件里没有）",
                "missing": "被删掉了（事件里有）",
            }.get(what, f"与事件记的不一样：{what}")
            message = f"索引数据库的 {table} 表第 {row} 行{self._named(table, row)}{said}。"
            yield Discrepancy(ROW, ERROR, f"index.db {table} {row}", message, _REINDEX)
        for table, count in many.items():
            if count > _MOST:
                message = f"索引数据库的 {table} 表一共有 {count} 行与事件不符，只列出前 {_MOST} 行。"
                yield Discrepancy(ROW, ERROR, f"index.db {table}", message, _REINDEX)

    def _named(self, table: str, row: int) -> str:
        record = self.state.tables.get(table, {}).get(row) or {}
        name = record.get("id") or record.get("code") or record.get("name") or record.get("path")
        return f"（{name}）" if isinstance(name, str) else ""

    def _noted(self) -> Iterator[Discrepancy]:
        """Changes that no event carries yet are left by a kill; they are named, for they are not vouched for."""
        for name, row in self._index.events.unlogged(_MOST):
            message = f"索引数据库的 {name} 表第 {row} 行的改动还没有记入日志（程序中断过）。"
            advice = "运行 archivist ingest 会接着做完并记入日志。"
            yield Discrepancy(ROW, WARNING, f"index.db {name} {row}", message, advice)

    def _texts(self) -> Iterator[Discrepancy]:
        pages = self._index.pages
        for one in pages.kept_reads():
            text = pages.all_of(one.source)
            if (digest_of(text) if text else None) != one.digest:
                message = f"“{one.name}”的检索文字（pages 表，来源 {one.source}）与识读时不一样。"
                yield Discrepancy(TEXT, ERROR, f"index.db pages {one.source}", message, _REINDEX)
            elif one.digest is not None and pages.reads.get(one.sha256, one.digest) is None:
                where = f".archivist/reads/{pages.reads.path(one.sha256, one.digest).name}"
                message = f"“{one.name}”的识读结果（{where}）不见了或被改过；检索文字还在索引数据库里。"
                yield Discrepancy(TEXT, WARNING, where, message, "运行 archivist repair 按索引数据库补写。")
        if not pages.are_findable():
            message = "全文检索表（page_words）与页面对不上。"
            yield Discrepancy(TEXT, ERROR, "index.db page_words", message, _REINDEX)

    # -- heads -----------------------------------------------------------------------------------------------------

    def heads(self, noted: Iterator[Head], code: str = HEAD) -> Iterator[Discrepancy]:
        """Compare heads of the chain noted elsewhere with what is there now."""
        for seq, digest, where in noted:
            if seq == 0 or self.hashes.get(seq) == digest:
                continue
            what = "被截短" if seq not in self.hashes else "被重写"
            message = f"“{where}”记下的第 {seq} 条事件（{digest[:12]}…）与索引数据库不符：事件记录{what}过。"
            yield Discrepancy(code, ERROR, where, message, _REINDEX)


def noted_heads(root: Path, folders: list[str]) -> Iterator[Head]:
    """The heads that each project's 档案元数据.json holds."""
    for folder in folders:
        path = root / folder / METADATA
        try:
            head = json.loads(path.read_text("utf-8"))["events_head"]
            seq, digest = int(head["seq"]), str(head["hash"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        yield seq, digest, f"{folder}/{METADATA}"


__all__ = ["ANCHOR", "Head", "Records", "noted_heads"]
