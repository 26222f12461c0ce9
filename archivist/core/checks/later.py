"""What a person should know of a project though no rule is broken: what waits, what came after its 销号, where its folder
lies.
"""

from __future__ import annotations

from collections.abc import Iterator

from archivist.core.checks.values import Finding, ProjectFile
from archivist.core.folderplace import lies_otherwise
from archivist.core.model import Severity
from archivist.core.words.doing import close_again, confirm

CODES = ("waiting", "reopened", "after-deregistration", "proposal-waits", "override-void", "folder-elsewhere")


def later(file: ProjectFile) -> Iterator[Finding]:
    """Never in the way of anything."""
    there = {one.item for one in file.documents}
    for one in file.waiting:
        if one.item in there:
            message = f"{one.called}在待确认里，可能是第{one.item}项的另一份材料。"
            yield Finding(file.code, one.item, "waiting", Severity.INFO, message, one.id)
    if file.proposal is not None:
        what, do = f"{file.proposal.told}销号，", confirm(file.code)
        yield Finding(
            file.code,
            None,
            "proposal-waits",
            Severity.INFO,
            what + do.command,
            in_folder=what + do.folder,
        )
    for override in file.overrides:
        if why := override.void(file.documents):
            message = (
                f"对 {override.document} 的负责人核定（{override.key}）不算数了：这份材料{why}。"
                "还有问题的，由负责人看着现在的材料重新核定。"
            )
            yield Finding(
                file.code, override.item, "override-void", Severity.INFO, message, override.document
            )
    yield from _folder(file)
    gate = file.gate
    if gate is None:
        return
    if not gate.standing:
        what = f"{gate.at[:10]} 由 {gate.actor} 销号，{(gate.reopened or '')[:10]} 重新打开：{gate.reason}。"
        do = close_again(file.code)
        yield Finding(
            file.code, None, "reopened", Severity.INFO, what + do.command, in_folder=what + do.folder
        )
        return
    for one in file.documents:
        if one.id not in gate.documents:
            message = (
                f"{one.called}是 {gate.at[:10]} 销号以后归档的，不在销号决定的证据里。请核对要不要重新办理。"
            )
            yield Finding(file.code, one.item, "after-deregistration", Severity.INFO, message, one.id)


def _folder(file: ProjectFile) -> Iterator[Finding]:
    """That the project's folder lies, or is called, otherwise than the register says."""
    if file.folder is None or file.register is None:
        return
    lies = lies_otherwise(file.code, file.name, file.register.township, file.folder)
    if lies is not None:
        yield Finding(
            file.code,
            None,
            "folder-elsewhere",
            Severity.INFO,
            lies.what + lies.do.command,
            in_folder=lies.what + lies.do.folder,
        )
