"""Compare what the product says of the second corpus (``documents --json``, ``missing --json``) with what is true of it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.bench.recognition.score import Score
from tests.bench.second.truth import (
    DOCUMENTS,
    DUPLICATE,
    LITTER,
    PHOTO,
    STRAY,
    VERSION,
    File,
    Known,
    Truth,
)

Record = Mapping[str, Any]
Lines = Mapping[str, Sequence[Record]]
ORDER = (
    "files accounted for",
    "precision of filing",
    "right project where filed",
    "coverage",
    "best candidate",
    *(f"coverage of item {number}" for number in range(1, 9)),
    "dates right",
    "undated rightly",
    "dates not from another role",
    "dates not from another role (waiting)",
    "combined scans exact",
    "photos of one paper together",
    "missing sets exact",
    "outcome right where said",
    "outcome said",
    "facts right where said",
    "facts said",
    "strays not filed",
    "named-project papers not sent back",
    "misordered not silent",
    "part of a paper not silent",
    "copy mark right",
    "responsible body right where said",
    "responsible body said",
    *(
        f"{what} {figure}"
        for what in ("seals (colour)", "seals (grey)", "signatures")
        for figure in ("answered", "precision", "recall where answered")
    ),
    "owner of seal right where said",
    "owner of seal said",
    "printed lines read (black)",
    "printed lines read (red)",
)
_WORD = re.compile(r"页码|页序|页次|顺序|次序|倒|乱|第\s*\d+\s*页|缺.{0,4}页|前后|不连")
_OUTCOMES = ("不同意", "原则同意", "暂缓", "另行研究", "退回修改", "同意", "听取")


def score(truth: Truth, documents: Iterable[Record], missing: Mapping[str, list[int]]) -> Score:
    """Score one corpus."""
    lines: dict[str, list[Record]] = defaultdict(list)
    for record in documents:
        lines[record["source"]].append(record)
    found = Score()
    for name, file in truth.files.items():
        if file.role != LITTER:
            found.add("files accounted for", bool(lines[name]))
        if file.role == STRAY:
            _none_filed(found, name, lines[name])
        if file.role == DOCUMENTS:
            _file(found, truth, name, file, lines)
    for name, records in lines.items():
        for record in records:
            if record["status"] == "filed":
                _filed(found, truth, name, record)
    for project, items in truth.missing.items():
        either = set(truth.open[project])
        right = set(missing.get(project, [])) - either == set(items) - either
        found.add("missing sets exact", right)
        if not right:
            found.wrong.append(
                f"missing {project}: {missing.get(project)}, not {items} (either: {sorted(either)})"
            )
    return found


def _none_filed(found: Score, name: str, records: Sequence[Record]) -> None:
    found.add("strays not filed", all(record["status"] != "filed" for record in records))
    found.wrong += [
        f"{name} does not belong → {r['project']} 第{r['item']}项" for r in records if r["status"] == "filed"
    ]


def _meant(truth: Truth, name: str) -> tuple[File | None, bool]:
    """Whose documents a file is measured by, and whether page numbers count."""
    file = truth.files.get(name)
    if file is not None and file.role in {PHOTO, DUPLICATE, VERSION}:
        first = truth.files.get(file.of)
        return first, file.role == DUPLICATE and not (first is not None and first.whole)
    return file, file is not None and not file.whole and not file.wait


def _fits(known: Known, record: Record, pages: bool) -> bool:
    same = record["project"] in known.projects and record["item"] in known.items
    return same and (not pages or [known.first, known.last] == list(record["pages"]))


def _filed(found: Score, truth: Truth, name: str, record: Record) -> None:
    file, pages = _meant(truth, name)
    known = [] if file is None else file.documents
    right = any(_fits(one, record, pages) for one in known)
    found.add("precision of filing", right)
    if known:
        found.add("right project where filed", any(record["project"] in one.projects for one in known))
    if not right:
        form = f" ({file.form}, {file.wear})" if file else ""
        found.wrong.append(
            f"wrongly filed: {name} {record['pages']} → {record['project']} 第{record['item']}项 {record['title']}{form}"
        )


def _file(found: Score, truth: Truth, name: str, file: File, lines: Lines) -> None:
    copies = [other for other, one in truth.files.items() if one.role == DUPLICATE and one.of == name]
    records = [record for source in (name, *copies, *file.photos[1:]) for record in lines.get(source, [])]
    if file.wait:
        silent = [
            r
            for r in records
            if r["status"] == "filed" and not any(_WORD.search(reason) for reason in r["reasons"])
        ]
        what = "part of a paper not silent" if file.form == "part" else "misordered not silent"
        found.add(what, not silent)
        found.wrong += [
            f"silent ({file.wait}): {name} {r['pages']} → {r['project']} 第{r['item']}项" for r in silent
        ]
        return
    for known in file.documents:
        beside = [
            r for r in records if file.whole or (known.first <= r["pages"][1] and r["pages"][0] <= known.last)
        ]
        if known.names_project:
            back = [r for r in beside if r["status"] == "rejected"]
            found.add("named-project papers not sent back", not back)
            found.wrong += [
                f"sent back: {name} {r['pages']} ({known.variant}): {'；'.join(r['reasons'])[:120]}"
                for r in back
            ]
        if not known.optional:
            if not known.loose:
                _covered(found, name, file, known, beside)
            _guessed(found, name, known, beside)
        _dates(found, name, file, known, beside)
    if len(file.documents) > 1:
        cut = {tuple(record["pages"]) for record in lines.get(name, [])}
        right = cut == {(one.first, one.last) for one in file.documents}
        found.add("combined scans exact", right)
        if not right:
            found.wrong.append(
                f"cut: {name} {sorted(cut)}, not {[(one.first, one.last) for one in file.documents]}"
            )
    if file.photos:
        places = {(record["project"], record["item"], record["status"]) for record in records}
        together = len(places - {(None, None, "duplicate")}) <= len(file.documents[0].projects)
        found.add("photos of one paper together", together)
        if not together:
            found.wrong += [
                f"photos apart: {r['source']} {r['status']} {r['project']} {r['item']}: {'；'.join(r['reasons'])}"
                for r in records
            ]


def _covered(found: Score, name: str, file: File, known: Known, beside: Sequence[Record]) -> None:
    for project in known.projects:
        if known.outcomes.get(project, "同意") not in {"同意", "原则同意"}:
            continue  # minutes that did not settle it: a person may well be asked
        hits = [
            r
            for r in beside
            if r["status"] == "filed" and _fits(known, r, not file.whole) and r["project"] == project
        ]
        found.add("coverage", bool(hits))
        found.add(f"coverage of item {known.items[0]}", bool(hits))
        if not hits:
            said = "；".join(f"[{r['status']}] {r['title']}: " + "，".join(r["reasons"]) for r in beside)[
                :260
            ]
            found.wrong.append(
                f"not filed: {name} {[known.first, known.last]} {known.variant} ({file.form}, {file.wear})"
                f" = {project} 第{known.items}项：{said}"
            )
    hits = [r for r in beside if r["status"] == "filed" and _fits(known, r, not file.whole)]
    if hits:
        _proofs(found, f"{name} {hits[0]['pages']} ({known.variant}, {file.wear})", file, known, hits)
        _outcomes(found, name, known, hits)


def _guessed(found: Score, name: str, known: Known, beside: Sequence[Record]) -> None:
    best = next((r["candidates"][0] for r in beside if r["candidates"]), None)
    right = best is not None and best["project"] in known.projects and best["item"] in known.items
    found.add("best candidate", right)
    found.confusion[known.items[0], str(best["item"]) if best else "none"] += 1
    if best is not None:
        found.sure.append((best["score"], right))
    if not right:
        said = f"{best['project']} 第{best['item']}项" if best else "none"
        found.wrong.append(
            f"best candidate: {name} ({known.variant}): {said}, not {known.projects[:2]} 第{known.items}项"
        )


def _dates(found: Score, name: str, file: File, known: Known, beside: Sequence[Record]) -> None:
    for record in beside:
        filed = record["status"] == "filed" and _fits(known, record, not file.whole)
        said = record["date"]
        if record["source"] in file.photos[1:] and said is None:
            continue
        role = known.traps.get(said or "", "") if said not in known.dates else ""
        whose = "" if filed else " (waiting)"
        found.add(f"dates not from another role{whose}", not role)
        if role:
            found.wrong.append(
                f"date of another role{whose}: {name} {known.variant}: {said} is its {role}; right: {known.dates or 'none'}"
            )
        if not filed:
            continue
        right = said is None if known.undated else (said or "") in known.dates
        found.add("undated rightly" if known.undated else "dates right", right)
        if not right and not role:
            found.wrong.append(
                f"date: {name} {known.variant} ({file.wear}): {said}, not {known.dates or 'none'}"
            )


def _proofs(found: Score, where: str, file: File, known: Known, hits: Sequence[Record]) -> None:
    if file.form not in {"docx", "textpdf"}:
        kind = "seals (colour)" if known.colour else "seals (grey)"
        _seen(found, kind, known.sealed, [r["sealed"] for r in hits], where)
    if known.signed is not None:
        _seen(found, "signatures", known.signed, [r["signed"] for r in hits], where)
    found.add("copy mark right", (hits[0]["original"] == "复印件") == known.copy)
    if (hits[0]["original"] == "复印件") != known.copy:
        found.wrong.append(f"{where} copy mark: {hits[0]['original']}")
    _facts(found, where, known, hits[0])
    body = hits[0]["responsible"]
    found.add("responsible body said", bool(body))
    if body:
        right = all(
            any(_same(_plain(part), _plain(one)) for one in known.bodies) for part in body.split("、")
        )
        found.add("responsible body right where said", right)
        if not right:
            found.wrong.append(f"{where} responsible body: {body}, not {known.bodies}")
    owners = {_plain(name) for names in known.owners for name in names}
    seals = {(seal["page"], tuple(seal["box"])): seal for record in hits for seal in record["seals"]}
    for seal in seals.values():
        found.add("owner of seal said", bool(seal["owner"]))
        if seal["owner"]:
            right = any(_same(_plain(seal["owner"]), one) for one in owners)
            found.add("owner of seal right where said", right)
            if not right:
                found.wrong.append(f"{where} seal of {seal['owner']}, not {sorted(owners)}")


def _same(said: str, true: str) -> bool:
    """One name, or one that leaves the place out (农业农村委员会 for 大足区农业农村委员会)."""
    return said == true or (min(len(said), len(true)) > 4 and (said.endswith(true) or true.endswith(said)))


def _plain(name: str) -> str:
    told = unicodedata.normalize("NFKC", name).replace("中共重庆市大足区", "中共", 1)
    return told.removeprefix("重庆市").removeprefix("大足区")


def _seen(found: Score, name: str, true: bool, answers: Sequence[str], where: str) -> None:
    said = "yes" if "yes" in answers else ("unknown" if "unknown" in answers else "no")
    found.add(f"{name} answered", said != "unknown")
    if said == "yes":
        found.add(f"{name} precision", true)
    if true and said != "unknown":
        found.add(f"{name} recall where answered", said == "yes")
    if said == ("no" if true else "yes"):
        found.wrong.append(f"{where} {name}: said {said}")


def _outcomes(found: Score, name: str, known: Known, hits: Sequence[Record]) -> None:
    """The outcome of a decision for each project, where a fact of the paper says one."""
    for project, outcome in known.outcomes.items():
        records = [record for record in hits if record["project"] == project]
        said = {
            _vocabulary(fact["value"])
            for record in records
            for fact in record["facts"]
            if _decision(fact["name"])
        }
        said.discard("")
        if not records:
            continue
        found.add("outcome said", bool(said))
        if said:
            found.add("outcome right where said", said == {outcome})
            if said != {outcome}:
                found.wrong.append(
                    f"outcome: {name} ({known.variant}) {project}: {sorted(said)}, not {outcome}"
                )


_NAMES = {"fund": "资金", "due": "应到", "came": "实到", "yes": "同意", "no": "反对", "away": "弃权"}


def _facts(found: Score, where: str, known: Known, record: Record) -> None:
    """Money and votes, where a fact of the paper says them."""
    for key, value in known.facts.items():
        said = {
            digits[0]
            for fact in record["facts"]
            if _NAMES[key] in fact["name"] and (digits := re.findall(r"\d+(?:\.\d+)?", fact["value"]))
        }
        found.add("facts said", bool(said))
        if said:
            right = {float(one) for one in said} == {float(value)}
            found.add("facts right where said", right)
            if not right:
                found.wrong.append(f"{where} fact {_NAMES[key]}: {sorted(said)}, not {value}")


def _decision(name: str) -> bool:
    return any(word in name for word in ("意见", "结论", "结果", "决定", "议定", "表态"))


def _vocabulary(value: str) -> str:
    return next((word for word in _OUTCOMES if value.startswith(word)), "")
