"""The rules asked for what they do not have, and for what they do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.model import Level
from archivist.workspace.rulebook import load_rules
from support.catalogue import NO_ITEM, NUMBERS
from support.drafting import ANNEX, KINDS
from support.places import SCHEMAS


@pytest.mark.parametrize("number", NUMBERS)
def test_an_item_is_found_by_its_number(number: int) -> None:
    assert ANNEX.item(number).number == number


def test_what_is_not_in_the_rules_is_an_error_of_the_program_not_a_guess() -> None:
    bare = replace(ANNEX, levels=())
    rules = load_rules(SCHEMAS, SCHEMAS)
    for ask in (
        lambda: ANNEX.item(NO_ITEM),
        lambda: ANNEX.kind("nothing"),
        lambda: bare.level(Level.VILLAGE),
        lambda: rules.item(NO_ITEM),
        lambda: rules.item(None),
        lambda: KINDS[0].field("没有这一项"),
    ):
        with pytest.raises(KeyError):
            ask()
