"""Exporting: whole packages or none, nothing overwritten, and 未销号 wherever a project is not wound up."""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
import sqlite3
import stat
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree

import bagit
import pytest

from archivist.core.package.bag import check_code
from archivist.errors import BadInputError, FixityError, RefusedError, StoreError, UsageError
from archivist.index.reader import open_reader
from archivist.pages.verifier import verify
from archivist.preservation.package import jobs, writing
from archivist.preservation.package.jobs import WORK, Export
from archivist.system.durable import copy_flushed
from archivist.workspace.opened import Workspace, open_workspace
from support import packages as p
from support import people
from support import workspaces as w
from support.packages import exported
from support.programs import found

CODE, OPEN = w.SHEEP.code, w.LEMON.code


def checked(place: Path) -> tuple[str, list[str]]:
    """What the script says of a package."""
    if place.is_dir():
        return verify.checked(verify.folder(place))
    with zipfile.ZipFile(place) as archive:
        return verify.checked(verify.in_zip(archive))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


# -- what is in it ---------------------------------------------------------------------------------------------------


def test_a_package_holds_the_projects_folder_and_passes_every_check(bag: Path, archive: Workspace) -> None:
    there = {name for name in contents(w.folder_of(archive, w.SHEEP)) if "/" in name}

    assert {f"data/{name}" for name in there} <= contents(bag).keys()
    assert checked(bag)[0] == "一致"
    assert bag.name == w.folder_of(archive, w.SHEEP).name
    for name in (
        "归档目录.docx",
        "销号决定.html",
        "销号决定.json",
        "说明文件.TXT",
        "文件目录.XML",
        "元数据.xml",
    ):
        assert (bag / "data" / name).stat().st_size


@pytest.mark.skipif(found("sha256sum") is None, reason="sha256sum is not installed")
def test_sha256sum_passes_what_it_reads_and_the_second_list_where_names_are_written_otherwise(
    bag: Path,
) -> None:
    """A name with % is written %25 in the manifest (RFC 8493), which sha256sum does not know: hence sha256sum.txt."""
    for listing, passes in ((p.TAGS, True), ("sha256sum.txt", True), (p.MANIFEST, False)):
        ran = subprocess.run(
            ["sha256sum", "-c", "--quiet", listing], cwd=bag, capture_output=True, check=False
        )
        assert (ran.returncode == 0) is passes, listing
    assert (bag / "sha256sum.txt").read_text("utf-8").count("\n") == (bag / p.MANIFEST).read_text(
        "utf-8"
    ).count("\n")


def test_bagit_passes_a_package_without_signs_that_it_reads_otherwise(
    opened: Workspace, tmp_path: Path
) -> None:
    """bagit 1.9 does not decode %25: a package with such a name is told as wrong by it, though RFC 8493 wants it so."""
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    plain, percent = exported(opened, tmp_path / "out", OPEN, CODE)

    assert bagit.Bag(str(plain.path)).validate()
    with pytest.raises(bagit.BagValidationError, match="50%"):
        bagit.Bag(str(percent.path)).validate()
    assert bagit.Bag(str(plain.path)).info["External-Description"].startswith("未销号")


def test_a_package_without_such_signs_has_one_list_that_sha256sum_reads(
    opened: Workspace, tmp_path: Path
) -> None:
    (done,) = exported(opened, tmp_path / "out", OPEN)

    assert not (done.path / "sha256sum.txt").exists()
    if found("sha256sum"):
        ran = subprocess.run(["sha256sum", "-c", "--quiet", p.MANIFEST, p.TAGS], cwd=done.path, check=False)
        assert ran.returncode == 0


def test_what_is_not_wound_up_says_so_on_every_page_and_in_its_own_description(
    opened: Workspace, tmp_path: Path
) -> None:
    from docx import Document

    (done,) = exported(opened, tmp_path / "out", OPEN)
    data = done.path / "data"
    catalogue = Document(BytesIO((data / "归档目录.docx").read_bytes()))

    assert not done.wound_up
    assert "External-Description: 未销号" in (done.path / "bag-info.txt").read_text("utf-8")
    assert (done.path / "index.html").read_text("utf-8").count("未销号") >= 5
    assert "一、状态：未销号" in (data / "说明文件.TXT").read_text("utf-8-sig")
    assert ElementTree.parse(data / "元数据.xml").findtext("项目/销号状态") == "未销号"
    assert "未销号" in (data / "事件证明/说明.txt").read_text("utf-8-sig")
    assert all("未销号" in section.header.paragraphs[0].text for section in catalogue.sections)
    assert not (data / "销号决定.html").exists()
    assert checked(done.path)[0] == "一致"


def test_a_project_without_papers_has_no_root_code_to_compare(opened: Workspace, tmp_path: Path) -> None:
    (done,) = exported(opened, tmp_path / "out", w.FISH.code)
    said = json.loads((done.path / p.CLAIMS).read_text("utf-8"))
    texts = [done.path / name for name in ("index.html", "bag-info.txt")]
    texts += [done.path / "data" / name for name in ("说明文件.TXT", "元数据.xml", "事件证明/说明.txt")]

    assert said["evidence"] == []
    for path in texts:
        text = path.read_text("utf-8")
        assert "没有材料，没有根码" in text, path
        assert said["code"] not in text, path
        assert "没有根码（" not in text, path
    assert "归档根码：没有材料，没有根码" in checked(done.path)[1]


def test_a_decision_that_stopped_holding_is_told_and_the_project_is_not_wound_up(
    opened: Workspace, tmp_path: Path
) -> None:
    with opened.writing("reopen", wait=10) as index, index.change():
        index.deregistrations.reopen(CODE, "证据不见了")
    (done,) = exported(opened, tmp_path / "out")
    page = (done.path / "index.html").read_text("utf-8")

    assert not done.wound_up
    assert "重新打开：证据不见了" in page
    assert "本决定已失效" in (done.path / "data/销号决定.html").read_text("utf-8")
    assert json.loads((done.path / p.CLAIMS).read_text("utf-8"))["decided"] is None


def test_the_page_of_a_wound_up_project_says_who_decided_and_nowhere_that_it_is_not(bag: Path) -> None:
    page = (bag / "index.html").read_text("utf-8")

    assert "未销号" not in page
    assert "测试员 于" in page
    for name in ("%7E%24", "%E5%8D%A050%25%20%231%3F.pdf", "a%E2%80%A8b.pdf"):
        assert name.replace("%7E%24", "~%24") in page


def test_the_root_code_is_that_of_the_decision_and_of_the_papers(bag: Path) -> None:
    said = json.loads((bag / p.CLAIMS).read_text("utf-8"))
    decision = json.loads((bag / "data/销号决定.json").read_text("utf-8"))["decision"]

    assert said["root"] == decision["root"] == verify.root_of(said["evidence"])
    assert said["code"] in (bag / "index.html").read_text("utf-8")


def test_searchable_copies_go_along_and_one_that_is_lost_is_told(opened: Workspace, tmp_path: Path) -> None:
    from archivist.index.searchable import CopyRow

    copies = opened.config.copies
    copies.mkdir(exist_ok=True)
    (copies / "有.pdf").write_bytes(b"%PDF searchable")
    with opened.writing("ingest", wait=10) as index:
        first, second = (one for one in index.holdings.filed(CODE) if one.item in {1, 2})
        for one, name in ((first, "有.pdf"), (second, "没有.pdf")):
            sha = w.sha256(b"%PDF searchable")
            index.searchable.put(CopyRow(one.id, one.path or "", "x", f"{copies.name}/{name}", sha))
    (done,) = exported(opened, tmp_path / "out")
    (copy,) = [name for name in contents(done.path) if "可检索副本" in name]

    assert copy.endswith("/有.pdf")
    assert len(done.left) == 1
    assert "1 份" in done.left[0]
    assert "没有附上" in (done.path / "data/说明文件.TXT").read_text("utf-8-sig")
    assert checked(done.path)[0] == "一致"


def test_further_lists_are_put_in_where_they_are_named(opened: Workspace, tmp_path: Path) -> None:
    made = Export(opened, tmp_path / "out", lists=lambda workspace, one: {"案卷封面.docx": b"PK"})
    (done,) = made.run([CODE], lambda error: None)

    assert (done.path / "data/案卷封面.docx").read_bytes() == b"PK"
    assert checked(done.path)[0] == "一致"


# -- zip ---------------------------------------------------------------------------------------------------------------


def test_a_zip_holds_the_same_and_is_the_same_every_time(opened: Workspace, tmp_path: Path) -> None:
    (done,) = exported(opened, tmp_path / "out", zip=True)
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(done.path) as archive:
        assert not [one for one in archive.infolist() if one.date_time != (1980, 1, 1, 0, 0, 0)]
        archive.extractall(folder)
    (inside,) = folder.iterdir()
    again = tmp_path / "again.zip"
    writing.zipped(inside, inside.name, again)

    assert done.path.name == f"{inside.name}.zip"
    assert checked(done.path) == checked(inside)
    assert checked(inside)[0] == "一致"
    assert again.read_bytes() == done.path.read_bytes()
    assert jobs.digest_of(done.path) == jobs.digest_of(inside) == done.digest


# -- what is refused ---------------------------------------------------------------------------------------------------


def test_nothing_is_overwritten(opened: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    exported(opened, out, OPEN)
    before = contents(out)

    with pytest.raises(StoreError, match="已经存在，没有覆盖"):
        exported(opened, out, CODE, OPEN)
    assert contents(out) == before


@pytest.mark.parametrize("inside", ["", "收件箱", "项目档案/新的"])
def test_nothing_is_put_into_the_store(opened: Workspace, inside: str) -> None:
    with pytest.raises(UsageError, match="不能导出到档案库里面"):
        exported(opened, opened.config.store_root / inside)


def test_a_place_that_is_none_is_told(opened: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="是一个文件"):
        exported(opened, tmp_path / "file")
    with pytest.raises(BadInputError, match="不存在"):
        exported(opened, tmp_path / "no" / "out")
    with pytest.raises(BadInputError, match="没有项目编号"):
        exported(opened, tmp_path / "out", "X-1")
    assert not (tmp_path / "out").exists()


def altered(path: Path) -> None:
    """Other bytes under the same stamp, as far as that can be: only hashing finds it."""
    seen = path.stat()
    p.flipped(path)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def test_an_altered_paper_is_named_and_nothing_is_left(opened: Workspace, tmp_path: Path) -> None:
    altered(w.folder_of(opened, w.LEMON) / "05 镇街会议纪要/05 2024-11-03 龙井镇人民政府专题会议纪要.pdf")

    with pytest.raises(FixityError, match=r"05 2024-11-03 龙井镇人民政府专题会议纪要\.pdf.*没有导出"):
        exported(opened, tmp_path / "out", OPEN)
    assert not (tmp_path / "out").exists()


def test_of_several_projects_only_the_one_with_an_altered_paper_is_left_out(
    opened: Workspace, tmp_path: Path
) -> None:
    altered(w.folder_of(opened, w.LEMON) / "05 镇街会议纪要/05 2024-11-03 龙井镇人民政府专题会议纪要.pdf")
    told: list[Exception] = []
    done = list(Export(opened, tmp_path / "out").run([OPEN, CODE], told.append))

    assert [one.code for one in done] == [CODE]
    assert [type(one) for one in told] == [writing.NotAsFiled]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [done[0].path.name]


def test_a_paper_known_to_be_altered_is_named_before_anything_is_copied(
    opened: Workspace, tmp_path: Path
) -> None:
    (w.folder_of(opened, w.LEMON) / "05 镇街会议纪要/05 2024-11-03 龙井镇人民政府专题会议纪要.pdf").unlink()
    with opened.writing("ingest", wait=10) as index:
        (one,) = [one for one in index.standings.all() if "龙井镇" in one.path]
        index.standings.seen_wrong(one, "gone", "", None)

    with pytest.raises(FixityError, match="不见了"):
        exported(opened, tmp_path / "out", OPEN)


@pytest.mark.parametrize("name", ["事件证明", "可检索副本"])
def test_a_folder_called_as_one_of_ours_is_told(opened: Workspace, tmp_path: Path, name: str) -> None:
    folder = w.folder_of(opened, w.LEMON)
    (folder / "05 镇街会议纪要").rename(folder / name)
    with opened.writing("ingest", wait=10) as index, index.change():
        index.execute("UPDATE documents SET path = replace(path, '05 镇街会议纪要/', ?)", [f"{name}/"])
        index.event("renamed", OPEN)

    with pytest.raises(StoreError, match="重名"):
        exported(opened, tmp_path / "out", OPEN)


def renamed(opened: Workspace, after: str) -> None:
    """Give LEMON's paper another name."""
    with opened.writing("ingest", wait=10) as index, index.change():
        (one,) = index.holdings.filed(OPEN)
        path = f"{(one.path or '').rpartition('/')[0]}/{after}"
        opened.store.path(one.path or "").rename(opened.store.path(path))
        index.execute("UPDATE documents SET path = ? WHERE id = ?", [path, one.id])
        index.event("renamed", one.id)


@pytest.mark.skipif(os.name == "nt", reason="no such names on Windows")
def test_a_name_that_a_zip_cannot_hold_is_told(opened: Workspace, tmp_path: Path) -> None:
    renamed(opened, "a\\b\n.pdf")
    with pytest.raises(StoreError, match="反斜杠"):
        exported(opened, tmp_path / "out", OPEN, zip=True)
    (done,) = exported(opened, tmp_path / "out", OPEN)

    assert checked(done.path)[0] == "一致"
    assert "%0A" in (done.path / p.MANIFEST).read_text("utf-8")
    if found("sha256sum"):
        subprocess.run(["sha256sum", "-c", "--quiet", "sha256sum.txt"], cwd=done.path, check=True)


# -- a store that changes ----------------------------------------------------------------------------------------------


def during(opened: Workspace, act: Callable[[], object], times: int = 1) -> Any:
    """Do something each time a package has been written and has no name yet."""
    left = [times]
    real = writing.write

    def write(*args: Any) -> Any:
        done = real(*args)
        if left[0]:
            left[0] -= 1
            act()
        return done

    return patch.object(jobs, "write", write)


def test_a_paper_renamed_meanwhile_gives_a_package_of_the_new_state(
    opened: Workspace, tmp_path: Path
) -> None:
    with during(opened, lambda: renamed(opened, "新名字.pdf")):
        (done,) = exported(opened, tmp_path / "out", OPEN)

    assert "data/05 镇街会议纪要/新名字.pdf" in contents(done.path)
    assert checked(done.path)[0] == "一致"


def test_a_paper_that_moves_while_it_is_copied_is_not_called_altered(
    opened: Workspace, tmp_path: Path
) -> None:
    real = copy_flushed
    moved: list[Path] = []

    def copy(source: Path, target: Path) -> str:
        if not moved:
            moved.append(source)
            renamed(opened, "新名字.pdf")
        return real(source, target)

    with patch("archivist.preservation.package.writing.copy_flushed", copy):
        (done,) = exported(opened, tmp_path / "out", OPEN)

    assert "data/05 镇街会议纪要/新名字.pdf" in contents(done.path)
    assert checked(done.path)[0] == "一致"


def test_a_project_that_never_holds_still_is_refused(opened: Workspace, tmp_path: Path) -> None:
    names = iter("abcdefg")
    with (
        during(opened, lambda: renamed(opened, f"{next(names)}.pdf"), 9),
        pytest.raises(StoreError, match="一直在变动"),
    ):
        exported(opened, tmp_path / "out", OPEN)
    assert not (tmp_path / "out").exists()


def test_another_project_may_change_meanwhile(opened: Workspace, tmp_path: Path) -> None:
    with during(opened, lambda: renamed(opened, "新名字.pdf")):
        assert exported(opened, tmp_path / "out", CODE)


# -- a disk that refuses, a program that is killed ------------------------------------------------------------------


@pytest.mark.parametrize("step", [1, 4, 12])
def test_a_full_disk_is_told_and_nothing_is_left(opened: Workspace, tmp_path: Path, step: int) -> None:
    left, real = [step], os.fsync

    def fsync(handle: int) -> None:
        if ".archivist-export/new" in str(Path(f"/proc/self/fd/{handle}").readlink()):
            left[0] -= 1
            if not left[0]:
                raise OSError(errno.ENOSPC, "full")
        real(handle)

    with patch.object(os, "fsync", fsync), pytest.raises(StoreError, match="磁盘空间不足"):
        exported(opened, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert exported(opened, tmp_path / "out")


def test_an_interrupted_job_goes_on_where_it_was(opened: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with during(opened, lambda: None, 0):
        job = Export(opened, out).run([OPEN, CODE], lambda error: None)
        first = next(job)
    with patch.object(jobs, "_give_name", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        next(job)
    done = exported(opened, out, OPEN, CODE)

    assert [one.earlier for one in done] == [True, False]
    assert done[0].digest == first.digest
    assert not done[0].changed
    assert sorted(path.name for path in out.iterdir()) == sorted(one.path.name for one in done)


def test_what_was_finished_before_is_told_when_the_project_changed_since(
    opened: Workspace, tmp_path: Path
) -> None:
    job = Export(opened, tmp_path / "out").run([OPEN, CODE], lambda error: None)
    next(job)
    with patch.object(jobs, "_give_name", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        next(job)
    renamed(opened, "新名字.pdf")

    assert [one.changed for one in exported(opened, tmp_path / "out", OPEN, CODE)] == [True, False]


def test_a_note_that_is_torn_is_none(opened: Workspace, tmp_path: Path) -> None:
    work = tmp_path / "out" / WORK
    work.mkdir(parents=True)
    (work / "job.json").write_text('{"done": {"', "utf-8")
    (work / "new").mkdir()
    (work / "new" / "half").write_bytes(b"x")
    (done,) = exported(opened, tmp_path / "out", OPEN)

    assert [path.name for path in (tmp_path / "out").iterdir()] == [done.path.name]


def test_two_exports_into_one_folder_do_not_meet(opened: Workspace, tmp_path: Path) -> None:
    def second() -> None:
        other = open_workspace(opened.config.workspace, "别人")
        with pytest.raises(StoreError, match="另一个导出"):
            exported(other, tmp_path / "out", OPEN)

    with during(opened, second):
        assert exported(opened, tmp_path / "out")


# -- who, and what is told of it ---------------------------------------------------------------------------------------


def test_who_exported_what_is_an_event(opened: Workspace, tmp_path: Path) -> None:
    (done,) = exported(opened, tmp_path / "out")
    with open_reader(opened.index_path) as index:
        event = list(index.events.all())[-1]
    detail = json.loads(event["detail"])

    assert (event["act"], event["subject"], event["actor"]) == ("exported", CODE, "测试员")
    assert detail["sha256"] == done.digest
    assert detail["deregistered"] is True
    assert done.check == check_code(done.digest)


def test_who_may_not_export_is_refused_and_nothing_is_written(opened: Workspace, tmp_path: Path) -> None:
    people.registered(opened, *people.EVERYBODY)
    villager = people.as_one(opened, people.VILLAGER.name)

    with pytest.raises(RefusedError, match="不能导出移交包"):
        exported(villager, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_whose_project_it_is_not_may_not_export_it(opened: Workspace, tmp_path: Path) -> None:
    people.registered(opened, *people.EVERYBODY)
    townsman = people.as_one(opened, people.TOWNSMAN.name)
    with pytest.raises(RefusedError, match="不能导出移交包"):
        exported(townsman, tmp_path / "out", OPEN)


def test_nothing_of_the_store_is_changed(opened: Workspace, tmp_path: Path) -> None:
    before = w.files(opened.config.store_root)
    (done,) = exported(opened, tmp_path / "out")

    assert w.files(opened.config.store_root) == before
    assert not stat.S_ISLNK(done.path.lstat().st_mode)
    with sqlite3.connect(opened.index_path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    shutil.rmtree(done.path)
