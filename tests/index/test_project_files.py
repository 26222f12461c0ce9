"""The projects' files (案卷): what reading them costs grows with what is read, not with what else is filed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from archivist.index.database import Database
from archivist.index.projectfiles import ProjectFiles
from archivist.index.schema import make_tables


def filled(path: Path, projects: int, same: int = 0) -> Database:
    """An index with so many projects of four filed papers each; the first ``same`` papers are of the same bytes."""
    connection = sqlite3.connect(path, isolation_level=None)
    make_tables(connection)
    connection.execute("BEGIN")
    for number in range(projects):
        code = f"P-{number:05d}"
        record = json.dumps({"code": code, "name": f"养殖场{number}", "category": "淘汰类"})
        connection.execute(
            "INSERT INTO projects (code, name, township, village, category, department, record, updated) "
            "VALUES (?, ?, '甲镇', '乙村', '淘汰类', '', ?, '2026-01-01')",
            [code, f"养殖场{number}", record],
        )
        for item in range(1, 5):
            one = number * 4 + item
            sha256 = f"{0 if one <= same else one:064x}"
            connection.execute(
                "INSERT INTO sources (id, name, origin, sha256, size, state, received) "
                "VALUES (?, 'a.pdf', 'inbox', ?, 1, 'done', '2026-01-01')",
                [one, sha256],
            )
            connection.execute(
                "INSERT INTO documents (id, source, first, last, status, project, item, confidence, candidates, "
                "reasons, evidence, sealed, signed, path, path_sha256, text_source) VALUES (?, ?, 1, 1, 'filed', ?, ?, "
                "1, '[]', '[]', '[]', 'yes', 'yes', ?, ?, 'ocr')",
                [f"D{one:05d}", one, code, item, f"{code}/{one}.pdf", f"{one + 10**9:064x}"],
            )
    connection.execute("COMMIT")
    return Database(connection, path)


def steps(database: Database, codes: list[str]) -> int:
    """Thousands of instructions of SQLite's machine that reading these projects' files takes."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    database.connection.set_progress_handler(count, 1000)
    assert len(list(ProjectFiles(database).each(codes))) == len(codes)
    database.connection.set_progress_handler(None, 0)
    return counted


def test_a_few_projects_cost_the_same_in_a_large_archive(tmp_path: Path) -> None:
    codes = [f"P-{number:05d}" for number in range(40)]
    small, large = filled(tmp_path / "small.db", 100), filled(tmp_path / "large.db", 800)
    few, many = steps(small, codes), steps(large, codes)
    for one in (small, large):
        one.close()

    assert 0 < many < 2 * few


def test_the_same_bytes_in_another_project_are_still_told(tmp_path: Path) -> None:
    database = filled(tmp_path / "same.db", 3, same=5)
    (first, second) = ProjectFiles(database).of(["P-00000", "P-00001"])
    database.close()

    assert {place.project for place in first.elsewhere["D00001"]} == {"P-00001"}
    assert [place.document for place in second.elsewhere["D00005"]] == [
        "D00001",
        "D00002",
        "D00003",
        "D00004",
    ]
