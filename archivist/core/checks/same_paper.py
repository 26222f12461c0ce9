"""Whether one paper serves as evidence once: a copy of it under another item, or for another project, proves nothing.

The same paper is the same pages of the same bytes, or the same copy. Minutes that decide on several projects (集中认定)
serve the same item of each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited, outcome_of
from archivist.core.document import Holding
from archivist.core.model import Severity
from archivist.core.rules import SharedRule

CODES = ("same-paper",)


def same_paper(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """All documents against each other, and against what other projects have of them."""
    rule = rules.procedure.shared
    if rule is None:
        return
    found = tuple(_findings(file, rules, rule))
    told = f"{len(file.documents)} 件归档的材料" if file.documents else "没有材料可看"
    outcome = outcome_of(found) if file.documents else Outcome.NOT_NEEDED
    yield Checked("same-paper", "一份文件只作一项材料", cited(rule), outcome, told, found)


def _findings(file: ProjectFile, rules: Rules, rule: SharedRule) -> Iterator[Finding]:
    """One for each item that another one's paper stands in, however many papers."""
    alike = _alike(file)
    for one in file.documents:
        others = sorted({str(two.item) for two in alike[one.id] if two.item != one.item})
        places = [f"第{'、'.join(others)}项"] if others else []
        foreign = [
            place
            for place in file.elsewhere.get(one.id, ())
            if not (one.item in rule.items and place.item == one.item)
        ]
        places += [f"项目 {place.project} 的第{place.item}项（{place.document}）" for place in foreign]
        if places:
            message = (
                f"第{one.item}项“{rules.item(one.item).short}”的{one.called}和{'、'.join(places)}的材料是同一份文件。"
                "一份文件只能作一个项目的一项材料：请留下该留的一处，其余的退回或换成真正的材料。"
            )
            yield Finding(
                file.code,
                one.item,
                "same-paper",
                Severity.ERROR,
                message,
                one.id,
                one.first,
                clause=cited(rule),
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
