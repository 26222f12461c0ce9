"""Exporting (导出) one project or many: whole packages or none, nothing overwritten, gone on with after a kill.

Everything is made in a hidden folder beside where the packages will stand, and gets its name by one renaming, while the
write lock is held and the index says of the project what it said when the package was begun. A note in that folder tells
which packages this job finished: what was killed goes on there, and a package that stands and is none of its own refuses
the whole job before anything is written.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from archivist.core.naming import project_folder
from archivist.core.package.bag import TAGS, check_code
from archivist.errors import ArchivistError, BadInputError, FixityError, StoreError, UsageError
from archivist.index.reader import IndexReader, open_reader
from archivist.preservation.package.gathering import Gathered, gathered
from archivist.preservation.package.writing import NotAsFiled, Written, write, zipped
from archivist.system.durable import Occupied, link_into, sync_folder, told_in_chinese
from archivist.system.locks import Lock

if TYPE_CHECKING:
    from archivist.workspace.opened import Workspace

WORK = ".archivist-export"
"""The hidden folder beside the packages."""

_NOTE, _LOCK = "job.json", "lock"
_TRIES = 3
Lists = Callable[["Workspace", Gathered], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class Exported:
    """A package that stands.

    Attributes:
        digest: sha256 of its tag manifest. earlier: it was finished before the job was interrupted. changed: the project
            has changed since then.
    """

    code: str
    path: Path
    digest: str
    files: int
    bytes: int
    wound_up: bool
    complete: bool
    root: str
    left: tuple[str, ...] = ()
    earlier: bool = False
    changed: bool = False

    @property
    def check(self) -> str:
        """移交包校验值: twenty digits, to be compared by eye."""
        return check_code(self.digest)

    def record(self) -> dict[str, Any]:
        """As ``--json`` prints it (schemas/output/export.schema.json)."""
        return {
            "project": self.code,
            "path": str(self.path),
            "deregistered": self.wound_up,
            "complete": self.complete,
            "root": self.root,
            "sha256": self.digest,
            "check": self.check,
            "files": self.files,
            "bytes": self.bytes,
            "left": list(self.left),
            "earlier": self.earlier,
            "changed": self.changed,
        }


@dataclass(slots=True)
class Note:
    """What the job remembers of itself: packages finished, and the one that is about to get its name."""

    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    doing: dict[str, Any] = field(default_factory=dict)


def archive_papers(workspace: Workspace, one: Gathered) -> dict[str, bytes]:
    """案卷封面, 卷内目录 and 卷内备考表, or 归档文件目录 by 件, as Word files by their names."""
    from archivist.drafts.volume import papers_of

    with open_reader(workspace.index_path) as index:
        return dict(papers_of(workspace, index, one.contents.code, date.fromisoformat(one.contents.day)))


class Export:
    """One job.

    Args:
        out: the folder the packages are put into. zip: as ZIP files. lists: makes further documents of a payload.
    """

    def __init__(
        self, workspace: Workspace, out: Path, zip: bool = False, lists: Lists = archive_papers
    ) -> None:
        self._workspace, self._out, self._zip, self._lists = workspace, out.absolute(), zip, lists
        self._work = self._out / WORK
        self._note = Note()
        self._day = datetime.now().astimezone().date()

    def run(self, codes: Sequence[str], problem: Callable[[ArchivistError], None]) -> Iterator[Exported]:
        """Export the projects ``codes``, each as it is finished.

        Args:
            problem: called with what keeps one of several projects from being exported; the others go on.

        Raises:
            BadInputError: the register has no such project. RefusedError: they may not. UsageError: packages cannot be put
            there. StoreError: something stands there, the disk refuses, or a project never holds still.
        """
        wanted = list(dict.fromkeys(codes))
        self._check_place()
        names = self._names(wanted)
        with told_in_chinese("导出", self._out), self._working():
            self._may(wanted)
            self._nothing_stands(wanted, names)
            for code in wanted:
                if code in self._note.done:
                    yield self._earlier(code)
                    continue
                try:
                    yield self._one(code, names[code])
                except (FixityError, BadInputError) as error:
                    if len(wanted) == 1:
                        raise
                    problem(error)

    # -- before ----------------------------------------------------------------------------------------------------

    def _check_place(self) -> None:
        store, out = self._workspace.store.root.resolve(), self._out.resolve()
        if out == store or store in out.parents:
            raise UsageError(
                "不能导出到档案库里面：里面的文件会被当成收到的材料。请换一个位置，最好是另一块盘。"
            )
        if os.path.lexists(self._out) and not self._out.is_dir():
            raise StoreError(f"“{self._out}”是一个文件，没有覆盖。-o 后面请写一个文件夹。")
        if not self._out.exists() and not self._out.parent.is_dir():
            raise BadInputError(f"文件夹“{self._out.parent}”不存在，没有导出。请先建好文件夹，或换一个位置。")

    def _names(self, codes: Sequence[str]) -> dict[str, str]:
        """What each package is called: as the project's folder, unless two are called alike."""
        names: dict[str, str] = {}
        with open_reader(self._workspace.index_path) as index:
            for code in codes:
                row = index.projects.find(code)
                if row is None:
                    raise BadInputError(
                        f"台账里没有项目编号“{code}”。请用 archivist register list 查看编号。"
                    )
                own = str(row["folder"] or "").rpartition("/")[2]
                taken = {name.casefold() for name in names.values()}
                plain = project_folder(code, row["name"])
                free = [
                    one
                    for one in (own, plain, project_folder(code, ""))
                    if one and one.casefold() not in taken
                ]
                if not free:
                    raise StoreError(
                        f"项目 {code} 的文件夹与另一个项目重名，没有导出。请分开导出到两个文件夹。"
                    )
                names[code] = free[0]
        return names

    def _may(self, codes: Sequence[str]) -> None:
        with self._workspace.writing("export") as index:
            for code in codes:
                index.may_touch(code)

    def _nothing_stands(self, codes: Sequence[str], names: Mapping[str, str]) -> None:
        there = [self._target(names[code]) for code in codes if code not in self._note.done]
        standing = [path for path in there if os.path.lexists(path)]
        if standing:
            more = f"等 {len(standing)} 个" if len(standing) > 1 else ""
            raise StoreError(
                f"“{standing[0]}”{more}已经存在，没有覆盖，也没有导出。请换一个文件夹，或先把原来的移走。"
            )

    def _target(self, name: str) -> Path:
        return self._out / (f"{name}.zip" if self._zip else name)

    # -- the hidden folder -----------------------------------------------------------------------------------------

    @contextmanager
    def _working(self) -> Iterator[None]:
        """The hidden folder, for this job alone; gone when the job is over."""
        made = not self._out.exists()
        self._work.mkdir(parents=True, exist_ok=True)
        lock = Lock(self._work / _LOCK, "另一个导出正在往这个文件夹写：{holder}")
        told: dict[str, object] = {"command": "export", "pid": os.getpid()}
        ours = over = False
        try:
            with lock.held(told, 0.0):
                ours = True
                self._note = self._read_note()
                self._clear()
                self._finish_doing()
                try:
                    yield
                    over = True
                finally:
                    self._clear()
        finally:
            if ours and (over or not self._note.done):
                self._leave()
            if made and not over:
                with suppress(OSError):
                    self._out.rmdir()

    def _clear(self) -> None:
        """Throw away what is half made."""
        for path in self._work.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.suffix in {".zip", ".new"}:
                path.unlink()

    def _leave(self) -> None:
        """Take the hidden folder away, the note last: until then a job that was killed is known to be over."""
        with suppress(OSError):
            for path in self._work.iterdir():
                if path.name != _NOTE:
                    path.unlink()
            (self._work / _NOTE).unlink(missing_ok=True)
            self._work.rmdir()

    def _read_note(self) -> Note:
        """The note of a job that was killed; a torn one is none."""
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            told = json.loads((self._work / _NOTE).read_text("utf-8"))
            done = {str(code): dict(one) for code, one in told["done"].items() if self._is_ours(one)}
            return Note(done, dict(told["doing"]))
        return Note()

    def _is_ours(self, one: Mapping[str, Any]) -> bool:
        """Whether what was finished stands there still, in the form that is asked for now."""
        path = self._target(str(one["name"]))
        return bool(one["zip"]) is self._zip and digest_of(path) == one["digest"]

    def _finish_doing(self) -> None:
        """A kill between renaming and noting it."""
        with suppress(KeyError, TypeError):
            if self._note.doing and self._is_ours(self._note.doing):
                self._note.done[str(self._note.doing["code"])] = self._note.doing
        self._note.doing = {}
        self._write_note()

    def _write_note(self) -> None:
        new = self._work / f"{_NOTE}.new"
        with new.open("wb") as stream:
            stream.write(json.dumps({"done": self._note.done, "doing": self._note.doing}).encode())
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(self._work / _NOTE)
        sync_folder(self._work)

    # -- one package -----------------------------------------------------------------------------------------------

    def _one(self, code: str, name: str) -> Exported:
        for _ in range(_TRIES):
            with open_reader(self._workspace.index_path) as index:
                before = self._gathered(index, code)
            folder = self._work / "new" / name
            shutil.rmtree(folder.parent, ignore_errors=True)
            try:
                written = write(self._workspace, before, folder, self._lists(self._workspace, before))
            except NotAsFiled:
                if self._unchanged(code, before):
                    raise
                continue
            made = self._packed(folder, name)
            done = self._stand(made, before, written, name)
            if done is not None:
                return done
        raise StoreError(
            f"项目 {code} 的材料一直在变动，没有导出。请等处理完再导出（archivist status 查看）。"
        )

    def _gathered(self, index: IndexReader, code: str) -> Gathered:
        """The project at one moment: asked again where somebody wrote meanwhile."""
        for _ in range(_TRIES):
            seen = index.others_wrote()
            found = gathered(self._workspace, index, code, self._day, self._workspace.actor.name)
            if index.others_wrote() == seen:
                break
        return found

    def _unchanged(self, code: str, before: Gathered) -> bool:
        with open_reader(self._workspace.index_path) as index:
            return self._gathered(index, code).state == before.state

    def _packed(self, folder: Path, name: str) -> Path:
        if not self._zip:
            return folder
        target = self._work / "new.zip"
        target.unlink(missing_ok=True)
        zipped(folder, name, target)
        return target

    def _stand(self, made: Path, before: Gathered, written: Written, name: str) -> Exported | None:
        """Give the package its name, if the project is still what it was; None where it is not."""
        code, target = before.contents.code, self._target(name)
        with self._workspace.writing("export") as index:
            index.may_touch(code)
            now = gathered(self._workspace, index, code, self._day, self._workspace.actor.name)
            if now.state != before.state:
                return None
            self._note.doing = self._noted(before, written, name)
            self._write_note()
            with index.change():
                index.event(
                    "exported",
                    code,
                    to=str(target),
                    sha256=written.digest,
                    root=before.contents.root,
                    deregistered=before.contents.wound_up,
                    files=written.files,
                )
            _give_name(made, target)
        sync_folder(self._out)
        self._note.done[code], self._note.doing = self._note.doing, {}
        self._write_note()
        return self._exported(code, self._note.done[code])

    def _noted(self, before: Gathered, written: Written, name: str) -> dict[str, Any]:
        return {
            "code": before.contents.code,
            "name": name,
            "zip": self._zip,
            "digest": written.digest,
            "files": written.files,
            "bytes": written.bytes,
            "wound_up": before.contents.wound_up,
            "complete": before.contents.complete,
            "root": before.contents.root,
            "left": list(written.left),
            "state": before.state,
        }

    def _earlier(self, code: str) -> Exported:
        """One that was finished before the interruption, and whether the project changed since."""
        told = self._note.done[code]
        with open_reader(self._workspace.index_path) as index:
            try:
                changed = self._gathered(index, code).state != told["state"]
            except ArchivistError:
                changed = True
        return self._exported(code, told, earlier=True, changed=changed)

    def _exported(
        self, code: str, told: Mapping[str, Any], earlier: bool = False, changed: bool = False
    ) -> Exported:
        names = ("digest", "files", "bytes", "wound_up", "complete", "root")
        return Exported(
            code,
            self._target(told["name"]),
            **{name: told[name] for name in names},
            left=tuple(told["left"]),
            earlier=earlier,
            changed=changed,
        )


def _give_name(made: Path, target: Path) -> None:
    """Rename what was made to ``target``, over nothing."""
    if made.is_dir():
        if os.path.lexists(target):
            raise _stands(target)
        made.rename(target)
        return
    try:
        link_into(made, target)
    except Occupied:
        raise _stands(target) from None
    made.unlink(missing_ok=True)


def _stands(target: Path) -> StoreError:
    return StoreError(f"“{target}”已经存在，没有覆盖。请换一个文件夹，或先把原来的移走。")


def digest_of(path: Path) -> str:
    """The digest that stands for a package, folder or ZIP; "" where there is none."""
    try:
        if path.is_dir():
            return sha256((path / TAGS).read_bytes()).hexdigest()
        with ZipFile(path) as archive:
            return sha256(archive.read(f"{path.stem}/{TAGS}")).hexdigest()
    except (OSError, KeyError, BadZipFile, ValueError):
        return ""
