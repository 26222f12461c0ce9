"""``verify``: hash everything again, check every record, say what is wrong and log the outcome (固定性核验).

Files are hashed without a lock, while a watcher works. What looks wrong then is looked at once more with the write lock
held, for a decision may have moved it meanwhile; records are checked with the lock held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archivist.errors import StoreError
from archivist.index.mirror import segments
from archivist.index.reader import open_reader
from archivist.pages.project import decision_page, refresh
from archivist.preservation.fixity.anchor import remembered_heads
from archivist.preservation.fixity.expected import (
    VAULT,
    Expected,
    compare,
    copies,
    is_file,
    originals,
    unexpected_in_folders,
    unexpected_in_vault,
)
from archivist.preservation.fixity.findings import (
    ALTERED,
    ANCHOR,
    ERROR,
    LOG,
    MISSING,
    UNEXPECTED,
    WARNING,
    Discrepancy,
    Report,
    Subject,
)
from archivist.preservation.fixity.hashing import SM3, Hashed, hash_file, hash_files
from archivist.preservation.fixity.records import Head, Records, noted_heads
from archivist.store.layout import DECISION_PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.index.reader import IndexReader
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_LOGGED_FINDINGS = 100


def verify(
    workspace: Workspace,
    again_sm3: bool = False,
    anchors: Sequence[Head] = (),
    already: Sequence[Discrepancy] = (),
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Check the whole archive.

    Args:
        again_sm3: check the second digest (SM3), too, where it is known; else it is only made where it is not.
        anchors: heads of the chain that were kept outside. already: what was found wrong before. stop: asked between
            files; what was not looked at then is not counted.

    Raises:
        StoreError: the index is gone or damaged, or the store is busy or refuses.
    """
    report = Report()
    with prepared(workspace) as index:
        expected = [*originals(index), *copies(index)]
    second = SM3 and workspace.config.fixity.sm3 == "yes"
    root = workspace.store.root
    wanted = ((one, f"{root}/{one.path}", _wants_sm3(one, second, again_sm3)) for one in expected)
    suspects, sm3 = [], {}
    for one, hashed in hash_files(wanted, stop):
        _count(report, one, hashed)
        if compare(one, hashed) is not None:
            suspects.append(one)
        elif one.role == VAULT and one.sm3 is None and hashed.sm3 is not None:
            sm3[one.sha256] = hashed.sm3
    with workspace.at_rest("verify", 600.0):
        with open_reader(workspace.index_path) as index:
            wrong = _still_wrong(workspace, index, suspects)
            report.findings = [*already, *wrong, *_strangers(workspace, index)]
            _check_records(workspace, index, report, anchors)
        _log(workspace, report, sm3)
    return report


@contextmanager
def prepared(workspace: Workspace) -> Iterator[IndexReader]:
    """The index open for reading, with the tables of this edition; an older edition's records enter the log first."""
    with workspace.locked("verify", 600.0), workspace.open_index() as index:
        if not segments(index.mirror.folder) and not index.events.carry_rows():
            index.settle()
    with open_reader(workspace.index_path) as reader:
        yield reader


def _wants_sm3(one: Expected, second: bool, again: bool) -> bool:
    return second and one.role == VAULT and (again or one.sm3 is None)


def _count(report: Report, one: Expected, hashed: Hashed) -> None:
    if one.role == VAULT:
        report.originals += 1
    else:
        report.copies += 1
    report.bytes += hashed.size


def _still_wrong(
    workspace: Workspace, index: IndexReader, suspects: Iterable[Expected]
) -> Iterator[Discrepancy]:
    """Look again at what looked wrong, as far as it is still expected where it was."""
    expected = {(one.path, one.sha256): one for one in [*originals(index), *copies(index)]}
    for suspect in suspects:
        one = expected.get((suspect.path, suspect.sha256))
        if one is None:
            continue
        finding = compare(one, hash_file(workspace.store.path(one.path), one.sm3 is not None))
        if finding is not None:
            yield finding


def _strangers(workspace: Workspace, index: IndexReader) -> list[Discrepancy]:
    config, store = workspace.config, workspace.store
    known = index.places.known()
    return [
        *unexpected_in_vault(store.root, store.vault, known),
        *unexpected_in_folders(store.root, (config.projects, config.review, config.rejected), known),
    ]


def check_records(
    workspace: Workspace, index: IndexReader, anchors: Sequence[Head] = ()
) -> tuple[Records, list[Discrepancy]]:
    """Look at all records: events, rows, text, and every head of the chain that was noted anywhere.

    The gate (销号) asks this, too: what `verify` finds wrong lets no project through.

    Args:
        anchors: heads kept outside; those of the anchors that were made here and can be read are looked at besides.
    """
    records = Records(index, workspace.index_path.with_name("events"))
    found = records.findings()
    folders = list(index.projects.folders().values())
    found += records.heads(noted_heads(workspace.store.root, folders))
    heads, wrong = remembered_heads(workspace.config)
    found += [*wrong, *records.heads(iter(dict.fromkeys((*anchors, *heads))), ANCHOR)]
    return records, found


def _check_records(workspace: Workspace, index: IndexReader, report: Report, anchors: Sequence[Head]) -> None:
    records, found = check_records(workspace, index, anchors)
    report.findings += found
    report.events, report.head = len(records.hashes), records.head


def _log(workspace: Workspace, report: Report, sm3: dict[str, str]) -> None:
    """Log the outcome, and the second digests that were made; a log that cannot be written is told, too."""
    try:
        with workspace.open_index() as index:
            index.digests.put(sm3)
            told = list(decision_pages(workspace, index, index.projects.folders()))
            report.findings += told
            reopened = reopen_damaged(index, report.findings)
            refresh(workspace, index, [*reopened, *(finding.known.project or "" for finding in told)])
            with index.change():
                told = report.findings[:_LOGGED_FINDINGS]
                index.event("verified", "", **{**report.record(told), "count": len(report.findings)})
    except StoreError as error:
        message = f"这次核验的结果没有记入日志：{error.message}"
        report.findings.append(Discrepancy(LOG, WARNING, "index.db", message, "先处理上面列出的问题。"))


def decision_pages(workspace: Workspace, index: Index, folders: Mapping[str, str]) -> Iterator[Discrepancy]:
    """Pages of decisions (销号决定) in these projects' ``folders`` that say otherwise than the records, or that no
    record backs.

    Ours are put right with the project's other pages; one that was taken away is made again by the next pass.
    """
    decided, stale = index.deregistrations.projects(), set(index.projects.stale())
    for code, folder in sorted(folders.items()):
        where = f"{folder}/{DECISION_PAGE}"
        path = workspace.store.path(where)
        if code in stale or not is_file(path):
            continue
        gate = index.deregistrations.latest(code) if code in decided else None
        if gate is None:
            message = f"项目 {code} 没有销号的记录，文件夹里却有“{where}”。"
            advice = "本软件写的已经移到一旁（.archivist/aside）；不是的话，请查明是谁放的，把它移走。"
            yield Discrepancy(UNEXPECTED, ERROR, where, message, advice, Subject(project=code))
        elif _differs(path, decision_page(index, gate)):
            message = f"项目 {code} 的“{where}”与记录不符，已按记录重新写出。"
            advice = "软件升级后第一次核验会这样；不是的话，请查明是谁改过这一页。"
            yield Discrepancy(ALTERED, WARNING, where, message, advice, Subject(project=code))


def _differs(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() != data
    except OSError:
        return True


def reopen_damaged(index: Index, findings: Iterable[Discrepancy]) -> list[str]:
    """Reopen the projects that were deregistered (销号) on evidence that is damaged or gone; return their codes."""
    reopened = []
    for finding in findings:
        if finding.severity == ERROR and finding.code in {ALTERED, MISSING}:
            why = f"核验发现{finding.message.rstrip('。')}"
            reopened += index.deregistrations.reopen_for_file(finding.path, why)
    return reopened
