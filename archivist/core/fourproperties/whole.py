"""Checks of the project as a whole (项目级): pure functions of what is known and what was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from archivist.core.archive.numbercheck import DOUBLE, GAP, VACANT
from archivist.core.archive.rules import SECRECY
from archivist.core.evidence import NUMBER
from archivist.core.fourproperties.files import absent, failed, listed, passed
from archivist.core.fourproperties.values import Answer, Facts, Result
from archivist.core.project import Category

_NOT_LOOKED = Answer(Result.BY_HAND, "没有查看文件夹，没有检测")
_EMPTY = Answer(Result.NONE, "没有归档的材料")
_NO_FOLDER = failed("项目文件夹不在应在的地方")
_MOST = 5


def ranges(facts: Facts) -> Answer:
    """1-4: what may only be one of a few words is one of them."""
    wrong = []
    project = facts.project
    if facts.townships and project.township and project.township not in facts.townships:
        wrong.append(f"镇街“{project.township}”不在名单里")
    if facts.file.category not in {one.value for one in Category}:
        wrong.append(f"类别“{facts.file.category or '空'}”不在四类之内")
    wrong += [
        f"第 {row.order} 件的保管期限“{row.retention}”不在规定之内"
        for row in facts.lists.rows
        if row.retention not in facts.periods
    ]
    if facts.lists.secrecy and facts.lists.secrecy not in SECRECY:
        wrong.append(f"密级“{facts.lists.secrecy}”不在规定之内")
    return failed("；".join(wrong)) if wrong else passed("镇街、类别、保管期限、密级都在规定之内")


def repeated(facts: Facts) -> Answer:
    """1-8: no final paper is there twice. A draft beside the paper it became is no fault, and is told."""
    if not facts.file.documents:
        return _EMPTY
    final = facts.listed
    told = [one.told for one in facts.flaws if one.kind == DOUBLE]
    by_digest: dict[str, list[str]] = {}
    by_words: dict[tuple[str, str], list[str]] = {}
    for one in final:
        if one.path_sha256:
            by_digest.setdefault(one.path_sha256, []).append(one.id)
        number = next((fact.value for fact in one.facts if fact.name == NUMBER), "")
        if number and one.title:
            by_words.setdefault((number, one.title), []).append(one.id)
    told += [f"内容相同：{'、'.join(ids)}" for ids in by_digest.values() if len(ids) > 1]
    told += [
        f"文号和题名相同：{'、'.join(ids)}"
        for ids in by_words.values()
        if len(ids) > 1 and not _sheets(facts, ids)
    ]
    left = len(facts.file.documents) - len(final)
    more = f"；另有 {left} 份不是定稿，没有比较" if left else ""
    if told:
        return failed("；".join(told) + more)
    if not facts.lists.numbered:
        return Answer(Result.BY_HAND, f"材料没有重复；还没有编档号，档号没有检测{more}")
    return passed(f"档号、文号和题名、内容都没有重复{more}")


def _sheets(facts: Facts, ids: list[str]) -> bool:
    """Whether documents are the sheets of one paper."""
    return any(set(ids) <= set(row.documents) for row in facts.lists.rows)


def count(facts: Facts) -> Answer:
    """2-1: as many files as the catalogue says."""
    if not facts.file.documents:
        return _EMPTY
    if facts.seen is None:
        return _NOT_LOOKED
    there = [one for one in facts.file.documents if one.id in facts.seen]
    gone = [one.id for one in there if facts.seen[one.id].size is None]
    if gone or len(there) < len(facts.file.documents):
        return failed(f"记录 {len(facts.file.documents)} 份，文件少了 {listed(gone)}")
    return passed(f"记录 {len(there)} 份，文件 {len(there)} 份")


def size(facts: Facts) -> Answer:
    """2-2: as many bytes as were filed. Of a cut one the digest stands for its size."""
    if not facts.file.documents:
        return _EMPTY
    if facts.seen is None:
        return _NOT_LOOKED
    total, wrong, unknown = 0, [], []
    for one in facts.file.documents:
        seen = facts.seen.get(one.id)
        if seen is None or seen.size is None:
            wrong.append(one.id)
            continue
        total += seen.size
        whole = one.path_sha256 == one.file.sha256
        if (whole and seen.size != one.file.size) or (seen.sha256 and seen.sha256 != one.path_sha256):
            wrong.append(one.id)
        elif not whole and not seen.sha256:
            unknown.append(one.id)
    if wrong:
        return failed(f"字节数与记录不符或文件不在：{listed(wrong)}")
    if unknown:
        return Answer(Result.BY_HAND, f"{listed(unknown)} 没有读取，字节数没有检测")
    return passed(f"共 {total} 字节，与记录一致")


def process(facts: Facts) -> Answer:
    """2-5: each step of the procedure is recorded with its day and whose it was."""
    lacking = []
    for item in facts.bounds.steps:
        if item in facts.file.waivers:
            continue
        rows = [row for row in facts.lists.rows if row.item == item]
        if not rows:
            lacking.append(f"第{item}项没有材料")
        elif not any(row.date for row in rows):
            lacking.append(f"第{item}项没有日期")
        elif not any(row.responsible for row in rows):
            lacking.append(f"第{item}项没有责任者")
    if lacking:
        return failed("；".join(lacking))
    if there := absent(facts, (one for one in facts.listed if one.item in facts.bounds.steps)):
        return there
    return passed("各级会议都有材料、日期和责任者")


def continuous(facts: Facts) -> Answer:
    """2-6: numbers run on without a gap, from the first."""
    if not facts.file.documents:
        return _EMPTY
    gaps = [one.told for one in facts.flaws if one.kind in {GAP, VACANT}]
    if gaps:
        return failed("；".join(gaps))
    return passed("编号连续") if facts.lists.numbered else Answer(Result.BY_HAND, "还没有编档号")


def scope(facts: Facts) -> Answer:
    """2-9: every file belongs to an item of the catalogue."""
    if facts.folder is None:
        return _NOT_LOOKED
    astray = [one.id for one in facts.file.documents if one.item is None]
    if astray or facts.folder.extra:
        return failed(f"不在归档目录之内：{listed([*astray, *facts.folder.extra])}")
    return _lying(facts) or passed("每份文件都归在归档目录的一项之下")


def _lying(facts: Facts) -> Answer | None:
    """Why a check of the folder does not pass though nothing wrong was seen in it; None where its papers lie there."""
    if not facts.file.documents:
        return _EMPTY
    if facts.folder is not None and not facts.folder.there:
        return _NO_FOLDER
    return absent(facts, facts.file.documents)


def catalogue(facts: Facts) -> Answer:
    """附-1: what the catalogue asks for is there, or waived."""
    there = {row.item for row in facts.lists.rows}
    lacking = [item for item in facts.required if item not in there and item not in facts.file.waivers]
    if lacking:
        return failed(f"缺第{'、'.join(map(str, lacking))}项（没有，或只有草稿）")
    if why := absent(facts, facts.listed):
        return why
    waived = sum(item in facts.file.waivers for item in facts.required)
    return passed("归档目录各项都有" + (f"，其中免交 {waived} 项" if waived else ""))


def copies(facts: Facts) -> Answer:
    """附-2: the records, the numbers and the folders count alike."""
    if facts.folder is None:
        return _NOT_LOOKED
    wrong = [
        f"第{item}项记录 {facts.filed.get(item, 0)} 份，文件夹里 {facts.folder.counts.get(item, 0)} 份"
        for item in sorted({*facts.filed, *facts.folder.counts})
        if facts.filed.get(item, 0) != facts.folder.counts.get(item, 0)
    ]
    bare = sum(not row.code for row in facts.lists.rows)
    if bare and bare < len(facts.lists.rows):
        wrong.append(f"目录 {len(facts.lists.rows)} 件，其中 {bare} 件没有档号")
    if wrong:
        return failed("；".join(wrong))
    return _lying(facts) or passed(f"目录 {len(facts.lists.rows)} 件；文件夹里的份数与记录一致")


def related(facts: Facts) -> Answer:
    """附-3: each file lies in the folder of its project and item, and comes from a source that is kept."""
    wrong = [
        one.id
        for one in facts.file.documents
        if not (one.path or "").startswith(f"{facts.places.get(one.item or 0, chr(0))}/")
        or one.file.vault is None
    ]
    if wrong:
        return failed(f"位置或来源对不上：{listed(wrong)}")
    if not facts.file.documents:
        return _EMPTY
    return absent(facts, facts.file.documents) or passed("每份文件都在它的项目和项次的文件夹里，原件都收存着")


def metadata(facts: Facts) -> Answer:
    """3-1: what describes the project can be read without this software."""
    if facts.folder is None:
        return _NOT_LOOKED
    return (
        failed(facts.folder.metadata)
        if facts.folder.metadata
        else passed("档案元数据.json 能读，项目编号一致")
    )


def index(facts: Facts) -> Answer:
    """3-2: the records can be asked: these facts were."""
    if not facts.file.documents:
        return _EMPTY
    return passed(f"索引数据库打开了，读出记录 {len(facts.file.documents)} 份")


def extra(facts: Facts) -> Answer:
    """4-3: nothing lies there that is nobody's."""
    if facts.folder is None:
        return _NOT_LOOKED
    found = [*facts.folder.extra, *facts.folder.junk]
    if found:
        return failed(f"多余文件：{listed(found)}")
    if not facts.file.documents:
        return _EMPTY
    return passed("没有多余文件") if facts.folder.there else _NO_FOLDER


def controlled(facts: Facts) -> Answer:
    """4-7: every act is in the unbroken log, by people who were allowed to."""
    if facts.chain:
        return failed(facts.chain)
    if facts.chain is None:
        return Answer(Result.BY_HAND, "没有核对事件记录，没有检测")
    if not facts.people:
        return Answer(Result.BY_HAND, "事件记录连续、没有改动；没有人员名册，经办人的权限没有核对过")
    return passed("事件记录连续、没有改动；经办人按人员名册核对权限")


def no_package(facts: Facts) -> Answer:
    """1-12 to 1-14, 2-10, 2-11: of a package for hand-over; there is none here."""
    return Answer(Result.NONE, "检测的是档案库，没有移交信息包")


def no_carrier(facts: Facts) -> Answer:
    """4-4 to 4-6: of discs and tapes; there is none here."""
    return Answer(Result.NONE, "档案在本机或共享盘上，没有脱机载体")


OF_WHOLE: Mapping[str, Callable[[Facts], Answer]] = {
    one.__name__: one
    for one in (
        *(ranges, repeated, count, size, process, continuous, scope, catalogue, copies, related),
        *(metadata, index, extra, controlled, no_package, no_carrier),
    )
}
"""By the slug that the data calls them by (`how`)."""


def together(answers: Iterable[tuple[str, Answer]]) -> Answer:
    """How a check of each paper went for the whole: as the worst of them.

    Args:
        answers: of each document, by its number.
    """
    every = list(answers)
    counts = Counter(answer.result for _, answer in every)
    for result in (Result.FAILED, Result.BY_HAND):
        if counts[result]:
            return Answer(
                result, _grouped((number, one.told) for number, one in every if one.result is result)
            )
    if not counts[Result.PASSED]:
        return _EMPTY
    return passed(f"{counts[Result.PASSED]} 份都通过")


def _grouped(answers: Iterable[tuple[str, str]]) -> str:
    """What is told of documents, once for all of which the same is told."""
    by_words: dict[str, list[str]] = {}
    for number, told in answers:
        by_words.setdefault(told, []).append(number)
    groups = [f"{told}（{listed(numbers)}）" for told, numbers in by_words.items()]
    more = f"；等 {len(groups)} 种情况" if len(groups) > _MOST else ""
    return "；".join(groups[:_MOST]) + more
