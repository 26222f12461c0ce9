"""Whether one paper serves as evidence once: a copy of it under another item, or for another project, proves nothing.

The same paper is the same pages of the same bytes, or the same copy. Minutes that decide on several projects (集中认定)
serve the same item of each of them; into another project that they do not name a person put them, which is told here, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.naming import names_project
from archivist.core.checks.values import (
    Checked,
    Elsewhere,
    Finding,
    Outcome,
    ProjectFile,
    Rules,
    cited,
    outcome_of,
)
from archivist.core.document import Holding
from archivist.core.model import Severity
from archivist.core.rules import SharedRule
from archivist.core.words.doing import ASTRAY, ONE_PLACE, Doing

CODES = ("same-paper", "paper-elsewhere")


def same_paper(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """All documents against each other, and against what other projects have of them."""
    rule = rules.procedure.shared
    if rule is None:
        return
    found = tuple(_findings(file, rules, rule))
    told = f"{len(file.documents)} 件归档的材料" if file.documents else "没有材料可看"
    wrong = tuple(one for one in found if one.severity is Severity.ERROR)
    outcome = outcome_of(wrong) if file.documents else Outcome.NOT_NEEDED
    yield Checked("same-paper", "一份文件只作一项材料", cited(rule), outcome, told, found)


def _findings(file: ProjectFile, rules: Rules, rule: SharedRule) -> Iterator[Finding]:
    """One for each item that another one's paper stands in, however many papers."""
    alike = _alike(file)
    for one in file.documents:
        others = sorted({str(two.item) for two in alike[one.id] if two.item != one.item})
        places = [f"第{'、'.join(others)}项"] if others else []
        foreign = [place for place in file.elsewhere.get(one.id, ()) if not _serves_both(one, place, rule)]
        places += [f"项目 {place.project} 的第{place.item}项（{place.document}）" for place in foreign]
        if places:
            what = f"第{one.item}项“{rules.item(one.item).short}”的{one.called}和{'、'.join(places)}的材料是同一份文件。"
            yield _finding(file, rule, "same-paper", Severity.ERROR, one, what, ONE_PLACE)
            continue
        astray = [place for place in file.elsewhere.get(one.id, ()) if _astray(one, place, file.code)]
        if astray:
            named = "、".join(
                f"项目 {place.project} 的第{place.item}项（{place.document}）" for place in astray
            )
            what = f"第{one.item}项的{one.called}也被放进了{named}，上面没有写{'它们' if len(astray) > 1 else '它'}。"
            yield _finding(file, rule, "paper-elsewhere", Severity.INFO, one, what, ASTRAY)


def _serves_both(one: Holding, place: Elsewhere, rule: SharedRule) -> bool:
    """Whether a paper may be the same item's of several projects."""
    return one.item in rule.items and place.item == one.item


def _astray(one: Holding, place: Elsewhere, code: str) -> bool:
    """Whether a paper that names this project was put by a person into another one that it does not name."""
    return place.by_person and names_project(one, code) and not names_project(one, place.project)


def _finding(
    file: ProjectFile,
    rule: SharedRule,
    code: str,
    severity: Severity,
    one: Holding,
    what: str,
    do: Doing,
) -> Finding:
    return Finding(
        file.code,
        one.item,
        code,
        severity,
        what + do.command,
        one.id,
        one.first,
        clause=cited(rule),
        in_folder=what + do.folder,
    )


def _alike(file: ProjectFile) -> dict[str, list[Holding]]:
    """By document the others that are the same paper; found by their hashes, so that many cost no more than their number."""
    by_hash: dict[str, list[Holding]] = {}
    for one in file.documents:
        for sha256 in {one.file.sha256, one.path_sha256 or one.file.sha256}:
            by_hash.setdefault(sha256, []).append(one)
    return {
        one.id: [
            two
            for sha256 in {one.file.sha256, one.path_sha256 or one.file.sha256}
            for two in by_hash[sha256]
            if two.id != one.id and _same(one, two)
        ]
        for one in file.documents
    }


def _same(one: Holding, two: Holding) -> bool:
    if one.path_sha256 is not None and one.path_sha256 == two.path_sha256:
        return True
    return one.file.sha256 == two.file.sha256 and one.first <= two.last and two.first <= one.last
