"""Names of bodies (单位名称): words with a body's ending (人民政府, 委员会, 有限公司 …) and no word of a sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from archivist.core.patterns import lazily
from archivist.core.saying import BodyRules

_MEMBER = r"[一-龥“”·]"
_PARTNERS = r"(?:[（(][一-龥]{2,6}[）)])?"
_MARK = lazily(r"[（(](?:盖章|公章|签章|印章|章|盖公章|签字盖章|签字)[）)]|(?:盖章|公章)[：:]?|[：:]$")
_SHORTEST, _LONGEST = 3, 40


class BodyNames:
    """Tells names of bodies from other words, by the endings and words of ``rules``."""

    def __init__(self, rules: BodyRules) -> None:
        self._within = rules.within
        endings = "|".join(map(re.escape, sorted(rules.endings, key=len, reverse=True))) or r"(?!)"
        never = "|".join(map(re.escape, rules.never)) or r"(?!)"
        self._never = re.compile(never)
        self._body = re.compile(
            rf"{_MEMBER}{{1,30}}?{_PARTNERS}{_MEMBER}{{0,20}}?(?:{endings}){_PARTNERS}"
            r"|中国共产党[一-龥]{2,26}(?:委员会|支部|总支)"
        )
        self.pattern = rf"{_MEMBER}{{1,30}}?(?:{endings}){_PARTNERS}"
        """A name as a part of a greater pattern; what it finds is a body only if `fits` says so."""

    def fits(self, words: str) -> bool:
        """Whether words are the name of a body and nothing else; blanks and marks of sealing (盖章) aside."""
        name = plain(words)
        if not _SHORTEST <= len(name) <= _LONGEST or not self._body.fullmatch(name):
            return False
        for word in self._within:
            name = name.replace(word, "")
        return not self._never.search(name) and not self._two(plain(words))

    def _two(self, name: str) -> bool:
        """Whether two names of one place were read as one (中敖镇党政办公室中敖镇人民政府)."""
        at = name.find(name[:2], 2)
        return at > 0 and bool(self._body.fullmatch(name[:at]) and self._body.fullmatch(name[at:]))


@lru_cache(maxsize=8)
def body_names(rules: BodyRules) -> BodyNames:
    """The names by ``rules``; made once."""
    return BodyNames(rules)


def plain(words: str) -> str:
    """Words as a name: without blanks, marks of sealing and what stands about them."""
    bare = re.sub(r"\s", "", words)
    return _MARK.sub("", bare).strip("：:，,。.；;、《》[]【】*")
