"""The root code (归档根码): one short number that stands for every byte of a project's evidence.

People compare it by eye, and a scan is read by a machine: decimal digits in groups of four, the last two of them check
digits, so that a misread digit does not pass for another code. Whoever has the files can work it out without this
software: sha256 over the sorted lines ``归档内容序号<TAB>材料编号<TAB>归档文件的 sha256<LF>``.

A paper that prints the code itself (销号审批表) is no part of it: the code is signed before that paper is filed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from archivist.core.document import Holding
from archivist.core.patterns import lazily

FACT = "归档根码"
"""The fact that a paper prints a root code, as schemas/annex4.toml names it and checks read it."""
UNREADABLE = "看不清"
"""What the fact says where a paper has the label and no code that its check digits agree with."""

DIGITS, GROUP = 20, 4
"""How many digits a code has, with its check digits, and how many stand together."""
_CHECKED = DIGITS - 2
_MODULUS = 97
_MISREAD = str.maketrans({"O": "0", "o": "0", "D": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "i": "1"})
_MISREAD |= str.maketrans({"Z": "2", "z": "2", "S": "5", "s": "5", "B": "8", "g": "9", "q": "9"})
"""What a reader of scans makes of digits; the check digits tell whether it was one."""
_SEPARATORS = lazily(r"[\s\-—－–·.,:：]+")
_CODE = lazily(rf"[0-9]{{{DIGITS}}}(?![0-9])")


@dataclass(frozen=True, slots=True)
class RootCode:
    """The root of a project's evidence: ``digest`` is the whole sha256, ``code`` the number people compare."""

    digest: str

    @property
    def code(self) -> str:
        """Twenty digits, the last two check digits (ISO 7064, MOD 97-10)."""
        body = f"{int(self.digest, 16) % 10**_CHECKED:0{_CHECKED}d}"
        return body + f"{(_MODULUS + 1 - int(body) * 100 % _MODULUS) % _MODULUS:02d}"

    @property
    def empty(self) -> bool:
        """Whether it stands for no paper at all, and so for no project: it is the same for all that have none."""
        return self.digest == sha256().hexdigest()

    @property
    def printed(self) -> str:
        """The code in groups of four, as it stands on paper."""
        return grouped(self.code)


def root_code(papers: Iterable[tuple[int, str, str | None]]) -> RootCode:
    """The root of papers, each its item's number, its own and the sha256 of its filed copy; their order is nothing."""
    lines = sorted(f"{item}\t{number}\t{digest or '-'}\n" for item, number, digest in papers)
    return RootCode(sha256("".join(lines).encode()).hexdigest())


def evidence_root(documents: Iterable[Holding]) -> RootCode:
    """The root of the documents that count for a project's items, but of those that print a root code themselves."""
    return root_code((one.item or 0, one.id, one.path_sha256) for one in documents if not prints_a_root(one))


def prints_a_root(document: Holding) -> bool:
    """Whether a document is one that prints a root code, readable or not."""
    return any(fact.name == FACT for fact in document.facts)


def grouped(code: str) -> str:
    """A code in groups of four."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def holds(code: str) -> bool:
    """Whether a number has the length of a code and its check digits fit."""
    return _CODE.fullmatch(code) is not None and int(code) % _MODULUS == 1


def code_in(words: str) -> str | None:
    """The code that words of a scan begin with, in groups; None where its check digits say that it was misread."""
    plain = _SEPARATORS.sub("", words).translate(_MISREAD)
    found = _CODE.match(plain)
    return grouped(found.group()) if found and holds(found.group()) else None
