"""Checks of each paper's file (文件级): pure functions of what is known and what was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from archivist.core.archive.numbers import read_code
from archivist.core.evidence import NUMBER
from archivist.core.fourproperties.values import Answer, Facts, Result
from archivist.core.patterns import lazily
from archivist.core.words.copies import what_became

if TYPE_CHECKING:
    from archivist.core.document import Holding
    from archivist.core.fourproperties.values import FileSeen

_CONTROL = lazily("[\x00-\x1f\x7f-\x9f\ufffd\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_NAME = lazily(r'[\\/:*?"<>|]')
_SHEET = lazily(r"（第([0-9]+)页）$")
NOT_READ = Answer(Result.BY_HAND, "没有重新读取文件，没有检测")
_LACKS_PAGES = "缺页"
_MOST = 5


def listed(names: Iterable[str]) -> str:
    """A few names, and how many more there are."""
    every = list(names)
    more = f"等 {len(every)} 个" if len(every) > _MOST else ""
    return "、".join(every[:_MOST]) + more


def passed(told: str) -> Answer:
    """A check that looked at everything and found nothing."""
    return Answer(Result.PASSED, told)


def failed(told: str) -> Answer:
    """A check that found something."""
    return Answer(Result.FAILED, told)


def _seen(facts: Facts, one: Holding) -> FileSeen | Answer:
    """What was seen of a document's copy, or why nothing was."""
    if facts.seen is None or one.id not in facts.seen:
        return NOT_READ
    seen = facts.seen[one.id]
    if seen.size is None:
        return failed("文件不在应在的地方")
    return seen if seen.sha256 else NOT_READ


def absent(facts: Facts, papers: Iterable[Holding]) -> Answer | None:
    """Why no check of these papers passes: some do not lie where they should, or nobody looked; None where all of them lie
    there.
    """
    seen = facts.seen or {}
    every = list(papers)
    gone = [one.id for one in every if one.id in seen and seen[one.id].size is None]
    if gone:
        return failed(f"文件不在应在的地方：{listed(gone)}")
    return NOT_READ if any(one.id not in seen for one in every) else None


def digest(facts: Facts, one: Holding) -> Answer:
    """1-1: the bytes are those that were filed."""
    seen = _seen(facts, one)
    if isinstance(seen, Answer):
        return seen
    if one.path_sha256 is None:
        return Answer(Result.BY_HAND, "归档时没有留下校验值")
    if seen.sha256 != one.path_sha256:
        return failed("SHA-256 与归档时的不一致，文件被改动或替换")
    return passed("重新计算的 SHA-256 与归档时的一致")


def _fields(one: Holding) -> dict[str, str]:
    numbers = next((fact.value for fact in one.facts if fact.name == NUMBER), "")
    return {
        "题名": one.title or "",
        "责任者": one.responsible or one.issuer or "",
        "文号": numbers,
        "文件名": one.name,
    }


def lengths(facts: Facts, one: Holding) -> Answer:
    """1-2: no element is longer than it may be."""
    bounds = facts.bounds
    most = {"题名": bounds.title, "责任者": bounds.responsible, "文号": bounds.number, "文件名": bounds.name}
    long = [name for name, text in _fields(one).items() if len(text) > most[name]]
    return failed(f"{'、'.join(long)}超过长度上限") if long else passed("各项长度在上限以内")


def types(facts: Facts, one: Holding) -> Answer:
    """1-3: days are days, counts are counts."""
    if one.date is not None and _day(one.date) is None:
        return failed(f"日期“{one.date}”不是日期")
    if not 1 <= one.first <= one.last:
        return failed(f"页次 {one.first}-{one.last} 不对")
    return passed("日期、页次格式正确") if one.date else Answer(Result.BY_HAND, "没有日期可检")


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def reasonable(facts: Facts, one: Holding) -> Answer:
    """1-5: a day that may be."""
    day = _day(one.date or "")
    if day is None:
        return Answer(Result.BY_HAND, "没有日期可检")
    if day > facts.today:
        return failed(f"日期 {day} 晚于今天")
    if day.year < facts.bounds.earliest:
        return Answer(Result.BY_HAND, f"日期 {day} 早于 {facts.bounds.earliest} 年，请核对")
    return passed("日期在合理范围内")


def characters(facts: Facts, one: Holding) -> Answer:
    """1-6: nothing that cannot be written or read."""
    wrong = [name for name, text in _fields(one).items() if _CONTROL.search(text)]
    if _NO_NAME.search(one.name) and "文件名" not in wrong:
        wrong.append("文件名")
    return (
        failed(f"{'、'.join(wrong)}里有不能用的字符") if wrong else passed("没有控制字符和文件名不能用的字符")
    )


def pattern(facts: Facts, one: Holding) -> Answer:
    """1-7: the number is one."""
    row = facts.row(one.id)
    if row is None or not row.code:
        return Answer(Result.BY_HAND, "还没有编档号")
    return passed(f"{row.code} 合规则") if read_code(row.code) else failed(f"{row.code} 不合规则")


def as_recorded(facts: Facts, one: Holding) -> Answer:
    """1-9: name and size are those recorded."""
    seen = _seen(facts, one)
    if isinstance(seen, Answer):
        return seen
    if one.path_sha256 == one.file.sha256 and seen.size != one.file.size:
        return failed(f"大小 {seen.size} 字节，记录的是 {one.file.size} 字节")
    if seen.sha256 == one.path_sha256:
        return passed("名称、大小与记录一致")
    return failed("内容已不是记录的那一份")


def kind_as_recorded(facts: Facts, one: Holding) -> Answer:
    """1-10: the bytes are of the kind that was recorded, and the name says so."""
    seen = _seen(facts, one)
    if isinstance(seen, Answer):
        return seen
    whole = one.path_sha256 == one.file.sha256
    if not seen.kind or not one.file.kind:
        return Answer(Result.BY_HAND, "看不出文件是什么格式")
    if whole and seen.kind != one.file.kind:
        return failed(f"内容是 {seen.kind}，记录的是 {one.file.kind}")
    dot = one.name.rfind(".")
    if seen.suffixes and one.name[dot:].lower() not in seen.suffixes:
        return failed(f"扩展名与内容不符：{one.name}")
    return passed("内容、扩展名与记录的格式一致")


def linked(facts: Facts, one: Holding) -> Answer:
    """1-11: where the record says the file is, it is."""
    if facts.seen is None or one.id not in facts.seen:
        return NOT_READ
    seen = facts.seen[one.id]
    if one.path is None or seen.size is None:
        return failed("记录的位置上没有文件")
    return passed("文件在记录的位置上") if seen.inside else failed("记录的位置不在档案库里")


def _elements(facts: Facts, one: Holding) -> dict[str, str]:
    row = facts.row(one.id)
    return {
        "档号": row.code if row else "",
        "题名": one.title or "",
        "日期": row.date if row else "",
        "责任者": row.responsible if row else "",
        "页数": str(row.pages or "") if row else "",
        "保管期限": row.retention if row else "",
        "文号": row.number if row else "",
        "密级": row.secrecy if row else "",
    }


ELEMENTS = ("档号", "题名", "日期", "责任者", "页数", "保管期限", "文号", "密级")
"""What may be asked for (`elements` and `required` of the data)."""


def elements(facts: Facts, one: Holding) -> Answer:
    """2-3: what must be known of a paper is."""
    return _known(facts, one, facts.bounds.elements)


def required(facts: Facts, one: Holding) -> Answer:
    """2-4: what must be filled in is."""
    return _known(facts, one, facts.bounds.required)


def _known(facts: Facts, one: Holding, wanted: tuple[str, ...]) -> Answer:
    there = _elements(facts, one)
    lacking = [name for name in wanted if not there[name]]
    return failed(f"缺{'、'.join(lacking)}") if lacking else passed(f"{'、'.join(wanted)}都有")


def content(facts: Facts, one: Holding) -> Answer:
    """2-7: there is something, and all of it as far as anybody saw."""
    if any(reason.startswith(_LACKS_PAGES) for reason in one.reasons):
        return failed("缺页")
    if facts.seen is None or one.id not in facts.seen:
        return NOT_READ
    size = facts.seen[one.id].size
    if size is None:
        return failed("文件不在应在的地方")
    return passed(f"{size} 字节") if size else failed("文件是空的")


def sheets(facts: Facts, one: Holding) -> Answer:
    """2-8: of a paper photographed sheet by sheet no sheet is missing; the attachments it tells of stand in it."""
    row = facts.row(one.id)
    documents = (one.id,) if row is None else row.documents
    titles = {document.id: document.title or "" for document in facts.file.documents}
    numbers = {int(found[1]) if (found := _SHEET.search(titles[it])) else 1 for it in documents}
    gone = sorted(set(range(1, max(numbers) + 1)) - numbers)
    if gone and len(documents) > 1:
        return failed(f"缺第{'、'.join(map(str, gone))}页的照片")
    if there := absent(facts, (one for one in facts.file.documents if one.id in documents)):
        return there
    if any(it not in facts.attached for it in documents):
        return Answer(Result.BY_HAND, "没有读到文字，附件齐不齐请看原件")
    told = sum(facts.attached[it].told for it in documents)
    seen = sum(facts.attached[it].seen for it in documents)
    if told > seen:
        return Answer(Result.BY_HAND, f"写明有附件 {told} 个，在本件里看到 {seen} 个，请看原件")
    return passed(f"写明的附件 {told} 个都在" if told else "没有写明附件")


def format_(facts: Facts, one: Holding) -> Answer:
    """3-3: a kind of file that archives take: as it was recorded, and as what lies there is."""
    seen = _seen(facts, one)
    if isinstance(seen, Answer) and seen.result is Result.FAILED:
        return seen
    there = "" if isinstance(seen, Answer) else seen.kind
    kinds = {kind for kind in (one.file.kind, there) if kind and kind != "unknown"}
    if wrong := sorted(kinds - set(facts.bounds.formats)):
        return failed(f"{'、'.join(wrong)} 不在允许的格式之内")
    if isinstance(seen, Answer):
        return seen
    if not {one.file.kind, there}.isdisjoint({None, "", "unknown"}):
        return Answer(Result.BY_HAND, "看不出文件是什么格式")
    return passed(f"{'、'.join(sorted(kinds))}，在允许的格式之内")


def opens(facts: Facts, one: Holding) -> Answer:
    """3-4: it was opened and read when it came, and not a byte is another since."""
    made = digest(facts, one)
    if made.result is not Result.PASSED:
        return made
    if one.wrong:
        return failed(f"文件{what_became(one.wrong)}了")
    if not one.file.pages or one.file.kind in {None, "", "unknown"}:
        return Answer(Result.BY_HAND, "收件时没有读出内容，请打开看")
    return passed(f"收件时打开读过（{one.file.pages} 页），字节没有变")


def encrypted(facts: Facts, one: Holding) -> Answer:
    """3-8: nothing that only a password opens, no archive in an archive."""
    seen = _seen(facts, one)
    if isinstance(seen, Answer):
        return seen
    if seen.encrypted:
        return failed("文件有加密标记")
    if seen.kind in {"zip", "ole", "unknown", ""}:
        return Answer(Result.BY_HAND, "看不出里面有没有加密的内容，请打开看")
    return passed("没有加密标记，不是压缩包")


OF_FILES: Mapping[str, Callable[[Facts, Holding], Answer]] = {
    "digest": digest,
    "lengths": lengths,
    "types": types,
    "reasonable": reasonable,
    "characters": characters,
    "pattern": pattern,
    "as_recorded": as_recorded,
    "kind_as_recorded": kind_as_recorded,
    "linked": linked,
    "elements": elements,
    "required": required,
    "content": content,
    "sheets": sheets,
    "format": format_,
    "opens": opens,
    "encrypted": encrypted,
}
"""By the slug that the data calls them by (`how`)."""
