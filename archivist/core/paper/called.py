"""What a paper calls projects (项目称呼), in full with their place, wherever it does: also where the name is mistyped."""

from __future__ import annotations

from collections.abc import Iterator

from archivist.core.model import Fact
from archivist.core.paper.reading import Reading
from archivist.core.paper.scopes import places
from archivist.core.paper.statements import short
from archivist.core.patterns import lazily
from archivist.core.rules import FactRule

_NAME = lazily(
    r"(?:[一-龥]{2,6}(?:镇|街道))?[一-龥]{2,5}(?:(?<!农)村|社区)([一-龥]{2,24}?(?:基地|园|场|车间|厂|大棚|项目))"
    r"(?:(?:标准化|产业|扶贫|帮扶)?(?:建设|改造|续建|扩建)?(?:[一二三四]期)?项目)?"
)
_LEADS = lazily(
    r"^.{0,3}?(?:关于|认定|同意|研究|讨论|审议|听取|结合|将|对于?|把|就|由|与|及|页为|重庆市|大足区|区)+(?=..)"
)
_NO_NAME = lazily(
    r"村民|居民|委员|会议|同意|关于|组织|现场|人员|负责|实施|申报|召开|经济|合作|的|等|各|及|和|与|将|由|对|为|是|在|有"
)
_NO_PLACE = lazily(r"[本该我各全两几个此贫]村|[本该]社区|贫困村|脱贫村|行政村")
_MOST = 60


def called(rule: FactRule, one: Reading) -> list[Fact]:
    """Each name once, with the project it plainly is (when the paper names several)."""
    found: dict[str, Fact] = {}
    for words, page, quote in _said(one):
        for match in _NAME.finditer(words):
            name = _LEADS.sub("", match.group())
            if (
                _NO_NAME.search(match.group(1))
                or _NO_PLACE.search(name)
                or name in found
                or len(found) >= _MOST
            ):
                continue
            codes = {code for _, code in places(name, one.all_named)}
            found[name] = Fact(rule.name, name, page, quote, codes.pop() if len(codes) == 1 else "")
    return list(found.values())


def _said(one: Reading) -> Iterator[tuple[str, int, str]]:
    if one.title and one.pages:
        yield one.title, one.pages[0].number, one.title
    for said in one.said:
        yield said.text, said.page, short(said.text)
