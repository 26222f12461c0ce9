"""What goes into a package of one project, asked of the index in one look: files to copy, and texts that are made.

Nothing is read of the files themselves here. Everything that tells of the project is part of `Gathered.state`: whoever
has written a package holds it against the state as it is then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from archivist import __version__
from archivist.core.catalogue.completeness import Completeness, ItemState
from archivist.core.catalogue.itemname import item_name
from archivist.core.catalogue.states import states_of
from archivist.core.checks.values import Rules
from archivist.core.describe import describe
from archivist.core.document import Holding
from archivist.core.drafts.closing import PAGED
from archivist.core.model import Status
from archivist.core.package import proof, records
from archivist.core.package.contents import COPIES, Act, Contents, Item, Paper
from archivist.core.package.names import PAYLOAD
from archivist.core.register import project_from_record
from archivist.core.rootcode import prints_a_root
from archivist.core.words.copies import gives_way, in_short
from archivist.core.words.decided import who_decided
from archivist.core.words.times import minute
from archivist.drafts.volume import lists_of
from archivist.errors import BadInputError, FixityError, StoreError
from archivist.questions.evidence import lost_evidence
from archivist.store.layout import METADATA

if TYPE_CHECKING:
    from datetime import date

    from archivist.core.archive.lists import ArchiveRow
    from archivist.core.decision import Deregistration
    from archivist.core.project import Project
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace

CATALOGUE, DECISION, DECISION_RECORD = "归档目录.docx", "销号决定.html", "销号决定.json"
COMBINED = "合并扫描原件"


@dataclass(frozen=True, slots=True)
class ToCopy:
    """A file of the store that goes into the package: ``name`` from the package's folder, ``what`` as people call it."""

    path: str
    name: str
    sha256: str
    what: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """One project at one moment.

    Attributes:
        folder: what the package is called. files: what is copied. made: texts that go with them, by name.
        derived: searchable copies, left out and told where they are not as they were made.
        state: a digest of all that the index says of the project.
    """

    folder: str
    contents: Contents
    files: tuple[ToCopy, ...]
    derived: tuple[ToCopy, ...]
    made: Mapping[str, bytes]
    claims: Mapping[str, Any]
    state: str


def gathered(workspace: Workspace, index: IndexReader, code: str, day: date, by: str) -> Gathered:
    """All that a package of project ``code`` holds.

    Raises:
        BadInputError: the register has no such project. FixityError: a filed paper is not as it was filed, as far as the
            index knows. StoreError: a paper does not lie where its project's folder is.
    """
    row = index.projects.find(code)
    if row is None:
        raise BadInputError(f"台账里没有项目编号“{code}”。请用 archivist register list 查看编号。")
    project = project_from_record(json.loads(row["record"]))
    held = [one for one in index.holdings.filed(code) if one.path]
    _all_as_filed(held)
    root = f"{row['folder']}/"
    combined = index.copies.below(str(row["folder"])) if row["folder"] else {}
    gate = index.deregistrations.latest(code)
    lost = lost_evidence(index, [code]).get(code, "")
    standing = gate if gate is not None and gate.standing and gate.decision is not None and not lost else None
    (file,) = index.project_files.of([code])
    rules = Rules(workspace.annex.items, workspace.procedure)
    states = states_of(file, rules, day)
    lists = lists_of(workspace, index, code)
    listed = {document: line for line in lists.rows for document in line.documents}
    papers = tuple(
        _paper(index, one, root, item_names(workspace, project), listed.get(one.id))
        for one in sorted(held, key=lambda one: (one.item or 0, one.date or "", one.id))
    )
    files = (
        *(
            ToCopy(one.path or "", f"{PAYLOAD}/{_below(one, root)}", one.path_sha256 or "", one.called)
            for one in held
        ),
        *(
            ToCopy(path, f"{PAYLOAD}/{path.removeprefix(root)}", sha, f"“{path}”")
            for path, sha in combined.items()
        ),
    )
    events = index.events.about(*_subjects(row, held))
    claims = _claims(index, code, held, standing, _counting(file.documents), root, events)
    contents = _contents(
        workspace, project, day, by, states, rules, papers, claims["root"], tuple(_acts(events))
    )
    contents = replace(contents, decided=_decided(standing), reopened=_reopened(gate, lost))
    return Gathered(
        str(row["folder"] or "").rpartition("/")[2],
        contents,
        files,
        tuple(_searchable(index, held, workspace.config.store.copies)),
        _made(index, row, held, gate, contents, claims, events),
        claims,
        _state(row, index, code, held, combined, gate, lost, states, lists),
    )


def _contents(
    workspace: Workspace,
    project: Project,
    day: date,
    by: str,
    states: Completeness,
    rules: Rules,
    papers: tuple[Paper, ...],
    root: str,
    acts: tuple[Act, ...],
) -> Contents:
    """What the package tells of the project, but for the decision."""
    return Contents(
        code=project.code,
        name=project.name,
        township=project.township,
        village=project.village,
        department=project.department or "",
        category=project.category or "",
        day=day.isoformat(),
        by=by,
        agency=workspace.config.generation.issuer.strip(),
        software=f"archivist {__version__}",
        items=tuple(
            Item(
                rule.number,
                item_name(rule, project),
                found.told,
                found.state in _ENOUGH,
                rule.required,
                rule.clause,
            )
            for rule, found in zip(rules.items, states.items, strict=True)
        ),
        papers=papers,
        complete=states.complete,
        root=root,
        acts=acts,
    )


_ENOUGH = frozenset({ItemState.PRESENT, ItemState.WAIVED, ItemState.OPTIONAL})


def item_names(workspace: Workspace, project: Project) -> dict[int, str]:
    """The items' names for this project, by number."""
    return {rule.number: item_name(rule, project) for rule in workspace.annex.items}


def _all_as_filed(held: Iterable[Holding]) -> None:
    wrong = [f"{one.called}{in_short(one.wrong)}" for one in held if one.wrong]
    if wrong:
        raise FixityError(
            f"归档文件不是归档时的样子，没有导出：{'；'.join(wrong[:5])}。请先运行 archivist repair 放回原件，再导出。"
        )


def _below(one: Holding, root: str) -> str:
    path = one.path or ""
    if not path.startswith(root):
        raise StoreError(f"{one.called}不在项目的文件夹里，没有导出。请先运行 archivist ingest，再导出。")
    return path.removeprefix(root)


def _paper(
    index: IndexReader, one: Holding, root: str, names: Mapping[int, str], line: ArchiveRow | None
) -> Paper:
    """A paper as a package tells of it; ``line`` is its row in the lists of the archive, None for what is in none."""
    paged = one.file.kind in PAGED
    count = one.last - one.first + 1 - index.pages.blank(one.source, one.first, one.last)
    first = index.events.first(one.id)
    event = None if first is None else index.events.find(first)
    return Paper(
        id=one.id,
        item=one.item or 0,
        item_name=names.get(one.item or 0, ""),
        path=_below(one, root),
        sha256=one.path_sha256 or "",
        size=0,
        title=one.title or "",
        date=one.date or "",
        responsible=(line and line.responsible) or one.responsible or "",
        pages=count if paged else None,
        original=one.original or "",
        counts=one.replaced_by is None,
        registered=event["at"] if event else one.file.received,
        registrar=one.decided_by or (event["actor"] if event else ""),
        source=one.file.name,
        source_sha256=one.file.sha256,
        number=line.code if line else "",
        reference=line.number if line else "",
        secrecy=line.secrecy if line else "",
        retention=line.retention if line else "",
        remark=gives_way(one, f" {one.replaced_by} ") if one.replaced_by else "",
    )


def _searchable(index: IndexReader, held: Iterable[Holding], copies: str) -> Iterator[ToCopy]:
    """Searchable copies, under the same folders as their papers."""
    for one in held:
        found = index.searchable.find(one.id) if one.searchable else None
        if found is not None and found.path and found.sha256 and one.path:
            item = one.path.rpartition("/")[0].rpartition("/")[2]
            name = found.path.rpartition("/")[2]
            yield ToCopy(found.path, f"{PAYLOAD}/{COPIES}/{item}/{name}", found.sha256, one.id)


def _subjects(row: Mapping[str, Any], held: Sequence[Holding]) -> tuple[set[str], set[tuple[str, int]]]:
    former = {old for old, *_ in json.loads(row["formerly"])}
    return {row["code"], *former, *(one.id for one in held)}, {(one.file.name, one.file.id) for one in held}


def _counting(documents: Iterable[Holding]) -> set[str]:
    return {one.id for one in documents if not prints_a_root(one)}


def _claims(
    index: IndexReader,
    code: str,
    held: Sequence[Holding],
    standing: Deregistration | None,
    counting: set[str],
    root: str,
    events: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """What the proof says; what the decision rests on where one stands, else what counts now."""
    decision = None if standing is None else standing.decision
    if decision is not None:
        counting = {one.id for one in held if one.id in decision.evidence() and not prints_a_root(one)}
    rests = [
        proof.Rests(one.item or 0, one.id, one.path_sha256 or "", f"{PAYLOAD}/{_below(one, root)}")
        for one in held
        if one.id in counting
    ]
    decided = [one["seq"] for one in events if one["act"] == "deregistered" and one["subject"] == code]
    said = proof.claims(
        code,
        rests,
        index.events.head(),
        decided[-1] if decision is not None and decided else None,
        [one["seq"] for one in events],
    )
    if decision is not None and decision.root and decision.root != said["root"]:
        raise FixityError(
            f"项目 {code} 销号决定里的归档根码，与现在的材料算出来的不一致，没有导出。请先运行 archivist verify 查明。"
        )
    return said


def _decided(standing: Deregistration | None) -> str:
    if standing is None or standing.decision is None:
        return ""
    return f"{who_decided(standing.decision)} 于 {minute(standing.at)} 办理销号"


def _reopened(gate: Deregistration | None, lost: str) -> str:
    if lost:
        return f"曾办理销号，现在不算：{lost}"
    if gate is None or gate.standing:
        return ""
    return f"曾于 {minute(gate.at)} 销号，{minute(gate.reopened or '')} 重新打开：{gate.reason}"


_ACTS = {
    "received": "收到材料",
    "identified": "识别、归档材料",
    "assigned": "人工确认归档",
    "rejected": "退回材料",
    "undone": "撤销决定",
    "waived": "定为免交",
    "waiver withdrawn": "取消免交",
    "overridden": "负责人核定",
    "override withdrawn": "取消核定",
    "proposed": "提请销号",
    "proposal withdrawn": "撤回提请",
    "deregistered": "办理销号",
    "reopened": "重新打开",
    "renumbered": "换项目编号",
    "corrected": "更正台账",
    "described": "登记日期、原件或复印件",
    "version": "指定以哪个版本为准",
    "repaired": "放回原件",
}
"""Acts that a reader of the package is told of; all are in the slice of the log."""


def _acts(events: Iterable[Mapping[str, Any]]) -> Iterator[Act]:
    for one in events:
        if what := _ACTS.get(one["act"]):
            yield Act(minute(one["at"]), one["actor"], f"{what}：{one['subject'].rpartition('/')[2]}")


def _made(
    index: IndexReader,
    row: dict[str, Any],
    held: Sequence[Holding],
    gate: Deregistration | None,
    contents: Contents,
    claims: Mapping[str, Any],
    events: Iterable[Mapping[str, Any]],
) -> dict[str, bytes]:
    """Texts of the payload that rest on the index alone."""
    from archivist.pages.decisionpage import decision_html
    from archivist.pages.metadata import metadata

    made: dict[str, bytes] = {
        METADATA: metadata(index, row, held, gate),
        proof.CLAIMS: _json(claims),
        proof.EVENTS: "".join(json.dumps(dict(one)) + "\n" for one in events).encode("ascii"),
        proof.ABOUT: proof.about(claims).encode("utf-8-sig"),
    }
    if gate is not None and gate.decision is not None:
        links = {one.id: one.path for one in contents.papers}
        made[DECISION] = decision_html(gate, index.deregistrations.earlier(contents.code), links)
        told = {"decision": gate.decision.record(), "reopened": gate.reopened, "reason": gate.reason}
        made[DECISION_RECORD] = _json(told)
    return {f"{PAYLOAD}/{name}": data for name, data in made.items()}


def of_papers(contents: Contents) -> dict[str, bytes]:
    """Lists of the payload, once it is known how large each paper is and which copies came along."""
    made: tuple[tuple[str, Callable[[], str], str], ...] = (
        (records.FILE_LIST, lambda: records.file_list(contents), "utf-8"),
        (records.METADATA, lambda: records.metadata(contents), "utf-8"),
        (records.LIST_XML, lambda: records.list_xml(contents.papers), "utf-8"),
        (records.LIST_CSV, lambda: records.list_csv(contents.papers), "utf-8-sig"),
        (records.README, lambda: records.readme(contents), "utf-8-sig"),
    )
    return {f"{PAYLOAD}/{name}": make().encode(encoding, "replace") for name, make, encoding in made}


def _json(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _state(
    row: Mapping[str, Any], index: IndexReader, code: str, held: Iterable[Holding], *rest: object
) -> str:
    """A digest of all that the index says of the project; what other projects do meanwhile changes nothing."""
    told = [
        sorted((name, str(value)) for name, value in row.items() if name != "stale"),
        [(describe(one), one.wrong) for one in held if one.status is Status.FILED],
        sorted(map(repr, index.waivers.of(code).values())),
        [one.whole() for one in index.overrides.of(code)],
        list(map(repr, rest)),
    ]
    words = json.dumps(told, ensure_ascii=False, default=repr)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
