"""What ``missing``, ``search`` and ``check`` cost on a large archive, as ratios; prints them. Not a test.

``python tests/bench/bench_missing.py [PROJECTS] [PAGES] [FOLDER]`` builds an index of so many projects with eight documents
each and of so many pages, once (a second run finds it in FOLDER), lets a writer keep the states, and prints medians of CPU:

- the covering query that counts what is filed for every item of every project: what a list cost at the least before;
- the filtered first page of ``missing`` with its summary, of one township and of all;
- ``missing --json`` of all beside a bare loop that prints the same lines, and what memory it took;
- ``search`` for a word that stands on most pages, the first 20, beside a word that stands nowhere;
- ``check`` of one project.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from archivist.cli.init import make_workspace
from archivist.index.reader import open_reader
from archivist.index.schema import make_tables
from archivist.index.words import words_of
from archivist.questions.check import check
from archivist.questions.missing import missing, wanted
from archivist.questions.search import phrase, search
from archivist.workspace.opened import open_workspace
from archivist.workspace.quick import catalogue_items, standard

RUNS = 7
TOWNSHIPS, VILLAGES, DEPARTMENTS = 27, 300, 6
COVERING = (
    "SELECT project, item, SUM(status = 'filed'), SUM(status = 'review') FROM documents "
    "WHERE project IS NOT NULL AND item IS NOT NULL AND status IN ('filed', 'review') GROUP BY project, item"
)
BARE = "import sys\nfor line in open(sys.argv[1], encoding='utf-8'): print(line, end='')\n"
CONSOLE = "import sys; from archivist.__main__ import main; sys.argv = ['archivist', *sys.argv[1:]]; main()"


PEAK = (
    "import atexit, sys; atexit.register(lambda: print(*[line for line in open('/proc/self/status') "
    "if line.startswith('VmHWM')], file=sys.stderr)); " + CONSOLE
)


def build(path: Path, projects: int, pages: int) -> None:
    """An index as the software would have it, its rows written as they are."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    make_tables(connection)
    connection.execute("BEGIN")
    for number in range(projects):
        _project(connection, number)
    _pages(connection, pages)
    connection.execute("DELETE FROM unlogged")
    connection.execute("COMMIT")
    connection.close()


def _project(connection: sqlite3.Connection, number: int) -> None:
    code, at = f"DZ-{number:06d}", number * 7919 % VILLAGES
    place = (f"镇{at % TOWNSHIPS:02d}", f"村{at:03d}", f"部门{number % DEPARTMENTS}")
    township, village, department = place
    record = (
        f'{{"code":"{code}","name":"养殖场{number}","township":"{township}","village":"{village}",'
        f'"category":"淘汰类","department":"{department}"}}'
    )
    connection.execute(
        "INSERT INTO projects (code, name, township, village, category, department, record, folder, updated) "
        "VALUES (?, ?, ?, ?, '淘汰类', ?, ?, ?, '2026-01-01')",
        [code, f"养殖场{number}", township, village, department, record, f"项目档案/{township}/{code}"],
    )
    for item in range(1, 9):
        _document(
            connection, number * 8 + item, code, item, "review" if (number + item) % 11 == 0 else "filed"
        )


def _document(connection: sqlite3.Connection, number: int, code: str, item: int, status: str) -> None:
    sha256 = f"{number:064x}"
    connection.execute(
        "INSERT INTO sources (id, name, origin, sha256, size, vault, kind, pages, state, received) "
        "VALUES (?, ?, 'inbox', ?, 1000, ?, 'pdf', 2, 'done', '2026-01-01T10:00:00+08:00')",
        [number, f"{number}.pdf", sha256, f"vault/{sha256}"],
    )
    said = {"name": "会议意见", "value": "同意", "page": 1, "quote": "会议同意退出"}
    agreed = json.dumps([{**said, "project": "", "state": "", "party": "", "detail": ""}], ensure_ascii=False)
    seen = "yes" if number % 3 else "unknown"
    level = {4: "village", 5: "township", 6: "department", 7: "district"}.get(item)
    connection.execute(
        "INSERT INTO documents (id, source, first, last, status, project, item, confidence, candidates, reasons, "
        "evidence, title, date, level, sealed, signed, path, path_sha256, text_source, facts) VALUES "
        "(?, ?, 1, 2, ?, ?, ?, 0.9, '[]', '[]', '[]', '会议纪要', ?, ?, ?, ?, ?, ?, 'ocr', ?)",
        [
            f"D{number:07d}",
            number,
            status,
            code,
            item,
            f"2024-11-{item + 1:02d}",
            level,
            seen,
            seen,
            f"项目档案/{code}/{number}.pdf" if status == "filed" else None,
            sha256,
            agreed if level else "[]",
        ],
    )


def _pages(connection: sqlite3.Connection, pages: int) -> None:
    for number in range(1, pages + 1):
        text = f"第{number}页 会议研究了项目退出的有关事项，议定由镇街负责落实。编号{number}" + (
            "" if number % 10 else "未签"
        )
        if not number % 17:
            text = f"空白说明 {number}"
        connection.execute(
            "INSERT INTO pages (id, source, number, text, text_source, rotation) VALUES (?, ?, ?, ?, 'ocr', 0)",
            [number, (number + 1) // 2, 1 + number % 2, text],
        )
        connection.execute("INSERT INTO page_words (rowid, words) VALUES (?, ?)", [number, words_of(text)])


def cpu(act: Callable[[], object], runs: int = RUNS) -> float:
    """Median CPU seconds of an act within this process."""
    found = []
    for _ in range(runs):
        began = time.process_time()
        act()
        found.append(time.process_time() - began)
    return statistics.median(found)


def ran(command: list[str], folder: Path) -> float:
    """CPU seconds of a process; what it prints goes to a file."""
    with tempfile.TemporaryFile() as out:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], cwd=folder, stdout=out, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Build, measure, print."""
    projects, pages = (int(sys.argv[at]) if len(sys.argv) > at else 100_000 for at in (1, 2))
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(tempfile.mkdtemp())
    if not (folder / "archivist.toml").exists():
        make_workspace(folder)
        opened = open_workspace(folder, "测试员")
        opened.store.prepare()
        began = time.perf_counter()
        build(opened.index_path, projects, pages)
        print(
            f"built in {time.perf_counter() - began:.0f} s: {projects} projects, {projects * 8} documents, {pages} pages"
        )
    opened = open_workspace(folder, "测试员")
    with opened.open_index() as index:
        began = time.process_time()
        index.states.settle(opened.standard)
        print(f"kept by a writer: {time.process_time() - began:.1f} s CPU")
    path = opened.index_path
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    _missing(path, folder)
    _json(folder)
    _search(path)
    _check(path, projects)


def _missing(path: Path, folder: Path) -> None:
    by, items = standard(folder), catalogue_items(folder)
    with closing(sqlite3.connect(path)) as connection:
        covering = cpu(lambda: connection.execute(COVERING).fetchall(), 3)
    print(f"covering query: {covering * 1000:.0f} ms")
    asked = {
        "one township": wanted(items, township="镇03"),
        "one village": wanted(items, village="村017"),
        "one department": wanted(items, department="部门3"),
        "projects without item 4": wanted(items, item=4),
        "all": wanted(items),
    }
    with open_reader(path) as index:
        for name, one in asked.items():
            seconds = cpu(lambda one=one: missing(index, one, by, True, 50))  # type: ignore[misc]
            print(
                f"missing, first page and summary, {name}: {seconds * 1000:.1f} ms, {covering / seconds:.0f} times less"
            )


def _json(folder: Path) -> None:
    lines = folder / "lines.jsonl"
    with lines.open("wb") as out:
        subprocess.run(
            [sys.executable, "-c", CONSOLE, "missing", "--json"], cwd=folder, stdout=out, check=True
        )
    start = statistics.median(ran(["-c", CONSOLE, "missing", "--help"], folder) for _ in range(RUNS))
    empty = statistics.median(ran(["-c", "pass"], folder) for _ in range(RUNS))
    rounds = [
        (ran(["-c", CONSOLE, "missing", "--json"], folder), ran(["-c", BARE, str(lines)], folder))
        for _ in range(RUNS)
    ]
    ours, bare = (statistics.median(column) for column in zip(*rounds, strict=True))
    with tempfile.TemporaryFile() as out:
        peak = subprocess.run(
            [sys.executable, "-c", PEAK, "missing", "--json"],
            cwd=folder,
            stdout=out,
            stderr=subprocess.PIPE,
            check=True,
        ).stderr.decode()
    print(
        f"missing --json of all: {ours * 1000:.0f} ms CPU (its help {start * 1000:.0f}), bare loop {bare * 1000:.0f} ms "
        f"(python alone {empty * 1000:.0f}), ratio {ours / bare:.2f}, without starts "
        f"{(ours - start) / (bare - empty):.2f}; peak {' '.join(peak.split())}; {lines.stat().st_size >> 20} MB printed"
    )


def _search(path: Path) -> None:
    often, never = phrase(["会议"]), phrase(["天鹅"])
    with open_reader(path) as index:
        found, none = cpu(lambda: search(index, often, 20)), cpu(lambda: search(index, never, 20))
    print(f"search, a word on most pages: {found * 1000:.1f} ms; a word on none: {none * 1000:.1f} ms")


def _check(path: Path, projects: int) -> None:
    folder = path.parent.parent.parent
    rules = standard(folder).rules()
    from datetime import date

    with open_reader(path) as index:
        seconds = cpu(lambda: check(index, rules, date(2026, 11, 28), [f"DZ-{projects // 2:06d}"]))
    print(f"check of one project: {seconds * 1000:.1f} ms")


if __name__ == "__main__":
    main()
