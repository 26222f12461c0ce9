"""Read schemas/annex4.toml and schemas/procedure.toml into values. All mistakes are told at once, with file and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from archivist.core.model import Level
from archivist.core.paper.facts import FORMS
from archivist.core.rules import (
    Annex,
    DebtRule,
    FactRule,
    IdentityRule,
    ItemRule,
    KindRule,
    LevelRule,
    OrderRule,
    Procedure,
    SignatureRules,
    Step,
    TopicRule,
)
from archivist.errors import SettingsError


class _Reader:
    """Collects what is wrong while reading tables, so that a person sees every mistake in one go."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []

    def get(self, table: Mapping[str, Any], where: str, key: str, kind: type, default: Any = None) -> Any:
        value = table.get(key, default)
        if value is None or not isinstance(value, kind):
            self.problems.append(f"{where}.{key} 应为{_KIND_NAMES[kind]}，现为 {value!r}")
            return kind()
        return value

    def raise_if_any(self) -> None:
        if self.problems:
            details = "\n".join(f"  {problem}" for problem in self.problems)
            raise SettingsError(f"规则文件有误：{self.path}，请改正后再运行：\n{details}")


_KIND_NAMES: dict[type, str] = {str: "文字", int: "整数", bool: "true 或 false", list: "列表", dict: "表"}


def load_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of schemas/; SettingsError in Chinese when it is not there or does not parse."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"找不到规则文件：{path}。请从安装包重新复制 schemas 文件夹。") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"规则文件读不出来：{path}（{error}）。请检查这一处的写法。") from None


def load_items(folder: Path) -> tuple[ItemRule, ...]:
    """Read only the eight items: what commands that merely list need."""
    path = folder / "annex4.toml"
    reader = _Reader(path)
    items = tuple(_item(reader, table) for table in reader.get(load_toml(path), "文件", "item", list))
    reader.raise_if_any()
    return items


def load_annex(folder: Path) -> Annex:
    """Read ``annex4.toml`` in ``folder``."""
    path = folder / "annex4.toml"
    data = load_toml(path)
    reader = _Reader(path)
    items = tuple(_item(reader, table) for table in reader.get(data, "文件", "item", list))
    kinds = tuple(_kind(reader, table) for table in reader.get(data, "文件", "kind", list))
    levels = tuple(_level(reader, table) for table in reader.get(data, "文件", "level", list))
    decision = reader.get(data, "文件", "decision", dict)
    names = reader.get(data, "文件", "names", dict)
    annex = Annex(
        items=items,
        kinds=kinds,
        levels=levels,
        decision_words=tuple(reader.get(decision, "decision", "words", list)),
        mention_words=tuple(reader.get(decision, "decision", "mention_only", list)),
        list_words=tuple(reader.get(decision, "decision", "list_words", list)),
        generic_words=tuple(reader.get(names, "names", "generic", list)),
        facts=tuple(_fact(reader, table) for table in reader.get(data, "文件", "fact", list)),
        signatures=_signatures(reader, reader.get(data, "文件", "signatures", dict)),
        topic=_topic(reader, reader.get(data, "文件", "topic", dict, {})),
    )
    _cross_check(reader, annex)
    reader.raise_if_any()
    return annex


def load_procedure(folder: Path, items: Sequence[ItemRule]) -> Procedure:
    """Read ``procedure.toml`` in ``folder``; its steps are of the catalogue's ``items``."""
    path = folder / "procedure.toml"
    data = load_toml(path)
    reader = _Reader(path)
    known = [rule.number for rule in items]
    orders = tuple(_order(reader, table, known) for table in reader.get(data, "文件", "order", list))
    gate = reader.get(data, "文件", "deregistration", dict)
    category, clause, quote = (
        reader.get(gate, "deregistration", key, str) for key in ("category", "clause", "quote")
    )
    debts = _debts(reader, data["debts"]) if "debts" in data else None
    identity = _identity(reader, data["identity"], known) if "identity" in data else None
    reader.raise_if_any()
    return Procedure(orders, category, clause, quote, debts, identity)


def _identity(reader: _Reader, table: dict[str, Any], known: Sequence[int]) -> IdentityRule:
    clause, fact = (reader.get(table, "identity", key, str) for key in ("clause", "fact"))
    return IdentityRule(clause, fact, _numbers(reader, table, "identity", known))


def _numbers(reader: _Reader, table: dict[str, Any], where: str, known: Sequence[int]) -> tuple[int, ...]:
    """Items of the catalogue, at least one."""
    numbers = reader.get(table, where, "items", list)
    if not numbers or any(number not in known for number in numbers):
        listed = "、".join(map(str, known))
        reader.problems.append(f"{where}.items 应为归档目录的序号（{listed}），现为 {numbers!r}")
    return tuple(numbers)


def _debts(reader: _Reader, table: dict[str, Any]) -> DebtRule:
    clause, quote, fact = (reader.get(table, "debts", key, str) for key in ("clause", "quote", "fact"))
    open_, settled = (tuple(map(str, reader.get(table, "debts", key, list))) for key in ("open", "settled"))
    return DebtRule(clause, quote, fact, open_, settled)


def _order(reader: _Reader, table: dict[str, Any], known: Sequence[int]) -> OrderRule:
    where = f"order {table.get('slug', '?')}"
    severity = reader.get(table, where, "severity", str)
    if severity not in {"error", "warning"}:
        reader.problems.append(f"{where}.severity 应为 error 或 warning（原则上），现为 {severity!r}")
    steps = []
    for at, step in enumerate(reader.get(table, where, "step", list), 1):
        inside = f"{where}.step {at}"
        numbers = _numbers(reader, step, inside, known)
        steps.append(Step(reader.get(step, inside, "name", str), numbers))
    if len(steps) < 2:
        reader.problems.append(f"{where} 至少要有两个 [[order.step]]")
    words = {key: reader.get(table, where, key, str) for key in ("slug", "name", "clause", "quote")}
    return OrderRule(**words, strict=severity == "error", steps=tuple(steps))


def _item(reader: _Reader, table: dict[str, Any]) -> ItemRule:
    where = f"item {table.get('number', '?')}"
    level = table.get("level")
    if level is not None and level not in set(Level):
        reader.problems.append(f"{where}.level 应为 {'、'.join(Level)} 之一，现为 {level!r}")
        level = None
    return ItemRule(
        number=reader.get(table, where, "number", int),
        name=reader.get(table, where, "name", str),
        short=reader.get(table, where, "short", str),
        remark=reader.get(table, where, "remark", str),
        clause=reader.get(table, where, "clause", str),
        kinds=tuple(reader.get(table, where, "kinds", list)),
        level=Level(level) if level else None,
        required=reader.get(table, where, "required", bool),
        seal=reader.get(table, where, "seal", bool),
        signature=reader.get(table, where, "signature", bool),
        sealers=_sealers(reader, where, reader.get(table, where, "sealers", list, [])),
    )


_SEALER_NAMES = frozenset({"village", "township", "department", "issuer"})


def _sealers(reader: _Reader, where: str, listed: list[Any]) -> tuple[str, ...]:
    """Names of bodies with places to fill in; a place nobody can fill is a mistake in the file."""
    for words in listed:
        unknown = set(re.findall(r"\{(.*?)\}", str(words))) - _SEALER_NAMES
        if unknown:
            places = "、".join(sorted(_SEALER_NAMES))
            reader.problems.append(
                f"{where}.sealers 中的 {words!r} 只能用 {places}，现有 {'、'.join(sorted(unknown))}"
            )
    return tuple(str(words) for words in listed)


def _kind(reader: _Reader, table: dict[str, Any]) -> KindRule:
    where = f"kind {table.get('slug', '?')}"
    cues: list[tuple[str, int]] = []
    for cue in reader.get(table, where, "cues", list):
        if isinstance(cue, list) and len(cue) == 2 and isinstance(cue[0], str) and isinstance(cue[1], int):
            cues.append((cue[0], cue[1]))
        else:
            reader.problems.append(f'{where}.cues 的每一项应为 ["词语", 分值]，现为 {cue!r}')
    return KindRule(
        slug=reader.get(table, where, "slug", str),
        name=reader.get(table, where, "name", str),
        endings=tuple(reader.get(table, where, "endings", list)),
        cues=tuple(cues),
        reject=reader.get(table, where, "reject", str, ""),
        attaches=reader.get(table, where, "attaches", bool, False),
        annexed=reader.get(table, where, "annexed", bool, False),
        handed=_handed(reader, where, reader.get(table, where, "handed", list, [])),
    )


def _handed(reader: _Reader, where: str, listed: list[Any]) -> tuple[tuple[str, str], ...]:
    pairs = [tuple(map(str, pair)) for pair in listed if isinstance(pair, list) and len(pair) == 2]
    if len(pairs) < len(listed):
        reader.problems.append(f'{where}.handed 的每一项应为 ["词语", "文种"]，现为 {listed!r}')
    return tuple((word, slug) for word, slug in pairs)


def _fact(reader: _Reader, table: dict[str, Any]) -> FactRule:
    where = f"fact {table.get('name', '?')}"
    form = reader.get(table, where, "form", str)
    if form not in FORMS:
        reader.problems.append(f"{where}.form 应为 {'、'.join(FORMS)} 之一，现为 {form!r}")
    return FactRule(
        name=reader.get(table, where, "name", str),
        form=form,
        labels=tuple(reader.get(table, where, "labels", list)),
        kinds=tuple(reader.get(table, where, "kinds", list, [])),
    )


def _level(reader: _Reader, table: dict[str, Any]) -> LevelRule:
    slug = table.get("slug")
    where = f"level {slug or '?'}"
    patterns: list[re.Pattern[str]] = []
    for pattern in reader.get(table, where, "patterns", list):
        try:
            patterns.append(re.compile(pattern))
        except (re.error, TypeError) as error:
            reader.problems.append(f"{where}.patterns 中的 {pattern!r} 不是正确的匹配式（{error}）")
    if slug not in set(Level):
        reader.problems.append(f"{where}.slug 应为 {'、'.join(Level)} 之一，现为 {slug!r}")
        slug = Level.VILLAGE
    return LevelRule(Level(slug), reader.get(table, where, "name", str), tuple(patterns))


def _signatures(reader: _Reader, table: dict[str, Any]) -> SignatureRules:
    def words(key: str) -> tuple[str, ...]:
        return tuple(str(word) for word in reader.get(table, "signatures", key, list))

    return SignatureRules(
        words("marks"), words("people"), words("lists"), words("beside"), words("strict_kinds")
    )


def _topic(reader: _Reader, table: dict[str, Any]) -> TopicRule:
    return TopicRule(
        tuple(map(str, reader.get(table, "topic", "kinds", list, []))),
        tuple(map(str, reader.get(table, "topic", "words", list, []))),
    )


def _cross_check(reader: _Reader, annex: Annex) -> None:
    numbers = [rule.number for rule in annex.items]
    if numbers != list(range(1, len(numbers) + 1)):
        reader.problems.append(f"item.number 应从 1 起连续编号，现为 {numbers}")
    known = {rule.slug for rule in annex.kinds}
    for kind in annex.kinds:
        for _, other in kind.handed:
            if other not in known:
                reader.problems.append(f"kind {kind.slug}.handed 中的 {other!r} 没有对应的 [[kind]]")
    for rule in annex.items:
        for slug in rule.kinds:
            if slug not in known:
                reader.problems.append(f"item {rule.number}.kinds 中的 {slug!r} 没有对应的 [[kind]]")
