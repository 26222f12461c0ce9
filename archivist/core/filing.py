"""FilingPlan (归档方案): where each document of a source will stand, decided before anything is moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from archivist.core.identification import Identification
from archivist.core.model import Candidate, Status, best_seen
from archivist.core.naming import archival_name, project_folder, safe_name, safe_suffix, township_folder
from archivist.core.paper.facts import doubts, of_project
from archivist.core.paper.marks import joined_marks
from archivist.core.paper.outcomes import UNSURE
from archivist.core.project import Project
from archivist.core.rules import Annex
from archivist.core.words import evidence
from archivist.core.words.moved import by_whom

_KIND_UNKNOWN = 0.3
"""What identification multiplies a project's score by when the kind of document is not known."""

TOGETHER = "00 合并扫描原件"
"""Where a project keeps the untouched scan that its documents were cut from."""


_BELOW_A_TOWNSHIP = 2
"""A project's folder lies in 项目档案 and in its township's; one that people moved up tells no township."""


@dataclass(frozen=True, slots=True)
class FolderDecision:
    """A person's decision, made by the folder a file was put into: the project and maybe the item."""

    project: str
    item: int | None
    person: str


@dataclass(frozen=True, slots=True)
class FilingPlan:
    """One document's place: ``folder`` parts below the store's root and ``name``; ``whole`` is False for a cut."""

    found: Identification
    status: Status
    project: str | None
    item: int | None
    confidence: float
    folder: tuple[str, ...]
    name: str
    whole: bool
    reasons: tuple[str, ...]
    decided_by: str | None = None


@dataclass(frozen=True, slots=True)
class Folders:
    """The folder names people see (archivist.toml, [store])."""

    review: str
    projects: str
    rejected: str


def likely(candidate: Candidate, least: float) -> bool:
    """Whether a guess is strong enough to be told to people as one about this project.

    Args:
        least: the score it needs (0..1). A guess that names no item is measured by how well the project fits.
    """
    return candidate.score >= least * (_KIND_UNKNOWN if candidate.item is None else 1.0)


def project_path(folders: Folders, project: Project) -> tuple[str, ...]:
    """The folder of a project: 项目档案/<镇街>/<项目编号 项目名称>."""
    return (folders.projects, township_folder(project.township), project_folder(project.code, project.name))


def plan_filing(
    found: Sequence[Identification],
    source_name: str,
    places: Mapping[str, tuple[str, ...]],
    folders: Folders,
    annex: Annex,
    decision: FolderDecision | None = None,
    least_guess: float = 0.0,
) -> list[FilingPlan]:
    """Decide every document's place.

    Args:
        found: the identifications of one source, in page order.
        source_name: the name it was dropped under.
        places: project folders (parts below the root) by project code.
        decision: a person's, when the file was dropped into a project's folder.
        least_guess: a guess below this score (0..1) is about no project; it stays among the candidates.
    """
    if decision is not None and decision.item is not None:
        return [_by_decision(found, source_name, places, annex, decision)]
    whole = len(found) == 1
    planned: list[FilingPlan] = []
    for read in found:
        part = read if decision is None else _within_project(read, decision)
        if part.decided:
            planned += [_filed(part, c, source_name, places, annex, whole) for c in part.decided]
        else:
            least = least_guess if decision is None else 0.0
            planned.append(_open(part, source_name, places, folders, whole, least))
    return planned


def _filed(
    part: Identification,
    winner: Candidate,
    source_name: str,
    places: Mapping[str, tuple[str, ...]],
    annex: Annex,
    whole: bool,
    decided_by: str | None = None,
) -> FilingPlan:
    assert winner.project is not None and winner.item is not None
    rule = annex.item(winner.item)
    name = archival_name(rule.number, rule.short, part.date, part.title, safe_suffix(source_name))
    reasons = (
        part.reasons if len(part.decided) <= 1 else (*part.reasons, *map(evidence.cited, winner.evidence))
    )
    folder = (*places[winner.project], rule.folder)
    own = of_project(part.facts, winner.project)
    return FilingPlan(
        replace(part, facts=own),
        Status.FILED,
        winner.project,
        winner.item,
        winner.score,
        folder,
        name,
        whole,
        (*reasons, *doubts(own, UNSURE)),
        decided_by,
    )


def _open(
    part: Identification,
    source_name: str,
    places: Mapping[str, tuple[str, ...]],
    folders: Folders,
    whole: bool,
    least_guess: float,
) -> FilingPlan:
    """What a person has to look at; only a whole file that is plainly no archive material is sent back."""
    rejected = whole and not part.archival
    best = part.candidates[0] if part.candidates else Candidate(None, None, 0.0)
    name = waiting_name(source_name, None if whole else (part.first, part.last))
    if rejected:
        status, project, item = Status.REJECTED, None, None
        folder: tuple[str, ...] = (folders.rejected,)
    else:
        status, (project, item) = Status.REVIEW, guessed(best, least_guess)
        folder = waiting_folder(folders, project, source_name, places)
    return FilingPlan(part, status, project, item, best.score, folder, name, whole, part.reasons)


def guessed(best: Candidate, least: float) -> tuple[str | None, int | None]:
    """Project and item that a waiting document counts for: a weak guess counts for no project."""
    return (best.project if likely(best, least) else None), best.item


def waiting_folder(
    folders: Folders, project: str | None, source_name: str, places: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The folder in 待确认, as parts below the root: of the township (镇街) whose project it may be; where that is not
    known, of the township that a folder it was dropped in is called by, else of the outermost of these, if any: whoever
    brought it looks there.
    """
    place = places.get(project or "", ())
    if len(place) > _BELOW_A_TOWNSHIP:
        return folders.review, place[1]
    parts = source_name.replace("\\", "/").split("/")[:-1]
    if parts and parts[0] in {folders.projects, folders.review, folders.rejected}:
        parts = parts[1:]
    townships = (
        sorted({place[1] for place in places.values() if len(place) > _BELOW_A_TOWNSHIP}) if parts else []
    )
    for part in parts:
        if (called := next((one for one in townships if one in part), None)) is not None:
            return folders.review, called
    return (folders.review, safe_name(parts[0].removesuffix("!"), 40)) if parts else (folders.review,)


def waiting_name(source_name: str, pages: tuple[int, int] | None) -> str:
    """The name in 待确认 or 退回: as it was dropped (the folder it came from left out), with pages for a part."""
    last = last_part(source_name)
    suffix = safe_suffix(last)
    stem = safe_name(last.removesuffix(last[len(last) - len(suffix) :]) if suffix else last, 70)
    if pages is not None:
        stem += f" {evidence.pages(*pages)}"
    return stem + suffix


def last_part(source_name: str) -> str:
    """The file's own name, without the folders or the archive it came in."""
    return source_name.replace("\\", "/").rsplit("/", 1)[-1]


def _by_decision(
    found: Sequence[Identification],
    source_name: str,
    places: Mapping[str, tuple[str, ...]],
    annex: Annex,
    decision: FolderDecision,
) -> FilingPlan:
    """The whole file is one document of the item whose folder it was put into; what was read is kept as advice."""
    first = found[0]
    own = [one for part in found for one in part.candidates[3:] if one.project == decision.project]
    candidates = (*(one for part in found for one in part.candidates[:3]), *own[:1])
    asked = annex.item(decision.item).kinds if decision.item is not None else ()
    part = replace(
        first,
        first=1,
        last=found[-1].last,
        candidates=candidates,
        decided=(),
        archival=True,
        attached=False,
        reasons=_decision_reasons(found, decision, annex),
        facts=tuple(fact for part in found for fact in part.facts),
        marks=joined_marks([part.marks for part in found]),
        of_kind=next((part.of_kind for part in found if part.of_kind in asked), first.of_kind),
        sealed=best_seen([part.sealed for part in found]) or first.sealed,
        signed=best_seen([part.signed for part in found]) or first.signed,
    )
    winner = Candidate(decision.project, decision.item, 1.0)
    return _filed(part, winner, source_name, places, annex, True, decision.person)


def _decision_reasons(
    found: Sequence[Identification], decision: FolderDecision, annex: Annex
) -> tuple[str, ...]:
    reasons = [f"{by_whom(decision.person)}放入归档文件夹"]
    for part in found:
        for winner in part.decided:
            if winner.project != decision.project:
                reasons.append(f"提醒：文字内容像项目 {winner.project} 的材料，请核对")
            elif winner.item != decision.item and winner.item is not None:
                reasons.append(f"提醒：文字内容像第{winner.item}项“{annex.item(winner.item).short}”，请核对")
    return tuple(dict.fromkeys(reasons))


def _within_project(part: Identification, decision: FolderDecision) -> Identification:
    """A file put into the project's folder but into no item: the project is decided, the item must be read."""
    own = [c for c in part.candidates if c.project == decision.project]
    item = next((c.item for c in part.candidates if c.item is not None), None)
    others = [c for c in part.decided if c.project != decision.project]
    sure_item = part.decided[0].item if part.decided else None
    score = own[0].score if own else 0.5
    why = own[0].evidence if own else ()
    best = Candidate(decision.project, sure_item or item, score, why)
    rest = tuple(c for c in part.candidates if c.project != decision.project)
    reasons = part.reasons
    if others:
        reasons = (f"放在项目 {decision.project} 的文件夹里，文字内容却像 {others[0].project}，请核对",)
    decided = (best,) if sure_item and not others else ()
    return replace(part, candidates=(best, *rest), decided=decided, reasons=reasons)
