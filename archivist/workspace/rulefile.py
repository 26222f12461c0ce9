"""One file of rules (schemas/) as it is read: every mistake is told at once, with file and key, in Chinese.

A reader asks a `Table` for its keys, one by one, and says of what kind each must be. What is not of that kind is noted
and stood in for, so that reading goes on to the next mistake; what nobody asked for is noted by `Table.done`, so that a
key written wrongly never switches a rule off in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from archivist.errors import SettingsError
from archivist.workspace.toml import TomlError, parse_toml


class RuleFile:
    """A file of rules and what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []

    def wrong(self, where: str, what: str) -> None:
        """Note that at the key ``where`` (an empty one: the file) stands what is not allowed."""
        self.problems.append(f"{where}{'' if what.startswith('：') else ' '}{what}".strip())

    def toml(self) -> RuleTable:
        """The whole of a TOML file. SettingsError when it is not there or does not parse."""
        try:
            return RuleTable(self, "", parse_toml(self._bytes()))
        except (UnicodeDecodeError, TomlError) as error:
            raise SettingsError(_misspelt(self.path, error)) from None

    def json(self) -> RuleTable:
        """The whole of a JSON file, which must hold an object. SettingsError as for `toml`."""
        import json

        try:
            value = json.loads(self._bytes().decode("utf-8-sig"))
        except json.JSONDecodeError as error:
            where = f"第 {error.lineno} 行第 {error.colno} 列附近"
            raise SettingsError(_misspelt(self.path, where)) from None
        except (UnicodeDecodeError, RecursionError) as error:
            raise SettingsError(_misspelt(self.path, error)) from None
        if not isinstance(value, dict):
            raise SettingsError(_misspelt(self.path, "文件开头应为 {"))
        return RuleTable(self, "", value)

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise SettingsError(f"找不到规则文件：{self.path}。请从安装包重新复制 schemas 文件夹。") from None
        except OSError as error:
            raise SettingsError(
                f"规则文件读不出来：{self.path}（{error.strerror}）。请检查文件和权限。"
            ) from None


def _misspelt(path: Path, why: object) -> str:
    told = "不是 UTF-8 编码" if isinstance(why, UnicodeDecodeError) else str(why)
    return f"规则文件读不出来：{path}（{told}）。请检查这一处的写法。"


def raise_if_wrong(*files: RuleFile) -> None:
    """SettingsError that tells all that is wrong in ``files``."""
    told = [f"  · {file.path}：{problem}" for file in files for problem in file.problems]
    if told:
        raise SettingsError("规则文件有误，请改正后再运行：\n" + "\n".join(told))


class RuleTable:
    """One table of a rule file; ``where`` is how people find it ("", "values", "item 4").

    A key asked for with a default may be left out; without one it must be there.
    """

    def __init__(self, file: RuleFile, where: str, data: Mapping[str, Any]) -> None:
        self.file, self.where, self.data = file, where, data
        self._asked: set[str] = set()

    def place(self, key: str) -> str:
        """What a person finds ``key`` by."""
        return f"{self.where}.{key}" if self.where and key else self.where or key

    def wrong(self, key: str, what: str) -> None:
        """Note that ``key`` holds what is not allowed; ``what`` says what is."""
        self.file.wrong(self.place(key), what)

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def get(self, key: str) -> object:
        """The value of ``key`` as it stands; None when there is none."""
        self._asked.add(key)
        return self.data.get(key)

    def text(self, key: str, default: str | None = None, blank: bool = False) -> str:
        """Words; ``blank`` says whether there may be none."""
        value = self._given(key, default)
        if isinstance(value, str) and (value.strip() or blank or value == default):
            return value
        self.wrong(key, _shown("应为文字" if blank else "应为文字，不能为空", value))
        return ""

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._given(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.wrong(key, _shown("应为整数", value))
        return 0

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        value = self._given(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(key, _shown("应为 true 或 false", value))
        return False

    def words(self, key: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of words, none of them blank."""
        value = self._given(key, None if default is None else list(default))
        if isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value):
            return tuple(value)
        self.wrong(key, _shown('应为文字的列表，如 ["甲", "乙"]', value))
        return ()

    def patterns(self, key: str, default: Iterable[str] | None = ()) -> tuple[re.Pattern[str], ...]:
        """A list of patterns (regular expressions), each of what is none noted; may be left out unless said otherwise."""
        found = []
        for pattern in self.words(key, default):
            try:
                found.append(re.compile(pattern))
            except re.error as error:
                self.wrong(key, f"中的 {pattern!r} 不是正确的匹配式（{error}）")
        return tuple(found)

    def names(self, key: str, known: Collection[str], heading: str) -> tuple[str, ...]:
        """Names, none needed, each of them one of ``known``: the ``heading`` (``[[kind]]``) of this rule book."""
        found = self.words(key, ())
        for name in found:
            self.known(key, name, known, heading)
        return tuple(name for name in found if name in known)

    def known(self, key: str, name: str, known: Collection[str], heading: str) -> None:
        """Note a name that nothing in the rules answers to."""
        if name not in known:
            self.wrong(key, f"中的 {str(name)!r} 没有对应的 {heading}{_close(name, known)}")

    def choice(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """One of a few words; the first of them stands in for a wrong one."""
        value = self._given(key, default)
        if isinstance(value, str) and (value in choices or value == default):
            return value
        self.wrong(key, _shown(f"应为 {'、'.join(choices)} 之一", value))
        return next(iter(choices))

    def table(self, key: str, optional: bool = False) -> RuleTable:
        """A table of its own; an empty one stands in for one that is not there."""
        value = self._given(key, {} if optional else None)
        if not isinstance(value, dict):
            missing = value is None
            self.file.wrong(
                "" if missing else self.place(key),
                f"缺少 [{self.place(key)}] 这一部分" if missing else "应为表",
            )
            value = {}
        return RuleTable(self.file, self.place(key), value)

    def tables(self, key: str, by: str, optional: bool = False) -> list[RuleTable]:
        """A list of tables ([[key]]), each found by what it says under ``by`` (its number, name or slug)."""
        value = self._given(key, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.wrong(key, f"应为 [[{self.place(key)}]] 的列表")
            return []
        return [RuleTable(self.file, f"{self.place(key)} {one.get(by, '?')}", one) for one in value]

    def entries(self, key: str, default: list[Any] | None = None) -> list[Any]:
        """A list of whatever; who asks looks at what is in it."""
        value = self._given(key, default)
        if isinstance(value, list):
            return value
        self.wrong(key, _shown("应为列表", value))
        return []

    def done(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self.data:
            if key not in self._asked:
                self.wrong(key, f"：没有这一项设置{_close(key, self._asked)}")

    def _given(self, key: str, default: object) -> object:
        value = self.get(key)
        return default if value is None else value


def _shown(allowed: str, value: object) -> str:
    return f"{allowed}，现在没有写" if value is None else f"{allowed}，现为 {_short(repr(value))}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80] + "…"


def _close(word: str, known: Collection[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(str(word), [str(one) for one in known], n=1)
    return f"，是不是 {near[0]}？" if near else ""
