"""authority.toml: who may do what is data, and every mistake in it is told at once, with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.core.authority import ACTS, WAIVE
from archivist.errors import SettingsError
from archivist.workspace.authoritybook import district_prefixes, load_authority
from support.places import SCHEMAS

SHIPPED = (SCHEMAS / "authority.toml").read_text("utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "authority.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_rules_have_every_act() -> None:
    rules = load_authority(SCHEMAS / "authority.toml", ("大足区",))

    assert set(rules.acts) == set(ACTS)
    assert rules.act(WAIVE).who == "区、专班的审核、负责人"
    assert rules.prefixes == ("大足区",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('slug = "waive"', 'slug = "waives"', "应为"),
        (
            'levels = ["区", "专班"], roles = ["审核", "负责人"]',
            'levels = ["市"], roles = ["审核"]',
            "'市' 没有对应的 层级",
        ),
        ('roles = ["系统管理员"]', 'roles = ["管理员"]', "'管理员' 没有对应的 角色"),
        ('within = "village"', 'within = "everywhere"', "应为 village"),
        ('"监督" = {', '"审计" = {', "scope.监督"),
        ("schema = 1", "schema = 1\nextra = 2", "没有这一项设置"),
    ],
)
def test_what_is_wrong_is_told_with_its_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SHIPPED
    with pytest.raises(SettingsError, match=told):
        load_authority(written(tmp_path, SHIPPED.replace(old, new, 1)))


def test_an_act_nobody_wrote_a_rule_for_is_missing(tmp_path: Path) -> None:
    head, _, rest = SHIPPED.partition('[[act]]\nslug = "repair"')

    assert rest
    with pytest.raises(SettingsError, match="缺少 slug = 'repair'"):
        load_authority(written(tmp_path, head))


def test_prefixes_come_from_the_district_and_are_none_where_it_says_none(tmp_path: Path) -> None:
    broken = tmp_path / "townships.toml"
    broken.write_text("district = 3", "utf-8")

    assert "大足区" in district_prefixes(SCHEMAS / "townships.toml")
    assert district_prefixes(tmp_path / "none.toml") == district_prefixes(broken) == ()
    broken.write_text("[", "utf-8")
    assert district_prefixes(broken) == ()
