"""A package written into a folder that nobody sees yet: copied and proved, described, listed, and listed again.

The folder becomes the package by one renaming (see `jobs`), so there is a whole package or none.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.package import bag
from archivist.core.package.contents import COPIES, Contents
from archivist.core.package.names import PAYLOAD, clashes, gnu_sums, manifest
from archivist.errors import FixityError, StoreError
from archivist.preservation.package.gathering import CATALOGUE, Gathered, ToCopy, of_papers
from archivist.system.durable import copy_flushed, sync_folder

if TYPE_CHECKING:
    from archivist.workspace.opened import Workspace

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20


class NotAsFiled(FixityError):
    """A filed paper has other bytes than it was filed with, or is gone: altered, or moved by somebody just now."""


@dataclass(frozen=True, slots=True)
class Written:
    """A package that lies written.

    Attributes:
        digest: sha256 of its tag manifest, which stands for every byte of it. left: sentences about what is not in it.
    """

    contents: Contents
    digest: str
    files: int
    bytes: int
    left: tuple[str, ...]


def write(workspace: Workspace, gathered: Gathered, folder: Path, lists: Mapping[str, bytes]) -> Written:
    """Write the package into the new folder ``folder``.

    Args:
        lists: further documents of the payload, by their name below it (案卷封面, 卷内目录 …).

    Raises:
        NotAsFiled: a filed paper is not what it was. StoreError: two files would have one name. OSError: the disk refuses.
    """
    made = _Bag(workspace.store.root, folder)
    _no_two_alike(gathered, lists)
    for one in gathered.files:
        made.copy(one)
    copied = [one for one in gathered.derived if made.copy_if_whole(one)]
    catalogue = _catalogue(workspace, gathered.contents)
    contents = _known(gathered, made, copied, () if catalogue else (_NO_CATALOGUE,))
    texts = {
        **gathered.made,
        **of_papers(contents),
        **{f"{PAYLOAD}/{name}": data for name, data in lists.items()},
    }
    for name, data in texts.items():
        made.put(name, data)
    if catalogue:
        made.put(f"{PAYLOAD}/{CATALOGUE}", catalogue)
    _describe(made, contents)
    digest = sha256((folder / bag.TAGS).read_bytes()).hexdigest()
    return Written(contents, digest, len(made.sizes), sum(made.sizes.values()), contents.left)


def _describe(made: _Bag, contents: Contents) -> None:
    """The tag files."""
    from archivist.pages.packagepage import package_html

    payload = {name: digest for name, digest in made.digests.items() if name.startswith(f"{PAYLOAD}/")}
    info = bag.bag_info(
        (
            ("Source-Organization", contents.agency),
            ("Contact-Name", contents.by),
            (
                "External-Description",
                bag.description(contents.code, contents.name, contents.complete, contents.decided),
            ),
            ("External-Identifier", contents.code),
            ("Bagging-Date", contents.day),
            ("Payload-Oxum", bag.oxum(made.sizes[name] for name in payload)),
            ("Internal-Sender-Description", f"归档根码 {bag.root_told(contents.root)}"),
            ("Bag-Software-Agent", contents.software),
        )
    )
    made.put(bag.BAGIT, bag.DECLARATION.encode())
    made.put(bag.INFO, info.encode("utf-8", "replace"))
    made.put(bag.INDEX, package_html(contents, sorted(name.removeprefix(f"{PAYLOAD}/") for name in payload)))
    for name, file in ((bag.VERIFIER, "verify.html"), (bag.SCRIPT, "verify.py")):
        made.put(name, files("archivist.pages.verifier").joinpath(file).read_bytes())
    made.put(bag.MANIFEST, manifest(payload).encode())
    if sums := gnu_sums(payload):
        made.put(bag.SUMS, sums.encode())
    tags = {name: digest for name, digest in made.digests.items() if name not in payload}
    made.put(bag.TAGS, manifest(tags).encode())
    made.sync()


class _Bag:
    """The folder under construction: what was put into it, with digests and sizes."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self.folder = root, folder
        self.digests: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        folder.mkdir(parents=True)

    def copy(self, one: ToCopy) -> None:
        """Copy a filed paper and prove it while copying."""
        if self._copied(one) != one.sha256:
            raise NotAsFiled(
                f"{one.what}的内容与归档时不一致或读不出来，没有导出。"
                "请先运行 archivist verify 查明，用 archivist repair 放回原件，再导出。"
            )

    def copy_if_whole(self, one: ToCopy) -> bool:
        """The same with what can be made again: False where it is not as it was made, and nothing is kept of it."""
        if self._copied(one) == one.sha256:
            return True
        self.digests.pop(one.name, None)
        self.sizes.pop(one.name, None)
        self._place(one.name).unlink(missing_ok=True)
        return False

    def _copied(self, one: ToCopy) -> str:
        source, target = self._root / one.path, self._place(one.name)
        if source.is_symlink() or not source.is_file():
            return ""
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            digest = copy_flushed(source, target)
        except FileNotFoundError:
            return ""
        self.digests[one.name], self.sizes[one.name] = digest, target.stat().st_size
        return digest

    def put(self, name: str, data: bytes) -> None:
        """Write a text of ours."""
        target = self._place(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        self.digests[name], self.sizes[name] = sha256(data).hexdigest(), len(data)

    def _place(self, name: str) -> Path:
        return self.folder / name

    def sync(self) -> None:
        """Make the names durable."""
        for current, _, _ in os.walk(self.folder):
            sync_folder(Path(current))


def _no_two_alike(gathered: Gathered, lists: Mapping[str, bytes]) -> None:
    """StoreError where a paper has the name of a document of ours, or a name is no text."""
    papers = [one.name for one in gathered.files]
    ours = [*gathered.made, f"{PAYLOAD}/{CATALOGUE}", *(f"{PAYLOAD}/{name}" for name in lists)]
    ours += [f"{PAYLOAD}/{name}" for name in of_papers(gathered.contents)]
    for name in papers:
        try:
            name.encode()
        except UnicodeEncodeError:
            raise StoreError(
                f"文件名“{name}”不是文字，放不进移交包，没有导出。请改名，运行 archivist ingest，再导出。"
            ) from None
    alike = [pair for pair in clashes([*ours, *papers]) if pair[0] in ours or pair[0] == pair[1]]
    top = {name.split("/")[1].casefold() for name in ours if "/" in name} | {COPIES}
    alike += [
        (name, name) for name in papers if name.split("/")[1].casefold() in top and (name, name) not in alike
    ]
    if alike:
        raise StoreError(
            f"“{alike[0][1]}”与移交包自己的文件重名，没有导出。请把这个文件或文件夹改名，再导出。"
        )


def _known(gathered: Gathered, made: _Bag, copied: Iterable[ToCopy], left_out: Iterable[str]) -> Contents:
    """The contents, with what is known only once the files are there."""
    copies = {one.what: one.name.removeprefix(f"{PAYLOAD}/{COPIES}/") for one in copied}
    papers = tuple(
        replace(one, size=made.sizes[f"{PAYLOAD}/{one.path}"], searchable=copies.get(one.id, ""))
        for one in gathered.contents.papers
    )
    left = list(left_out)
    if gone := len(gathered.derived) - len(copies):
        left.append(f"可检索副本 {gone} 份不在或被改动，没有附上（原件都在）")
    for one, other in clashes(file.name for file in gathered.files):
        left.append(f"“{one}”与“{other}”的名字在 Windows 上是同一个，复制到 Windows 上会少一个")
    return replace(gathered.contents, papers=papers, left=tuple(left))


_NO_CATALOGUE = "归档目录（附件4）不用于这个类别的项目，没有附上"


def _catalogue(workspace: Workspace, contents: Contents) -> bytes:
    """归档目录, as it is generated; the project's state stands on every page of one that is not wound up. b"" where the
    project is of a category (类别) that it is not for.
    """
    from archivist.drafts import find_kind
    from archivist.drafts.drafting import Drafting
    from archivist.drafts.heading import with_heading

    drafting = Drafting(workspace)
    kind = find_kind(drafting.kinds, "归档目录")
    if kind.categories and contents.category and contents.category not in kind.categories:
        return b""
    document, _ = drafting.content(kind, contents.code, {})
    return document if contents.wound_up else with_heading(document, f"{bag.NOT_WOUND_UP}（导出时）")


def zipped(folder: Path, name: str, target: Path) -> None:
    """Write the package in ``folder`` as one ZIP file: the same package gives the same bytes.

    Stored, not packed: scans are packed already, and what packing makes differs between libraries. Names are UTF-8.
    """
    _fits_windows(folder)
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    with target.open("xb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            for one in found:
                entry = zipfile.ZipInfo(f"{name}/{one}", _ZIP_DAY)
                entry.external_attr = 0o644 << 16
                entry.create_system = 3
                size = (folder / one).stat().st_size
                entry.file_size = size
                with (
                    (folder / one).open("rb") as source,
                    archive.open(entry, "w", force_zip64=size >= 1 << 31) as into,
                ):
                    while chunk := source.read(_CHUNK):
                        into.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())


def _fits_windows(folder: Path) -> None:
    """A backslash in a name would be taken for a folder where the ZIP is opened."""
    for path in folder.rglob("*"):
        if "\\" in path.name:
            raise StoreError(
                f"文件名“{path.name}”里有反斜杠，放不进 ZIP，没有导出。请改名，运行 archivist ingest，再导出；或不加 --zip。"
            )
