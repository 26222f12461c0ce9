"""Whose a file is: a person's account, or nobody's."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from archivist.system.owners import is_a_persons, person_who_owns


@pytest.mark.parametrize(
    ("uid", "own", "person"),
    [
        (1000, 0, True),
        (1001, 998, True),
        (1001, 1001, False),
        (0, 998, False),
        (33, 998, False),
        (65534, 998, False),
        (4_294_967_294, 998, False),
    ],
)
def test_services_nobody_and_the_softwares_own_account_are_no_persons(
    uid: int, own: int, person: bool
) -> None:
    assert is_a_persons(uid, own) is person


def test_what_the_software_itself_wrote_and_what_is_not_there_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")

    assert person_who_owns(tmp_path / "a") is None
    assert person_who_owns(tmp_path / "b") is None


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away")
def test_a_number_that_no_account_has_names_nobody(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    os.chown(tmp_path / "a", 54_321, -1)

    assert person_who_owns(tmp_path / "a") is None
