"""Identify a whole source: cut it, read each part's kind, find its project, decide or say why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archivist.core.identification import Identification
from archivist.core.identify.joint import joint_projects
from archivist.core.identify.kind import KindReading, read_kind
from archivist.core.identify.project import SCALE, Choice, ProjectScore, choose, rank_projects
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.split import split_pages
from archivist.core.model import Candidate, TextSource
from archivist.core.page import Extract, Page
from archivist.core.paper.dates import FoundDate, find_dates
from archivist.core.paper.facts import read_facts
from archivist.core.paper.marks import read_marks, sealers
from archivist.core.paper.responsible import responsible
from archivist.core.paper.seals import sealed
from archivist.core.paper.signatures import signature_places, signed
from archivist.core.project import Category, Project
from archivist.core.rules import Annex, KindRule
from archivist.core.text import Folded, fold, fold_columns, fold_pages
from archivist.core.words import evidence

_MIN_TEXT = 12
_MIN_KIND = 0.72
_ISSUER = re.compile(
    r"(?:中共)?(?:重庆市)?(?:大足)?[一-龥“”]{2,26}?(?:人民政府|街道办事处|村民委员会|居民委员会|委员会|党组|党委|工作办公室|"
    r"事务所|评估有限公司|咨询有限公司|有限公司|合作社|局|农业农村委)"
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a guess is sure enough to be filed without a person (archivist.toml, [identification]), as shares of 1."""

    certainty: float = 0.8
    margin: float = 0.15


def identify(
    extract: Extract, annex: Annex, index: RegisterIndex, limits: Thresholds
) -> list[Identification]:
    """Return one Identification per document found in ``extract``, in page order."""
    parts = split_pages(extract.pages, annex)
    if not parts:
        return [_nothing(extract)]
    found = [identify_part(part, annex, index, limits) for part in parts]
    return [_doubted(one, extract.doubt) for one in found] if extract.doubt else found


def _doubted(found: Identification, doubt: str) -> Identification:
    """Leave the decision to a person; the likeliest guess stays."""
    if not found.archival:
        return found
    reasons = () if found.decided else found.reasons
    return replace(found, decided=(), reasons=(doubt, *reasons))


def _nothing(extract: Extract) -> Identification:
    last = max(1, len(extract.pages))
    told = () if extract.notes and not extract.pages else ("全部是空白页，没有可识别的文字",)
    return Identification(1, last, reasons=told)


def identify_part(
    pages: Sequence[Page], annex: Annex, index: RegisterIndex, limits: Thresholds
) -> Identification:
    """Identify the document made of ``pages``."""
    folded = fold_pages(pages)
    kind = read_kind(pages, annex)
    wrapped = fold_columns(pages)
    ranked = rank_projects(wrapped, "\n".join(page.text for page in pages), index)
    choice = choose(ranked, limits.certainty * SCALE, limits.margin * SCALE, wrapped.text, index)
    joint = joint_projects(kind, ranked, wrapped, annex)
    found = _describe(pages, kind, annex, _likeliest(ranked, index))
    if joint.codes or joint.doubt:
        return _decide_joint(found, joint.codes, joint.doubt, kind, ranked, index)
    return _decide(found, choice, kind, ranked, folded, index)


def _likeliest(ranked: Sequence[ProjectScore], index: RegisterIndex) -> Project | None:
    return index.entries[ranked[0].code].project if ranked else None


def _describe(
    pages: Sequence[Page], kind: KindReading, annex: Annex, project: Project | None
) -> Identification:
    when, issuer = document_date(kind.rule, pages), _issuer(pages, kind)
    places = signature_places(pages, kind.kind, annex.signatures)
    rule = annex.item(kind.item) if kind.item is not None else None
    bodies = sealers(rule, project, issuer)
    marks = read_marks(pages, places, when, bodies, annex.bodies)
    return Identification(
        first=pages[0].number,
        last=pages[-1].number,
        title=kind.title.text if kind.title else None,
        date=when.iso if when else None,
        issuer=issuer,
        responsible=responsible(marks, issuer, sealers(rule, project, None)),
        level=kind.level,
        sealed=sealed(pages),
        signed=signed(places, kind.rule is not None and kind.rule.parties),
        text_source=_text_source(pages),
        facts=read_facts(kind.kind, pages, annex.facts),
        attached=kind.rule is not None and kind.rule.attaches,
        marks=marks,
    )


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
    sure = kind.confidence if kind.item is not None else 0.3
    found = [
        Candidate(score.code, kind.item, round(score.score * sure, 3), (*score.evidence, *kind.evidence))
        for score in ranked
    ]
    if not found and kind.item is not None:
        found.append(Candidate(None, kind.item, round(0.5 * kind.confidence, 3), kind.evidence))
    return tuple(found)


def _reasons(winner: Candidate) -> tuple[str, ...]:
    return tuple(map(evidence.cited, winner.evidence))


def _text_source(pages: Sequence[Page]) -> TextSource:
    sources = {page.text_source for page in pages}
    if TextSource.OCR in sources:
        return TextSource.OCR
    return TextSource.NATIVE if TextSource.NATIVE in sources else TextSource.NONE


_SIGNED_ON = re.compile(
    r"签[订定约署]|日\s*期|盖\s*章|签\s*[字章名]|(?:发布|出具|报告|制表|填表|移交|交接)(?:日期|时间)"
)
_PERIOD = re.compile(r"日\s*[至起止]|期限|到期|公示(?:期|时间)|自\s*(?:19|20)[0-9]{2}")
_DATE_SHARE = 0.5


def _stands_alone(line: str) -> bool:
    """Whether a line is little but a date: how documents are dated under the issuing body (成文日期)."""
    written = len(_DATE_CHARACTERS.findall(line))
    return written >= _DATE_SHARE * max(1, len(fold(line)) + 1)


_DATE_CHARACTERS = re.compile(r"[0-9〇○零一二三四五六七八九十年月日.\-/]")
_WHEN = re.compile(r"时\s*间|日\s*期|于")


def document_date(kind: KindRule | None, pages: Sequence[Page]) -> FoundDate | None:
    """Return the document's own date: of the meeting, of who filled it in last, of signing or issue for the rest."""
    dates = find_dates(pages)
    if not dates:
        return None
    if kind is not None and kind.meeting:
        early = [found for found in dates if found.line < 30]
        labelled = [found for found in early if _WHEN.search(found.quote)]
        return (labelled or early or dates)[0]
    if kind is not None and kind.form:
        return max(dates, key=lambda found: found.iso)
    free = [found for found in dates if _SIGNED_ON.search(found.quote) or not _PERIOD.search(found.quote)]
    own = [f for f in free if _stands_alone(f.quote) or _SIGNED_ON.search(f.quote)] or free
    return own[-1] if own else None


def _issuer(pages: Sequence[Page], kind: KindReading) -> str | None:
    if kind.title is not None:
        match = _ISSUER.search(kind.title.heading)
        if match:
            return match.group()
    for page in reversed(pages):
        for line in reversed(page.lines[-10:]):
            match = _ISSUER.search(fold(line.text))
            if match:
                return match.group()
    return None
