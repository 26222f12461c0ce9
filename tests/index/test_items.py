"""Counted by SQLite or counted from the documents: one definition, whatever the archive holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.catalogue.counting import item_counts as counted
from archivist.core.model import Status
from archivist.index.database import Database
from archivist.index.holdings import holdings
from archivist.index.items import Items
from archivist.index.schema import make_tables

MOST = 8
PLACES = st.tuples(st.sampled_from(["A", "B", None]), st.sampled_from([1, 2, 8, 9, None]))
KEPT = st.lists(
    st.tuples(
        st.sampled_from(list(Status)),
        PLACES,
        st.sampled_from(["", "altered", "gone", None]),
        st.none() | st.integers(0, MOST - 1),
    ),
    max_size=MOST,
)
"""Documents: status, project and item, how the copy stands (None: no copy), the number of a newer version."""


@pytest.fixture(scope="module")
def empty() -> sqlite3.Connection:
    """A database of this edition, made once; every example is rolled back."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    make_tables(connection)
    connection.execute(
        "INSERT INTO sources (id, name, origin, sha256, size, state, received) "
        "VALUES (1, 'a.pdf', 'inbox', '', 1, 'done', '2026-11-28')"
    )
    return connection


def items(connection: sqlite3.Connection) -> Items:
    return Items(Database(connection, ":memory:"))


def fill(
    connection: sqlite3.Connection,
    kept: Sequence[tuple[Status, tuple[str | None, int | None], str | None, int | None]],
) -> None:
    for number, (status, (project, item), standing, newer) in enumerate(kept):
        path = None if standing is None else f"{number}.pdf"
        connection.execute(
            "INSERT INTO documents (id, source, first, last, status, project, item, confidence, candidates, reasons, "
            "evidence, sealed, signed, path, text_source) "
            "VALUES (?, 1, 1, 1, ?, ?, ?, 0, '[]', '[]', '[]', 'unknown', 'unknown', ?, 'none')",
            [f"D{number}", status.value, project, item, path],
        )
        if path is not None:
            connection.execute(
                "INSERT INTO standing (path, stamp, state) VALUES (?, '', ?)", [path, standing]
            )
        if newer is not None:
            connection.execute("INSERT INTO versions VALUES (?, ?, NULL, '')", [f"D{number}", f"D{newer}"])


@given(kept=KEPT)
def test_the_database_counts_what_the_documents_say(
    empty: sqlite3.Connection,
    kept: list[tuple[Status, tuple[str | None, int | None], str | None, int | None]],
) -> None:
    empty.execute("BEGIN")
    try:
        fill(empty, kept)
        expected = counted(holdings(Database(empty, ":memory:")))

        assert sorted(items(empty).counts()) == expected
        for project in ("A", "B", "C"):
            assert sorted(items(empty).counts(project)) == [
                count for count in expected if count.project == project
            ]
    finally:
        empty.execute("ROLLBACK")


def test_an_older_version_counts_for_nothing_and_an_altered_copy_cannot_be_counted_on(
    empty: sqlite3.Connection,
) -> None:
    filed, place = Status.FILED, ("A", 1)
    empty.execute("BEGIN")
    try:
        fill(empty, [(filed, place, "altered", 1), (filed, place, "", None), (filed, place, "gone", None)])
        (count,) = items(empty).counts()
    finally:
        empty.execute("ROLLBACK")

    assert (count.filed, count.review, count.unqualified) == (2, 0, 1)
