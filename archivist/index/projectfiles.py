"""All that checks need to know of projects (案卷), read off an open index: by the writer and on the light path alike."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from archivist.core.catalogue.completeness import Waiver
from archivist.core.catalogue.counting import counts, waits
from archivist.core.checks.values import Elsewhere, ProjectFile
from archivist.core.decision import Deregistration
from archivist.core.document import Holding
from archivist.core.dossier.values import Dossier
from archivist.core.override import Override
from archivist.core.proposal import Proposal
from archivist.core.register import project_from_record
from archivist.index.database import question_marks
from archivist.index.deregistrations import deregistration_of, read_decision, read_proposal
from archivist.index.dossiers import Dossiers
from archivist.index.evidence import BACKED
from archivist.index.holdings import CATALOGUE, holdings
from archivist.index.overrides import Overrides
from archivist.index.waivers import Waivers

if TYPE_CHECKING:
    from archivist.index.database import Database

_FEW = 500
"""So many projects are asked for at once."""

_PLACED = "project IS NOT NULL AND item IS NOT NULL AND status IN ('filed', 'review')"


class ProjectFiles:
    """The projects' files (案卷) in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[ProjectFile]:
        """Every project's, by township and code."""
        return list(self._read("", []))

    def of(self, codes: Sequence[str]) -> list[ProjectFile]:
        """Those of the projects ``codes``, in the order given; those the register does not have are left out."""
        return list(self.each(codes))

    def each(self, codes: Sequence[str]) -> Iterator[ProjectFile]:
        """As `of`, a few read at a time."""
        for start in range(0, len(codes), _FEW):
            few = codes[start : start + _FEW]
            found = {file.code: file for file in self._read(f"IN ({question_marks(few)})", few)}
            yield from (found[code] for code in few if code in found)

    def _read(self, chosen: str, values: Sequence[str]) -> Iterator[ProjectFile]:
        """``chosen`` is a condition on a project's code, "" for all."""
        of_project = f"WHERE project {chosen}" if chosen else ""
        documents: defaultdict[str, list[Holding]] = defaultdict(list)
        placed = f"{_PLACED} AND project {chosen}" if chosen else _PLACED
        for one in holdings(self._database, placed, values, CATALOGUE):
            documents[one.project or ""].append(one)
        waivers, void = self._waivers(chosen, values)
        gates = {}
        if self._database.has("deregistrations"):
            backed = f"{of_project or 'WHERE 1'} AND {BACKED}"
            query = f"SELECT * FROM deregistrations {backed} ORDER BY id"  # noqa: S608
            for row in self._database.rows(query, values):
                gates[row["project"]] = deregistration_of(row, read_decision(row["decision"]))
        proposals: dict[str, Proposal | None] = {}
        if self._database.has("proposals"):
            and_chosen = f"AND project {chosen}" if chosen else ""
            query = f"SELECT project, proposal FROM proposals WHERE ended IS NULL {and_chosen}"  # noqa: S608
            proposals = {
                row["project"]: read_proposal(row["proposal"]) for row in self._database.rows(query, values)
            }
        elsewhere = self._elsewhere(chosen, values)
        overrides: defaultdict[str, list[Override]] = defaultdict(list)
        for override in Overrides(self._database).among(list(values) if chosen else None):
            overrides[override.project].append(override)
        dossiers = Dossiers(self._database).among(list(values) if chosen else None)
        of_code = f"WHERE code {chosen}" if chosen else ""
        query = f"SELECT * FROM projects {of_code} ORDER BY township, code"  # noqa: S608
        for row in self._database.rows(query, values):
            code = row["code"]
            yield _file(
                row,
                documents[code],
                waivers[code],
                void[code],
                gates.get(code),
                elsewhere,
                proposals.get(code),
                overrides[code],
                dossiers[code].dossier if code in dossiers else None,
            )

    def _elsewhere(self, chosen: str, values: Sequence[str]) -> dict[str, tuple[Elsewhere, ...]]:
        """What of these projects' papers is filed for other projects, too: the same pages of the same bytes, or the same
        copy. Asked by the indexes on sha256s, so that it costs what the projects hold.
        """
        mine = f"mine.status = 'filed' AND mine.project {chosen or 'IS NOT NULL'}"
        # The plus keeps the planner from looking through all that is filed anywhere: it is to come by the sha256.
        theirs = "+theirs.status = 'filed' AND theirs.project <> mine.project"
        if self._database.has("version_links"):
            theirs += " AND NOT EXISTS (SELECT 1 FROM version_links WHERE document = theirs.id)"
        query = (
            "SELECT mine.id AS here, theirs.id AS document, theirs.project, theirs.item, "  # noqa: S608
            "theirs.decided_by IS NOT NULL AS by_person FROM documents AS mine "
            "JOIN sources AS ours ON ours.id = mine.source JOIN sources AS other ON other.sha256 = ours.sha256 "
            "JOIN documents AS theirs ON theirs.source = other.id "
            "AND theirs.first <= mine.last AND mine.first <= theirs.last "
            f"WHERE {mine} AND {theirs} UNION SELECT mine.id, theirs.id, theirs.project, theirs.item, "
            "theirs.decided_by IS NOT NULL FROM documents AS mine "
            "JOIN documents AS theirs ON theirs.path_sha256 = mine.path_sha256 "
            f"WHERE {mine} AND {theirs} ORDER BY 1, 2"
        )
        found: dict[str, tuple[Elsewhere, ...]] = {}
        for row in self._database.rows(query, [*values, *values]):
            here = row.pop("here")
            place = Elsewhere(row["document"], row["project"], row["item"], bool(row["by_person"]))
            found[here] = (*found.get(here, ()), place)
        return found

    def _waivers(
        self, chosen: str, values: Sequence[str]
    ) -> tuple[defaultdict[str, list[Waiver]], defaultdict[str, list[Waiver]]]:
        """Those that hold, and those that do not, by project."""
        found = Waivers(self._database)
        held: defaultdict[str, list[Waiver]] = defaultdict(list)
        void: defaultdict[str, list[Waiver]] = defaultdict(list)
        codes = list(values) if chosen else None
        for one in found.among(codes):
            held[one.project].append(one)
        for one in found.void(codes):
            void[one.project].append(one)
        return held, void


def _file(
    project: dict[str, Any],
    documents: Sequence[Holding],
    waivers: Sequence[Waiver],
    void: Sequence[Waiver],
    gate: Deregistration | None,
    elsewhere: Mapping[str, tuple[Elsewhere, ...]],
    proposal: Proposal | None,
    overrides: Sequence[Override],
    dossier: Dossier | None,
) -> ProjectFile:
    register = project_from_record(json.loads(project["record"]))
    return ProjectFile(
        project["code"],
        project["name"],
        project["category"],
        tuple(one for one in documents if counts(one)),
        tuple(one for one in documents if waits(one)),
        {one.item: one for one in waivers},
        gate,
        register.debts,
        register,
        {one.id: elsewhere[one.id] for one in documents if one.id in elsewhere},
        tuple(void),
        proposal,
        tuple(overrides),
        project["folder"],
        tuple((old, name) for old, name, *_ in json.loads(project.get("formerly", "[]"))),
        project.get("retired") is not None,
        dossier,
    )
