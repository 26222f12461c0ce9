"""The four properties of projects (四性检测): what is known and what lies there, gathered; the checks are pure."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.archive.lists import archive_lists, numberable
from archivist.core.archive.numbercheck import project_flaws
from archivist.core.drafts.closing import PAGED
from archivist.core.fourproperties.attachments import Attached, attached
from archivist.core.fourproperties.judging import examined
from archivist.core.fourproperties.manual import taken_back
from archivist.core.fourproperties.values import Facts, FileSeen, FolderSeen
from archivist.core.leftalone import folder_of_a_program, of_a_program
from archivist.core.model import TextSource
from archivist.core.project import Project
from archivist.extract.kinds import HEAD_BYTES, sniff, suffixes
from archivist.index.events import verify_chain
from archivist.store.layout import METADATA, NOTE_SUFFIX, OWN_PAGES

if TYPE_CHECKING:
    from datetime import date

    from archivist.core.archive.numbers import Given
    from archivist.core.checks.values import ProjectFile
    from archivist.core.document import Holding
    from archivist.core.fourproperties.values import Examined, FourRules
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace

_AT_ONCE = 1 << 20
_FEW = 500
_MARK = b"/Encrypt"
_MOST_METADATA = 64 << 20


@dataclass(frozen=True, slots=True)
class Examining:
    """Examines projects, one after the other.

    Attributes:
        read: read every file of a project and look into its folder; else the checks of files do not run, and say so.
        chain: as `Facts`.
    """

    workspace: Workspace
    index: IndexReader
    today: date
    read: bool = True
    chain: str | None = None

    def each(self, codes: Sequence[str]) -> Iterator[tuple[Facts, Examined]]:
        """Projects of the register, in the order given; a few are read at a time."""
        formers = self.index.succession.formers()
        people = bool(self.index.people.all())
        townships = frozenset(_townships(self.workspace))
        for start in range(0, len(codes), _FEW):
            few = codes[start : start + _FEW]
            given, manual = self.index.numbers.of(few), self.index.verifications.among(few)
            formerly = self.index.succession.formerly(few)
            for file in self.index.project_files.each(few):
                numbers = [file.code]
                for old, _ in formerly.get(file.code, ()):
                    former = formers.get(old.casefold())
                    if former is not None and not former.joined:
                        numbers.append(old)
                undone = taken_back(self.index.verifications.history(numbers))
                facts = self._facts(file, given[file.code], people, townships)
                yield facts, examined(facts, self.rules, manual[file.code], undone)

    def alone(self, facts: Facts) -> Examined:
        """What software alone says of a project, whatever people verified by hand."""
        return examined(facts, self.rules)

    @property
    def rules(self) -> FourRules:
        """What is checked."""
        return self.workspace.four

    def _facts(
        self, file: ProjectFile, given: Sequence[Given], people: bool, townships: frozenset[str]
    ) -> Facts:
        fonds, rules, items = self.workspace.fonds, self.workspace.archive, self.workspace.annex.items
        project = file.register or Project(file.code, file.name)
        blank = {one.id: empty for one in file.documents if (empty := self._blank(one))}
        home = file.folder or ""
        places = {rule.number: f"{home}/{rule.folder}" for rule in items} if home else {}
        filed = self.index.holdings.filed(file.code) if self.read else []
        return Facts(
            file,
            project,
            archive_lists(file, project, given, blank, items, fonds, rules),
            self.rules.bounds,
            self.today,
            {one.id: self._seen(one) for one in file.documents} if self.read else None,
            self._folder(file, filed, places) if self.read else None,
            tuple(project_flaws(file.code, numberable(file), given, fonds, rules)),
            places,
            Counter(one.item for one in filed if one.item is not None),
            tuple(rule.number for rule in items if rule.required),
            frozenset(period.name for period in rules.periods),
            townships,
            self._attached(file) if self.read else {},
            self.chain,
            people,
        )

    def _blank(self, one: Holding) -> int:
        return self.index.pages.blank(one.source, one.first, one.last) if one.file.kind in PAGED else 0

    def _attached(self, file: ProjectFile) -> dict[str, Attached]:
        """What the documents of a project whose text was read say of their attachments."""
        found = {}
        for one in file.documents:
            if one.text_source is not TextSource.NONE:
                pages = self.index.pages.of(one.source, one.first, one.last)
                found[one.id] = attached(page.text for page in pages)
        return found

    # -- what lies there -------------------------------------------------------------------------------------------

    def _seen(self, one: Holding) -> FileSeen:
        root = self.workspace.config.store_root
        if one.path is None:
            return FileSeen(False, None)
        path = root / one.path
        try:
            inside = path.resolve().is_relative_to(root.resolve())
            return _read(path, inside) if inside and path.is_file() else FileSeen(inside, None)
        except OSError:
            return FileSeen(False, None)

    def _folder(
        self, file: ProjectFile, filed: Sequence[Holding], places: Mapping[int, str]
    ) -> FolderSeen | None:
        if file.folder is None:
            return FolderSeen(False, metadata="项目还没有文件夹")
        root = self.workspace.config.store_root
        home = root / file.folder
        known = {one.path for one in filed if one.path}
        known |= {path for one in {row.source for row in filed} for path in self.index.copies.of(one)}
        extra, junk, counts = [], [], Counter[int]()
        of_folder = {place: item for item, place in places.items()}
        for folder, folders, names in os.walk(home):
            junk += [f"{name}/" for name in folders if folder_of_a_program(name)]
            folders[:] = sorted(name for name in folders if not folder_of_a_program(name))
            place = Path(folder).relative_to(root).as_posix()
            for name in sorted(names):
                if of_a_program(name):
                    junk.append(name)
                elif name not in OWN_PAGES and not name.endswith(NOTE_SUFFIX):
                    if place in of_folder:
                        counts[of_folder[place]] += 1
                    if f"{place}/{name}" not in known:
                        extra.append(name)
        return FolderSeen(
            home.is_dir(), tuple(extra), tuple(junk), counts, _metadata(home / METADATA, file.code)
        )


def _read(path: Path, inside: bool) -> FileSeen:
    """A file read once, in pieces: its digest, what its bytes are, whether they say that they are encrypted."""
    digest, size, tail, marked = hashlib.sha256(), 0, b"", False
    head = b""
    with path.open("rb") as stream:
        while piece := stream.read(_AT_ONCE):
            head = head or piece[:HEAD_BYTES]
            digest.update(piece)
            size += len(piece)
            marked = marked or _MARK in tail + piece
            tail = piece[-len(_MARK) :]
    kind = sniff(head, path) if size else ""
    return FileSeen(inside, size, digest.hexdigest(), kind, suffixes(head, kind), marked and kind == "pdf")


def _metadata(path: Path, code: str) -> str:
    """What is wrong with 档案元数据.json; "" for nothing."""
    try:
        if path.stat().st_size > _MOST_METADATA:
            return f"{METADATA} 太大，没有读"
        told = json.loads(path.read_bytes())
    except FileNotFoundError:
        return f"没有 {METADATA}"
    except (OSError, ValueError, RecursionError):
        return f"{METADATA} 读不出来"
    found = told.get("project") if isinstance(told, dict) else None
    number = found.get("code") if isinstance(found, dict) else found
    return "" if number == code else f"{METADATA} 里的项目编号不是 {code}"


def _townships(workspace: Workspace) -> list[str]:
    """The names of the townships (镇街) there are; none where no list says."""
    from archivist.workspace.toml import TomlError, parse_toml

    try:
        told = parse_toml((workspace.data("schemas") / "townships.toml").read_bytes())
    except (OSError, TomlError, UnicodeDecodeError):
        return []
    listed = told.get("townships", {})
    return [one for one in listed.values() if isinstance(one, str)] if isinstance(listed, dict) else []


def chain_told(index: IndexReader) -> str:
    """What is wrong with the chain of events; "" for nothing."""
    problems = verify_chain(index.events.all())
    return problems[0].message if problems else ""
