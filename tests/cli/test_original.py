"""archivist original: a person's word on original or copy reaches the catalogue, the index and the log."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zipfile
from pathlib import Path

from support.cli_running import Run


def test_a_persons_word_on_copy_and_original_is_kept_and_printed_in_the_catalogue(
    workspace: Path, archivist: Run, tmp_path: Path
) -> None:
    own = shutil.copytree(workspace, tmp_path / "工作区")
    listed = [json.loads(line) for line in archivist("-w", str(own), "documents", "--json").text.splitlines()]
    filed = next(record for record in listed if record["status"] == "filed")
    before = _catalogue(archivist, own, filed["project"], tmp_path / "前.docx")

    ran = archivist("-w", str(own), "--as", "覃立新", "original", filed["id"].lower(), "复印件")

    assert ran.code == 0, ran.err
    after = _catalogue(archivist, own, filed["project"], tmp_path / "后.docx")
    assert after.count("复印件") == before.count("复印件") + 1
    assert after.count("【待填】") == before.count("【待填】") - 1
    metadata = json.loads(
        (own / "archive_store" / Path(filed["path"]).parents[1] / "档案元数据.json").read_text("utf-8")
    )
    assert [d["original"] for d in metadata["documents"] if d["id"] == filed["id"]] == ["复印件"]
    with sqlite3.connect(own / "archive_store" / ".archivist" / "index.db") as index:
        told = index.execute("SELECT actor, act, detail FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    assert told[:2] == ("覃立新", "described") and json.loads(told[2])["original"] == "复印件"


def test_another_word_than_the_two_and_an_unknown_document_are_refused(bare: Path, archivist: Run) -> None:
    assert archivist("-w", str(bare), "original", "D00001", "副本").code == 2
    unknown = archivist("-w", str(bare), "original", "D99999", "原件")
    assert unknown.code == 4 and "D99999" in unknown.err


def test_pages_that_only_printing_makes_are_left_for_a_person_to_count(
    workspace: Path, archivist: Run, tmp_path: Path
) -> None:
    own = shutil.copytree(workspace, tmp_path / "工作区")
    listed = [json.loads(line) for line in archivist("-w", str(own), "documents", "--json").text.splitlines()]
    filed = next(record for record in listed if record["status"] == "filed")
    before = _catalogue(archivist, own, filed["project"], tmp_path / "前.docx")
    with sqlite3.connect(own / "archive_store" / ".archivist" / "index.db") as index:
        index.execute("UPDATE sources SET kind = 'docx' WHERE name = ?", [filed["source"]])
    after = _catalogue(archivist, own, filed["project"], tmp_path / "后.docx")

    assert after.count("【待填】") == before.count("【待填】") + 1


def _catalogue(archivist: Run, own: Path, project: str, target: Path) -> str:
    ran = archivist("-w", str(own), "generate", "归档目录", project, "-o", str(target))
    assert ran.code == 0, ran.err
    with zipfile.ZipFile(target) as archive:
        return re.sub("<[^>]+>", "", archive.read("word/document.xml").decode())
