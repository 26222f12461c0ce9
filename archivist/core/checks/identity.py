"""Whether papers that are about one project name this one (项目不符): their 项目编号 against the register's, that of
now and those it had before (曾用编号).

Minutes name several projects, so they are not asked. A paper without a number says nothing either way.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity
from archivist.core.rules import IdentityRule
from archivist.core.words.doing import MOVE_AWAY

CODES = ("other-project",)

_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""What a reader of scans confuses."""


def identity(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """All documents of the items asked for that hold a project's number."""
    rule = rules.procedure.identity
    if rule is None:
        return
    asked = [
        (one, fact)
        for one in file.documents
        if one.item in rule.items
        for fact in one.facts
        if fact.name == rule.fact
    ]
    own = {_plain(code) for code in (file.code, *(old for old, _ in file.formerly))}
    wrong = tuple(_finding(file, rule, one, fact) for one, fact in asked if _plain(fact.value) not in own)
    told = f"{len(asked)} 件写有{rule.fact}的材料" if asked else f"材料里没有读到{rule.fact}"
    outcome = Outcome.BREACHED if wrong else Outcome.PASSED if asked else Outcome.NOT_NEEDED
    items = "、".join(map(str, rule.items))
    yield Checked("identity", f"第{items}项材料写的是本项目", rule.clause, outcome, told, wrong)


def _finding(file: ProjectFile, rule: IdentityRule, one: Holding, fact: Fact) -> Finding:
    what = f"第{one.item}项的{one.called}写的{rule.fact}是“{fact.value}”，不是 {file.code}。"
    return Finding(
        file.code,
        one.item,
        "other-project",
        Severity.WARNING,
        what + MOVE_AWAY.command,
        one.id,
        fact.page,
        fact.quote,
        rule.clause,
        in_folder=what + MOVE_AWAY.folder,
    )


def _plain(code: str) -> str:
    """A number's letters and digits, those that scans confuse made one."""
    return "".join(char for char in code.upper() if char.isalnum()).translate(_ALIKE)
