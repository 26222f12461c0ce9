"""Identify a whole source: cut it, read each part's kind, find its project, decide or say why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archivist.core.identification import Identification
from archivist.core.identify.anytitle import NOBODY, ProjectName
from archivist.core.identify.belonging import belonging
from archivist.core.identify.joint import distinct, joint_projects
from archivist.core.identify.kind import KindReading, read_kind
from archivist.core.identify.order import Sheaf, sheaves
from archivist.core.identify.project import SCALE, Choice, ProjectScore, choose, rank_projects
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.unfinished import Draft, headed, left_open, unprinted, unsettled
from archivist.core.model import Candidate, TextSource
from archivist.core.page import Extract, Page
from archivist.core.paper.dates import FoundDate
from archivist.core.paper.dating import Dating, document_date
from archivist.core.paper.facts import read_facts
from archivist.core.paper.issuer import issuer_of
from archivist.core.paper.marks import asked_blocks, read_marks, sealers
from archivist.core.paper.responsible import parties, responsible
from archivist.core.paper.seals import sealed
from archivist.core.paper.signatures import signature_places, signed
from archivist.core.project import Category, Project
from archivist.core.rules import Annex
from archivist.core.text import Folded, fold_columns, fold_pages, normal
from archivist.core.words import evidence

_MIN_TEXT = 12
_MIN_KIND = 0.72


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a guess is sure enough to be filed without a person (archivist.toml, [identification]), as shares of 1."""

    certainty: float = 0.8
    margin: float = 0.15


def identify(
    extract: Extract, annex: Annex, index: RegisterIndex, limits: Thresholds
) -> list[Identification]:
    """Return one Identification per document found in ``extract``, in page order."""
    found = [_identify_sheaf(sheaf, annex, index, limits) for sheaf in sheaves(extract.pages, annex)]
    if not found:
        return [_nothing(extract)]
    told = [_as_draft(one, unprinted(extract.properties, _pages_of(extract, one))) for one in found]
    told = [_as_draft(one, unsettled(extract.properties, _pages_of(extract, one))) for one in told]
    return [_doubted(one, extract.doubt) for one in told] if extract.doubt else told


def _pages_of(extract: Extract, found: Identification) -> list[Page]:
    return [page for page in extract.pages if found.first <= page.number <= found.last]


def _as_draft(found: Identification, draft: Draft | None) -> Identification:
    """A draft waits, and says of itself what it is; one that already does says it once."""
    if draft is None or not found.archival or any(fact.name == draft.fact.name for fact in found.facts):
        return found
    return _doubted(replace(found, facts=(*found.facts, draft.fact)), draft.doubt)


def _said_draft(found: Identification, draft: Draft | None) -> Identification:
    """A paper that says it is a draft is filed where it belongs, to be kept, and says so as a fact."""
    if draft is None or not found.archival or any(fact.name == draft.fact.name for fact in found.facts):
        return found
    return replace(found, facts=(*found.facts, draft.fact))


def _identify_sheaf(sheaf: Sheaf, annex: Annex, index: RegisterIndex, limits: Thresholds) -> Identification:
    """What is guessed of pages that belong together; of several documents mixed up, what each may be."""
    found = [identify_part(pages, annex, index, limits) for pages in sheaf.readings]
    one = replace(found[0], first=sheaf.first, last=sheaf.last)
    if len(found) > 1:
        guesses = {(c.project, c.item): c for part in reversed(found) for c in part.candidates}
        ranked = sorted(guesses.values(), key=lambda guess: -guess.score)
        one = Identification(sheaf.first, sheaf.last, tuple(ranked), of_kind="", text_source=one.text_source)
    for doubt in reversed(sheaf.doubts):
        one = _doubted(one, doubt)
    return one


def _doubted(found: Identification, doubt: str) -> Identification:
    """Leave the decision to a person; the likeliest guess stays."""
    if not found.archival:
        return found
    reasons = () if found.decided else found.reasons
    return replace(found, decided=(), reasons=(doubt, *reasons))


def _nothing(extract: Extract) -> Identification:
    last = max(1, len(extract.pages))
    told = () if extract.notes and not extract.pages else ("全部是空白页，没有可识别的文字",)
    return Identification(1, last, of_kind="", reasons=told)


def identify_part(
    pages: Sequence[Page], annex: Annex, index: RegisterIndex, limits: Thresholds
) -> Identification:
    """Identify the document made of ``pages``."""
    folded = fold_pages(pages)
    wrapped = fold_columns(pages)
    ranked = rank_projects(wrapped, "\n".join(page.text for page in pages), index)
    choice = choose(ranked, limits.certainty * SCALE, limits.margin * SCALE, wrapped.text, index)
    kind = read_kind(pages, annex, _name(choice, index))
    kind = belonging(kind, ranked, choice.code, folded.text, annex)
    joint = joint_projects(kind, ranked, wrapped, pages, annex)
    dating = document_date(kind.rule, pages, annex.dates)
    found = _describe(pages, kind, annex, ranked, index, dating.when)
    if joint.codes or joint.doubt:
        told = _decide_joint(found, joint.codes, joint.doubt, kind, ranked, index)
    else:
        told = _decide(found, choice, kind, ranked, folded, index)
    told = _as_draft(told, left_open(pages))
    told = _said_draft(told, headed(pages, told.title, annex.draft_words))
    return _dated(told, dating) if told.archival and kind.item is not None else told


def _name(choice: Choice, index: RegisterIndex) -> ProjectName:
    """How the register names the project that is surely meant."""
    if choice.code is None:
        return NOBODY
    entry = index.entries[choice.code]
    return ProjectName(entry.name, entry.core)


def _dated(found: Identification, dating: Dating) -> Identification:
    """Say why what belongs into the archive has no date, or where its year is from."""
    return replace(found, reasons=(*found.reasons, *dating.reasons))


def _likeliest(ranked: Sequence[ProjectScore], index: RegisterIndex) -> Project | None:
    return index.entries[ranked[0].code].project if ranked else None


def _named(ranked: Sequence[ProjectScore], text: str) -> tuple[tuple[str, str], ...]:
    return tuple((score.code, score.name) for score in distinct([one for one in ranked if one.named], text))


def _describe(
    pages: Sequence[Page],
    kind: KindReading,
    annex: Annex,
    ranked: Sequence[ProjectScore],
    index: RegisterIndex,
    when: FoundDate | None,
) -> Identification:
    project, issuer = _likeliest(ranked, index), _issuer(pages, kind, annex)
    places = signature_places(pages, kind.kind, annex.signatures)
    rule = annex.item(kind.item) if kind.item is not None else None
    facts = read_facts(
        kind.kind,
        pages,
        annex.facts,
        annex.sayings,
        title=kind.title.text if kind.title else "",
        projects=_named(ranked, fold_columns(pages).text),
        issuer=issuer,
    )
    made_by = parties(facts, annex.facts) if kind.rule is not None and kind.rule.parties else ()
    bodies = (*sealers(rule, project, issuer), *made_by)
    marks = read_marks(pages, places, when, bodies, annex.bodies, asked_blocks(rule, project, issuer))
    return Identification(
        first=pages[0].number,
        last=pages[-1].number,
        title=normal(kind.title.text) if kind.title else None,
        date=when.iso if when else None,
        issuer=issuer,
        responsible=responsible(marks, issuer, sealers(rule, project, None), made_by),
        level=kind.level,
        of_kind=kind.kind if kind.kind and kind.confidence >= _MIN_KIND else "",
        sealed=sealed(pages),
        signed=signed(places, kind.rule is not None and kind.rule.parties),
        text_source=_text_source(pages),
        facts=facts,
        attached=kind.rule is not None and kind.rule.attaches,
        marks=marks,
    )


def _issuer(pages: Sequence[Page], kind: KindReading, annex: Annex) -> str | None:
    heading = kind.title.text if kind.title else None
    of_parties = kind.rule is not None and kind.rule.parties
    return issuer_of(pages, heading, annex.sayings.bodies, of_parties=of_parties)


def _decide(
    found: Identification,
    choice: Choice,
    kind: KindReading,
    ranked: Sequence[ProjectScore],
    folded: Folded,
    index: RegisterIndex,
) -> Identification:
    candidates = _candidates(ranked, kind)
    if kind.reject and not kind.doubts:
        return replace(found, archival=False, candidates=candidates, reasons=(kind.reject,))
    doubts = list(kind.doubts)
    if len(folded.text) < _MIN_TEXT:
        doubts.append("页面上的文字太少，无法判断")
    if kind.item is not None and kind.confidence < _MIN_KIND:
        doubts.append("材料类别的把握不足")
    if choice.code is None:
        doubts.append(_no_project(choice, kind, ranked))
    else:
        doubts.extend(_category_doubt(index, choice.code))
    if doubts or choice.code is None or kind.item is None:
        return replace(found, candidates=candidates, reasons=tuple(doubts))
    winner = next(c for c in candidates if c.project == choice.code)
    return replace(found, candidates=candidates, decided=(winner,), reasons=_reasons(winner))


def _no_project(choice: Choice, kind: KindReading, ranked: Sequence[ProjectScore]) -> str:
    if kind.rule is not None and kind.rule.form and (not ranked or ranked[0].points < 3.0):
        return "表中没有填写能与台账对上的项目名称或编号，可能是空白表"
    return choice.doubt


def _category_doubt(index: RegisterIndex, code: str) -> list[str]:
    project = index.entries[code].project
    if project.category in (None, Category.ELIMINATED):
        return []
    return [f"项目“{code} {project.name}”在台账中是{project.category}，不是淘汰类，不自动归档"]


def _decide_joint(
    found: Identification,
    codes: Sequence[str],
    doubt: str,
    kind: KindReading,
    ranked: Sequence[ProjectScore],
    index: RegisterIndex,
) -> Identification:
    candidates = _candidates(ranked, kind)
    doubts = [*kind.doubts, *([doubt] if doubt else [])]
    wanted = [code for code in codes if not _category_doubt(index, code)]
    if doubts or not wanted or kind.item is None:
        return replace(found, candidates=candidates, reasons=tuple(doubts or ["纪要涉及的项目都不是淘汰类"]))
    decided = tuple(c for c in candidates if c.project in wanted)
    return replace(
        found, candidates=candidates, decided=decided, reasons=("一份纪要议定了几个项目，分别归档",)
    )


def _candidates(ranked: Sequence[ProjectScore], kind: KindReading) -> tuple[Candidate, ...]:
    """Ranked guesses with evidence: project and item together; the score falls with either's doubt."""
    item = kind.item if kind.item is not None else kind.guess
    sure = kind.confidence if item is not None else 0.3
    found = [
        Candidate(score.code, item, round(score.score * sure, 3), (*score.evidence, *kind.evidence))
        for score in ranked
    ]
    if not found and item is not None:
        found.append(Candidate(None, item, round(0.5 * kind.confidence, 3), kind.evidence))
    return tuple(found)


def _reasons(winner: Candidate) -> tuple[str, ...]:
    return tuple(map(evidence.cited, winner.evidence))


def _text_source(pages: Sequence[Page]) -> TextSource:
    sources = {page.text_source for page in pages}
    if TextSource.OCR in sources:
        return TextSource.OCR
    return TextSource.NATIVE if TextSource.NATIVE in sources else TextSource.NONE
