"""Read schemas/authority.toml: who may do what (权限). All mistakes at once, with file and key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archivist.core.authority import ACTS, ADDED, ActRule, Allowed, Authority, Scope, Within
from archivist.core.people.person import Role, Standing
from archivist.workspace.rulefile import RuleFile, RuleTable, raise_if_wrong
from archivist.workspace.toml import TomlError, parse_toml


def load_authority(path: Path, prefixes: tuple[str, ...] = (), shipped: Path | None = None) -> Authority:
    """The rules in the file ``path``; acts that came after it was written are those of the file ``shipped``.

    Raises:
        SettingsError: it is missing, does not parse, or holds what is not allowed (all of it named).
    """
    file = RuleFile(path)
    table = file.toml()
    table.get("schema")
    acts = {one.slug: one for one in map(_act, table.tables("act", "slug"))}
    if shipped is not None and shipped != path and ADDED - acts.keys():
        acts |= {
            slug: rule for slug, rule in load_authority(shipped).acts.items() if slug in ADDED - acts.keys()
        }
    for slug in ACTS:
        if slug not in acts:
            file.wrong("act", f"缺少 slug = {slug!r} 的一项")
    within = dict(_within(table.table("scope")))
    table.done()
    raise_if_wrong(file)
    return Authority(acts, within, prefixes)


def district_prefixes(path: Path) -> tuple[str, ...]:
    """What may stand for the district before a name, by townships.toml; nothing where that is not there."""
    try:
        district = parse_toml(path.read_bytes()).get("district", {})
    except (OSError, TomlError, UnicodeDecodeError):
        return ()
    found = district.get("prefixes", []) if isinstance(district, dict) else []
    return tuple(one for one in found if isinstance(one, str))


def _act(table: RuleTable) -> ActRule:
    slug = table.choice("slug", ACTS)
    may = []
    for one in table.tables("may", "levels"):
        levels = tuple(Standing(name) for name in one.names("levels", list(Standing), "层级"))
        roles = tuple(Role(name) for name in one.names("roles", list(Role), "角色"))
        may.append(Allowed(levels, roles))
        one.done()
    rule = ActRule(slug, table.text("name"), table.text("basis"), tuple(may))
    table.done()
    return rule


def _within(table: RuleTable) -> Iterator[tuple[Standing, Within]]:
    for name in Standing:
        part = table.table(name)
        yield name, Within(Scope(part.choice("within", list(Scope))), part.text("basis"))
        part.done()
    table.done()
