"""How projects stand to the catalogue (归档状态), kept: asked for without running a check, and never stale.

What a project's state is made of changes in many ways; triggers in the file mark the project, whoever writes. What is
marked, was made by other rules, or holds no longer on this day is made anew: for a reader on the fly, beside what is kept;
a writer keeps it. So an answer is always what the checks say now, whether a writer came by since or not.

A state that is the same today and at the end of time is taken not to depend on the day; one that is not (a paper dated
in the future) holds for today only. The light path: nothing heavy is loaded unless something has to be made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice, starmap
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from archivist.core.catalogue.keeping import Kept
from archivist.index.database import question_marks
from archivist.index.projects import Projects

if TYPE_CHECKING:
    from archivist.core.catalogue.standard import Standard
    from archivist.index.database import Database

_AT_ONCE = 500
"""Projects whose states are made or kept at once."""

_NO_PLACES: Mapping[str, tuple[str, ...]] = {}


class Chosen(NamedTuple):
    """Which projects: of a category (None: any), of places by field, that miss an item, that are not complete."""

    category: str | None = None
    places: Mapping[str, tuple[str, ...]] = _NO_PLACES
    item: int | None = None
    incomplete: bool = False

    def only(self, incomplete: bool) -> Chosen:
        """The same, of them only those that are not complete."""
        return self._replace(incomplete=incomplete)

    def of_any_item(self) -> Chosen:
        """The same, whatever they miss."""
        return self._replace(item=None)

    def fits(self, one: Kept) -> bool:
        """Whether a project is one of them."""
        return (
            (self.category is None or one.category == self.category)
            and all(getattr(one, field) in names for field, names in self.places.items())
            and (self.item is None or f" {self.item} " in one.missing)
            and not (self.incomplete and one.complete)
        )

    def condition(self) -> tuple[str, list[str]]:
        """The same for the database."""
        terms, values = ["1"], list[str]()
        if self.category is not None:
            terms.append("category = ?")
            values.append(self.category)
        for field, names in self.places.items():
            terms.append(f"{field} IN ({question_marks(names)})")
            values += names
        if self.item is not None:
            terms.append("instr(missing, ?)")
            values.append(f" {self.item} ")
        if self.incomplete:
            terms.append("complete = 0")
        return " AND ".join(terms), values


class States:
    """The kept states in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- questions -------------------------------------------------------------------------------------------------

    def rows(self, standard: Standard, chosen: Chosen, most: int = -1) -> Iterator[Kept]:
        """States by township and code; ``most`` of them, -1 for all."""
        with self._database.one_moment():
            yield from islice(self._merged(standard, chosen, most), most if most >= 0 else None)

    def lines(self, standard: Standard, chosen: Chosen, most: int = -1) -> Iterator[str]:
        """The records of ``missing --json`` by township and code, as they are printed."""
        with self._database.one_moment():
            if self._stale(standard) != frozenset():
                found = self._merged(standard, chosen, most)
                yield from (one.line for one in islice(found, most if most >= 0 else None))
                return
            where, values = chosen.condition()
            query = f"SELECT line FROM project_states WHERE {where} ORDER BY township, project LIMIT ?"  # noqa: S608
            yield from (line for (line,) in self._database.connection.execute(query, [*values, most]))

    def outlines(self, standard: Standard, chosen: Chosen) -> list[tuple[str, int]]:
        """How many projects have which outline; one may come several times."""
        with self._database.one_moment():
            stale = self._stale(standard)
            if stale is None:
                return [(one.outline, 1) for one in self._fresh(standard, chosen, None)]
            where, values = chosen.condition()
            query = f"SELECT outline, COUNT(*) FROM project_states WHERE {where} GROUP BY township, outline"  # noqa: S608
            found = self._database.connection.execute(query, values).fetchall()
            for few in _portions(sorted(stale)):
                query = f"SELECT outline, -1 FROM project_states WHERE {where} AND project IN ({question_marks(few)})"  # noqa: S608
                found += self._database.connection.execute(query, [*values, *few]).fetchall()
            return found + [(one.outline, 1) for one in self._fresh(standard, chosen, stale)]

    def at_hand(self, standard: Standard) -> bool:
        """Whether an answer costs next to nothing: few states, if any, have to be made for it."""
        stale = self._stale(standard)
        return (
            self._database.value("SELECT COUNT(*) FROM projects") <= _AT_ONCE
            if stale is None
            else len(stale) <= _AT_ONCE
        )

    def _merged(self, standard: Standard, chosen: Chosen, most: int) -> Iterator[Kept]:
        """What is kept and holds, and what is made anew in place of the rest."""
        stale = self._stale(standard)
        if stale is None:
            return self._fresh(standard, chosen, None)
        where, values = chosen.condition()
        enough = most + len(stale) if most >= 0 else -1
        query = f"SELECT * FROM project_states WHERE {where} ORDER BY township, project LIMIT ?"  # noqa: S608
        kept = starmap(Kept, self._database.connection.execute(query, [*values, enough]))
        if not stale:
            return kept
        holding = (one for one in kept if one.project not in stale)
        return merge(
            holding, self._fresh(standard, chosen, stale), key=lambda one: (one.township, one.project)
        )

    # -- what does not hold ----------------------------------------------------------------------------------------

    def _stale(self, standard: Standard) -> frozenset[str] | None:
        """The projects whose kept state does not hold; None for all of them."""
        database, today = self._database, standard.today
        if not database.has("project_states"):
            return None
        made = database.connection.execute("SELECT standard, made FROM states_made").fetchone()
        if made is None or made[0] != standard.key:
            return None
        query = (
            "SELECT project FROM stale_states UNION "
            "SELECT project FROM project_states WHERE until <> '' AND until < ?"
        )
        stale = {code for (code,) in database.connection.execute(query, [today])}
        if made[1] > today:  # the clock was set back
            query = "SELECT project FROM project_states WHERE made > ?"
            stale |= {code for (code,) in database.connection.execute(query, [today])}
        return frozenset(stale)

    def _fresh(self, standard: Standard, chosen: Chosen, stale: Collection[str] | None) -> Iterator[Kept]:
        """States made now, of those projects ``stale`` (None: all) that are chosen, by township and code."""
        if stale is not None and not stale:
            return
        where, values = Chosen(chosen.category, chosen.places).condition()
        named = "SELECT township, code FROM projects"
        if stale is None:
            found = self._database.connection.execute(f"{named} WHERE {where}", values).fetchall()
        else:
            found = []
            for few in _portions(sorted(stale)):
                query = f"{named} WHERE {where} AND code IN ({question_marks(few)})"
                found += self._database.connection.execute(query, [*values, *few]).fetchall()
        if found:
            codes = [code for _, code in sorted(found)]
            yield from (one for one in self._made(codes, standard) if chosen.fits(one))

    def _made(self, codes: Sequence[str], standard: Standard) -> Iterator[Kept]:
        """The states of projects as the checks find them now, in the order given."""
        import json
        from functools import partial

        from archivist.core.catalogue.making import made_of
        from archivist.index.items import Items
        from archivist.index.projectfiles import ProjectFiles

        rules, printed = standard.rules(), partial(json.dumps, ensure_ascii=False)
        for few in _portions(codes):
            unsorted = Items(self._database).unsorted(few)
            for file in ProjectFiles(self._database).of(few):
                yield made_of(file, rules, standard.today, unsorted.get(file.code, ()), printed)

    # -- changes ---------------------------------------------------------------------------------------------------

    def settle(self, standard: Standard, seconds: float | None = None) -> bool:
        """Keep the states of all projects whose kept one does not hold; False when ``seconds`` were not enough for all:
        the rest stays marked. Write lock held.

        Raises:
            SettingsError: something has to be made and the rules cannot be read; nothing is changed.
        """
        stale = self._stale(standard)
        if stale is not None and not stale:
            return True
        standard.rules()
        self._mark(standard, stale)
        end = None if seconds is None else monotonic() + seconds
        query = (
            "SELECT stale_states.project FROM stale_states LEFT JOIN projects ON code = stale_states.project "
        )
        query += "ORDER BY township, code LIMIT ?"
        codes = [code for (code,) in self._database.connection.execute(query, [-1])]
        for few in _portions(codes):
            if end is not None and monotonic() >= end:
                return False
            self._keep(few, standard)
        return True

    def _mark(self, standard: Standard, stale: Collection[str] | None) -> None:
        """Have all that does not hold marked, and say by what states are made from now on."""
        database = self._database
        mark = "INSERT INTO stale_states SELECT code, 0 FROM {} WHERE code NOT IN (SELECT project FROM stale_states)"
        with database.change():
            if stale is None:
                database.execute(mark.format("projects"))
                database.execute(
                    "DELETE FROM project_states WHERE project NOT IN (SELECT code FROM projects)"
                )
            for code in stale or ():
                database.execute(mark.format("(SELECT ? AS code)"), [code])
            database.execute(
                "INSERT OR REPLACE INTO states_made VALUES (1, ?, ?)", [standard.key, standard.today]
            )

    def _keep(self, codes: Sequence[str], standard: Standard) -> None:
        made = list(self._made(codes, standard))
        database, marks = self._database, question_marks(codes)
        query = (
            "SELECT project, items, whole FROM project_states JOIN stale_states USING (project) "  # noqa: S608
            f"WHERE papers = 0 AND project IN ({marks})"
        )
        before = {code: told for code, *told in database.connection.execute(query, codes)}
        with database.change():
            for one in made:
                if before.get(one.project, [one.items, one.whole]) != [one.items, one.whole]:
                    Projects(database).outdate(one.project)
            database.execute(f"DELETE FROM project_states WHERE project IN ({marks})", codes)  # noqa: S608
            for one in made:
                database.execute(f"INSERT INTO project_states VALUES ({question_marks(one)})", one)  # noqa: S608
            database.execute(f"DELETE FROM stale_states WHERE project IN ({marks})", codes)  # noqa: S608


def _portions(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    return (codes[start : start + _AT_ONCE] for start in range(0, len(codes), _AT_ONCE))
