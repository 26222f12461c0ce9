"""assign, repair and reindex as people type them, on a workspace of their own: what is done, and what is told."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest

from archivist.workspace.opened import Workspace, open_workspace
from support import workspaces as w
from support.cli_running import Ran, run_archivist


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    opened = w.workspace(tmp_path_factory.mktemp("mending") / "w")
    w.import_projects(opened, [w.SHEEP, w.LEMON])
    w.pdf(opened.config.inbox / "不明.pdf", "养殖场的事\n没有标题\n", "第二页\n", "第三页\n")
    w.pdf(opened.config.inbox / "纪要.pdf", w.minutes(w.LEMON, 3))
    w.ingest(opened)
    return opened.config.workspace


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


def run(place: Path, *arguments: str) -> Ran:
    return run_archivist("-w", str(place), "--as", "李某", *arguments)


def documents(place: Path) -> dict[str, dict[str, object]]:
    lines = run(place, "documents", "--json").text.splitlines()
    return {str(row["source"]): row for row in map(json.loads, lines)}


def opened_at(place: Path) -> Workspace:
    return open_workspace(place, "李某")


def filed(place: Path) -> Path:
    """The minutes' copy in its project's folder."""
    root = opened_at(place).store.root
    return root / str(documents(place)["纪要.pdf"]["path"])


def write(path: Path, data: bytes) -> None:
    path.chmod(path.stat().st_mode | stat.S_IWUSR)
    path.write_bytes(data)


def assign(place: Path, *arguments: str) -> Ran:
    return run(place, "assign", str(documents(place)["不明.pdf"]["id"]), *arguments)


def test_assign_files_a_document_and_says_where(place: Path) -> None:
    done = assign(place, "--project", w.SHEEP.code, "--item", "4")
    row = documents(place)["不明.pdf"]

    assert (done.code, done.text) == (0, f"已归档：{row['path']}\n")
    assert (row["project"], row["item"], row["status"]) == (w.SHEEP.code, 4, "filed")


@pytest.mark.parametrize(("pages", "range_"), [("2", (2, 2)), ("2-3", (2, 3))])
def test_assign_takes_only_the_pages_that_were_named(
    place: Path, pages: str, range_: tuple[int, int]
) -> None:
    done = assign(place, "--project", w.SHEEP.code, "--item", "4", "--pages", pages)
    rows = [json.loads(line) for line in run(place, "documents", "--json").text.splitlines()]

    assert done.code == 0, done.err
    assert [tuple(row["pages"]) for row in rows if row["project"] == w.SHEEP.code] == [range_]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--project", "XX-1", "--item", "4"], "台账里没有项目编号“XX-1”"),
        (["--project", w.SHEEP.code, "--item", "99"], "归档目录没有第99项"),
        (["--project", w.SHEEP.code, "--item", "4", "--pages", "0"], "页码“0”不对"),
        (["--project", w.SHEEP.code, "--item", "4", "--pages", "2-4"], "第1-3页"),
        (["--project", w.SHEEP.code, "--item", "4", "--pages", "3-2"], "页码“3-2”不对"),
        (["--project", w.SHEEP.code, "--item", "4", "--pages", "全部"], "页码“全部”不对"),
    ],
)
def test_assign_says_what_is_wrong_and_moves_nothing(place: Path, arguments: list[str], told: str) -> None:
    before = documents(place)
    refused = assign(place, *arguments)

    assert refused.code == 2
    assert told in refused.err
    assert documents(place) == before


def test_repair_puts_an_altered_copy_back_and_keeps_what_people_made_of_it(place: Path) -> None:
    copy = filed(place)
    original = copy.read_bytes()
    write(copy, b"%PDF-1.4 edited")

    done = run(place, "repair")

    assert (done.code, copy.read_bytes()) == (0, original)
    rejected = opened_at(place).config.rejected
    assert [path.read_bytes() for path in rejected.glob("改动过*.pdf")] == [b"%PDF-1.4 edited"]
    assert "改动过的文件移到了" in done.text
    assert run(place, "verify").code == 0


def test_repair_of_one_document_leaves_the_others_alone(place: Path) -> None:
    identity, other = (str(documents(place)[name]["id"]) for name in ("纪要.pdf", "不明.pdf"))
    copy = filed(place)
    copy.unlink()

    assert run(place, "repair", other.lower()).text == "都完好，没有要修复的。\n"
    assert not copy.exists()
    assert run(place, "repair", identity.lower()).code == 0
    assert copy.exists()


def test_repair_of_a_document_that_is_not_there_says_so(place: Path) -> None:
    refused = run(place, "repair", "D99999")

    assert (refused.code, "没有编号为“D99999”的材料" in refused.err) == (4, True)


def test_what_repair_cannot_heal_is_told_with_the_code_for_damage(place: Path) -> None:
    copy = filed(place)
    original = copy.read_bytes()
    opened = opened_at(place)
    kept = [
        path for path in opened.store.private.rglob("*") if path.is_file() and path.read_bytes() == original
    ]
    for path in [copy, *kept]:
        path.parent.chmod(0o755)
        write(path, b"lost")

    left = run(place, "repair")

    assert kept
    assert left.code == 6, left.err
    assert "纪要" in left.text
    assert "没有要修复的" not in left.text


def test_reindex_brings_back_every_document_and_keeps_the_old_database(place: Path) -> None:
    before = documents(place)
    index = opened_at(place).index_path
    index.write_bytes(b"not a database")

    done = run(place, "reindex")

    assert done.code == 0, done.err
    assert done.text.startswith("已按 ")
    assert "原来的数据库保留在" in done.text
    assert documents(place) == before


def test_reindex_reads_an_original_again_when_its_kept_read_is_gone(place: Path) -> None:
    opened = opened_at(place)
    reads = [path for path in (opened.store.private / "reads").rglob("*") if path.is_file()]
    for path in reads:
        path.parent.chmod(0o755)
        path.unlink()
    opened.index_path.unlink()

    done = run(place, "reindex")

    assert done.code == 0, done.err
    assert reads
    assert "重新识读：纪要.pdf" in done.text
    assert run(place, "search", "专题会议").code == 0
