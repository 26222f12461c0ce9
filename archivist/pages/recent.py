"""The software's answers in the folders beside the projects' own: 最近处理.html in 收件箱, 使用说明.html in the store.

And, for other processes, a sign of life. Nothing is written when nothing changed; a page that cannot be written
stops nobody: it is tried again with the next pass.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from archivist.core.checks.values import Rules
from archivist.core.document import Document
from archivist.core.model import Status
from archivist.core.overruling import told_in
from archivist.core.words.contact import on_pages, whom_to_ask
from archivist.core.words.copies import ASK_TO_PUT_BACK, what_became
from archivist.core.words.forms import FORM, is_wrong
from archivist.core.words.moved import by_whom
from archivist.core.words.outcomes import OUTCOMES
from archivist.core.words.times import full, short
from archivist.errors import StoreError
from archivist.index.holdings import RESTORED, News
from archivist.pages.guidepage import guide_html
from archivist.pages.recentpage import RecentPage, Result, Waiting, recent_html
from archivist.questions.misfiled import misfiled
from archivist.store.layout import GUIDE, RECENT
from archivist.system.clock import now
from archivist.system.fingerprints import fingerprint_of
from archivist.system.liveness import LAST_PASS, WATCH_HOLDER, Holder, LastPass, holder, last_pass
from archivist.workspace.resources import data_folder

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.index.writer import Index
    from archivist.store.vault import Store
    from archivist.workspace.opened import Workspace

_RESULTS, _TROUBLES = 100, 20
_GROUPS, _NAMES = 20, 30
_DOUBTED = 20
"""Projects, the newest first, whose files are held against them for each page."""

_GUIDE = "guide.html"
_BEAT_SECONDS = 60.0
_MAX_PAGE_BYTES = 4 << 20


class Answers:
    """Writes the pages and the sign of life of one workspace."""

    def __init__(self, workspace: Workspace, index: Index) -> None:
        self.workspace, self.index, self.store = workspace, index, workspace.store
        before = last_pass(self.store.private)
        self.settling = before.settling if before else 0
        self.lying = 0
        """How many complete files were left in 收件箱 for the next look."""
        self._said: tuple[Any, ...] | None = None
        self._beat: tuple[LastPass, float] | None = None

    # -- 使用说明 --------------------------------------------------------------------------------------------------

    def write_guide(self) -> None:
        """Write 使用说明.html into the store when it is missing or says something else."""
        write_guide(self.workspace)

    # -- 最近处理 --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Write 最近处理.html anew if anything it says has changed."""
        path = self.workspace.config.inbox / RECENT
        watcher = holder(self.store.private / WATCH_HOLDER)
        facts = (
            self.index.events.head()[0],
            self.settling,
            self.lying,
            self._waiting(),
            tuple(self.index.troubles.all()),
            tuple(tuple(row.values()) for row in self.index.attempts.failures()),
            watcher,
        )
        if facts == self._said and fingerprint_of(path) is not None:
            return
        page = self._page(watcher)
        data, digest = recent_html(page, full(datetime.now().astimezone()))
        if self._says(digest) or _written(self.store, data, path):
            self._said = facts

    def _says(self, digest: str) -> bool:
        """Whether the page that is there says the same."""
        path = self.workspace.config.inbox / RECENT
        try:
            if fingerprint_of(path) is None:
                return False
            with path.open("rb") as handle:
                return digest.encode() in handle.read(1000)
        except OSError:
            return False

    def _page(self, watcher: Holder | None) -> RecentPage:
        unfinished, review = self._waiting()
        names = self.workspace.config.store
        counts = [f"等待处理 {unfinished + self.lying + self.settling} 个文件", f"{names.review} {review} 件"]
        if self.lying:
            counts.insert(1, f"其中 {self.lying} 个还在{names.inbox}里等着收")
        if self.settling:
            counts.insert(1, f"其中 {self.settling} 个还在复制")
        stuck = [_failure(row) for row in self.index.attempts.failures()]
        told = [*stuck, *self.index.troubles.all()]
        left = [f"另有 {len(told) - _TROUBLES} 条"] if len(told) > _TROUBLES else []
        newest = self.index.holdings.newest(_RESULTS)
        doubts = self._doubts(newest)
        return RecentPage(
            _watching(watcher),
            watcher is not None,
            tuple(counts),
            tuple(_alarm(row) for row in self.index.standings.wrong()[:_TROUBLES]),
            tuple(_reopened(row) for row in self.index.deregistrations.reopened()[:_TROUBLES]),
            (*told[:_TROUBLES], *left),
            tuple(self._result(row, doubts) for row in newest),
            self._under_way(names.inbox) if unfinished else (),
            tuple(self.index.projects.astray()[:_TROUBLES]),
            on_pages(self.workspace.config.about.contact),
        )

    def _under_way(self, inbox: str) -> tuple[Waiting, ...]:
        """What was taken in and is not done, by the folder it was dropped in; the fewest first: whoever brought one looks
        for it.
        """
        found: dict[str, list[tuple[str, str]]] = {}
        for name, received in self.index.sources.unfinished_names():
            folder, _, last = name.rpartition("/")
            found.setdefault(folder, []).append((last, received))
        groups = sorted(found.items(), key=lambda group: (len(group[1]), group[0]))
        shown = [
            Waiting(
                folder or inbox, len(files), tuple(name for name, _ in files[:_NAMES]), short(files[-1][1])
            )
            for folder, files in groups[:_GROUPS]
        ]
        left = groups[_GROUPS:]
        if left:
            since = min(files[-1][1] for _, files in left)
            shown.append(
                Waiting(f"另外 {len(left)} 个文件夹", sum(len(f) for _, f in left), (), short(since))
            )
        return tuple(shown)

    def _waiting(self) -> tuple[int, int]:
        """How many received files are not finished, and how many documents wait in 待确认."""
        return self.index.sources.count_unfinished(), self.index.documents.count(Status.REVIEW)

    def _doubts(self, newest: Sequence[News]) -> dict[str, str]:
        """What speaks against the places of what people filed a moment ago, by document; of the newest projects only."""
        decided = (one.holding for one in newest)
        codes = dict.fromkeys(
            one.project for one in decided if one.status is Status.FILED and one.decided_by and one.project
        )
        if not codes:
            return {}
        rules = Rules(self.workspace.annex.items, self.workspace.procedure)
        today = datetime.now().astimezone().date()
        found = misfiled(self.index, rules, today, list(codes)[:_DOUBTED])
        return {one.document.id: one.finding.told for one in found}

    def _result(self, found: News, doubts: Mapping[str, str]) -> Result:
        row, at = found.holding, short(found.at)
        name = self._dropped(row.file.name)
        why = "；".join(row.reasons[:2])
        file = (row.path.rsplit("/", 1)[-1], f"../{row.path}") if row.path else ("", "")
        names = self.workspace.config.store
        if row.status is Status.FILED:
            place, doubt = self._place(row, found.project_name), doubts.get(row.id, "")
            look = [f"请看一看：{doubt}"] if doubt else []
            back = list(row.reasons[:1]) if found.act == RESTORED else []
            tone = "wait" if look or back else "ok"
            return Result(at, name, OUTCOMES[row.status], tone, place, "；".join([*back, *look]), *file)
        if row.status is Status.REVIEW:
            there = row.path.rpartition("/")[0] if row.path else names.review
            how = f"怎么办：打开看一看，再把它从“{there}”拖进“{names.projects}”里那个项目的对应文件夹。"
            return Result(at, name, OUTCOMES[row.status], "wait", why, how, *file)
        if row.file.kind == FORM:
            wrong = is_wrong(row.reasons)
            how = (
                "怎么办：照表旁边的说明改好，再放进来一次。"
                if wrong
                else f"怎么办：到“{names.papers}”里看，补齐【待填】。"
            )
            return Result(at, name, "填写表", "wait" if wrong else "ok", why, how, *file)
        if row.status is Status.DUPLICATE:
            return Result(at, name, OUTCOMES[row.status], "none", why)
        how = f"怎么办：按“{names.rejected}”里的说明处理好，再放进来。" if row.path else ""
        return Result(at, name, OUTCOMES[row.status], "gap", why, how, *file)

    def _dropped(self, name: str) -> str:
        """The name a file was dropped under; of one put into a project's folder, what follows the folder."""
        inside = name.startswith(f"{self.workspace.config.store.projects}/")
        return f"{name.rsplit('/', 1)[-1]}（直接放入项目档案）" if inside else name

    def _place(self, row: Document, project: str | None) -> str:
        item = next((rule for rule in self.workspace.annex.items if rule.number == row.item), None)
        what = f"第{row.item}项 {item.short}" if item else ""
        told = "，".join(one for one in (f"{by_whom(row.decided_by or '')}确认", told_in(row.reasons)) if one)
        by = f"（{told}）" if row.decided_by else ""
        return f"{row.project} {project or ''}，{what}{by}{self._after(row)}"

    def _after(self, row: Document) -> str:
        """That a document came after its project's 销号 and is no evidence for it."""
        gate = self.index.deregistrations.latest(row.project or "")
        if gate is None or not gate.standing or row.id in gate.documents:
            return ""
        return f"。这个项目 {gate.at[:10]} 已经销号，这份是以后归档的，请核对"

    # -- signs of life ---------------------------------------------------------------------------------------------

    def end_pass(self) -> None:
        """A pass went well: tell on the page and to other processes."""
        self.refresh()
        self._tell(LastPass(now(), os.getpid(), self.settling))

    def failed(self, error: str, seconds: float | None = None) -> None:
        """A pass could not be made and is tried again after ``seconds``, by itself if these are given."""
        again = ""
        if seconds is not None:
            again = (datetime.now().astimezone() + timedelta(seconds=seconds)).isoformat(timespec="seconds")
        self._tell(LastPass(now(), os.getpid(), self.settling, error, again))

    def leave(self) -> None:
        """We end: tell what a decision changed; when we were the watcher, that none is running any longer."""
        watcher = holder(self.store.private / WATCH_HOLDER)
        if watcher is None or watcher.pid != os.getpid():
            self.refresh()
            return
        data, _ = recent_html(self._page(None), full(datetime.now().astimezone()))
        _written(self.store, data, self.workspace.config.inbox / RECENT)

    def _tell(self, now: LastPass) -> None:
        """Note the pass when it went otherwise than the last, or a minute after."""
        clock = time.monotonic()
        if self._beat is not None:
            before, since = self._beat
            same = (before.settling, before.error, before.next) == (now.settling, now.error, now.next)
            if same and clock - since < _BEAT_SECONDS:
                return
        data = json.dumps(asdict(now), ensure_ascii=False).encode("utf-8", "replace")
        if _written(self.store, data, self.store.private / LAST_PASS):
            self._beat = (now, clock)


def write_guide(workspace: Workspace) -> None:
    """Write 使用说明.html into the store when it is missing or says something else than the template."""
    own = workspace.config.workspace / "doc_templates" / _GUIDE
    names = workspace.config.store
    data = guide_html(
        own if own.is_file() else data_folder("doc_templates") / _GUIDE,
        {
            "收件箱": names.inbox,
            "待确认": names.review,
            "项目档案": names.projects,
            "公文": names.papers,
            "退回": names.rejected,
            "联系人": whom_to_ask(workspace.config.about.contact),
        },
        [rule.folder for rule in workspace.annex.items],
    )
    path = workspace.config.store_root / GUIDE
    with suppress(OSError):
        if fingerprint_of(path) is None or path.read_bytes()[:_MAX_PAGE_BYTES] != data:
            _written(workspace.store, data, path)


def _written(store: Store, data: bytes, path: Path) -> bool:
    """Write a page if the store is there and lets us; folders of a store that is gone are not made."""
    if not store.is_there():
        return False
    try:
        store.write_status(data, path)
    except StoreError:
        return False
    return True


def _watching(watcher: Holder | None) -> str:
    if watcher is None:
        return "截至本页更新时，没有值守程序在运行：放入的文件要等管理员处理时才会归档。"
    return f"截至本页更新时，值守程序正在运行（自 {short(watcher.since)} 起）。放入的文件一般几秒内开始处理。"


def _failure(row: dict[str, Any]) -> str:
    again = datetime.fromtimestamp(row["next"]).astimezone().strftime("%m-%d %H:%M")
    return f"“{row['name']}”{row['error']}（已试 {row['count']} 次，{again} 自动再试）"


def _alarm(row: dict[str, Any]) -> str:
    told = f"“{row['path']}”{what_became(row['state'])}了（{short(row['since'])} 发现）。"
    return f"{told}收存的原件还在，{ASK_TO_PUT_BACK}（{row['document'] or '合并件'}）。"


def _reopened(row: dict[str, Any]) -> str:
    return f"{row['project']} {row['name']}：{short(row['reopened'])} {row['reason']}"
