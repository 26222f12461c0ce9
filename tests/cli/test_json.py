"""``--json`` keeps its contract: JSON Lines in UTF-8, strict schemas, nothing else on stdout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.catalogue import NUMBERS
from support.cli_running import DROPPED, Run
from support.output_schemas import validator
from support.places import SCHEMAS

CONTRACT = {
    "documents": {
        "id",
        "source",
        "sha256",
        "pages",
        "status",
        "project",
        "item",
        "confidence",
        "candidates",
        "reasons",
        "title",
        "date",
        "issuer",
        "responsible",
        "level",
        "sealed",
        "signed",
        "path",
        "text_source",
    },
    "missing": {
        "project",
        "name",
        "township",
        "village",
        "missing",
        "unqualified",
        "review",
        "waived",
        "complete",
    },
    "check": {
        "project",
        "item",
        "code",
        "severity",
        "message",
        "document",
        "page",
        "quote",
        "clause",
    },
}
"""The keys other programs were promised, written down apart from the schemas."""

COMMANDS = {
    ("documents",): "output/documents.schema.json",
    ("review",): "output/documents.schema.json",
    ("missing",): "output/missing.schema.json",
    ("missing", "--category", "全部"): "output/missing.schema.json",
    ("search", "会议"): "output/search.schema.json",
    ("status",): "output/status.schema.json",
    ("register", "list"): "project.schema.json",
    ("generate", "--list"): "output/kinds.schema.json",
    ("check",): "output/check.schema.json",
    ("verify",): "output/verify.schema.json",
}


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_line_fits_the_published_schema(
    command: tuple[str, ...], workspace: Path, archivist: Run
) -> None:
    ran = archivist("-w", str(workspace), *command, "--json")
    checker = validator(COMMANDS[command])
    found = lines(ran.out)

    assert (ran.code, ran.err) == (0, "")
    assert found
    for record in found:
        assert [error.message for error in checker.iter_errors(record)] == []


@pytest.mark.parametrize("path", sorted((SCHEMAS / "output").glob("*.json")), ids=lambda path: path.name)
def test_schemas_are_strict_everywhere(path: Path) -> None:
    """Every object says which keys it has, requires all of them, and takes no others."""

    def objects(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, dict):
            own = [node] if "properties" in node else []
            return own + [found for value in node.values() for found in objects(value)]
        return [found for value in node for found in objects(value)] if isinstance(node, list) else []

    found = objects(json.loads(path.read_text("utf-8")))

    assert found
    for node in found:
        assert node["additionalProperties"] is False
        assert set(node["required"]) == set(node["properties"])


@pytest.mark.parametrize("name", CONTRACT)
def test_the_keys_promised_are_there_and_additions_are_marked(name: str) -> None:
    schema = validator(f"output/{name}.schema.json").schema
    assert isinstance(schema, dict)
    properties = schema["properties"]
    added = set(properties) - CONTRACT[name]

    assert set(properties) >= CONTRACT[name]
    assert all(properties[key]["description"].startswith("约定之外增加") for key in added)


def test_a_wrong_record_is_refused_by_the_schema(workspace: Path, archivist: Run) -> None:
    record = lines(archivist("-w", str(workspace), "documents", "--json").out)[0]
    checker = validator("output/documents.schema.json")

    assert not checker.is_valid({**record, "status": "lost"})
    assert not checker.is_valid({**record, "extra": 1})
    assert not checker.is_valid({key: value for key, value in record.items() if key != "sha256"})


def test_every_dropped_file_is_accounted_for(workspace: Path, archivist: Run) -> None:
    found = lines(archivist("-w", str(workspace), "documents", "--json").out)

    assert {record["source"] for record in found} == set(DROPPED)
    assert {record["status"] for record in found} >= {"filed", "rejected", "duplicate"}


def test_ingest_prints_the_documents_of_its_pass(workspace: Path, archivist: Run) -> None:
    printed = lines((workspace / "ingest.jsonl").read_bytes())
    listed = lines(archivist("-w", str(workspace), "documents", "--json").out)

    assert printed == listed


def test_missing_and_documents_agree(workspace: Path, archivist: Run) -> None:
    """What is filed is not missing, and the other way round."""
    filed = {
        (r["project"], r["item"]) for r in lines(archivist("-w", str(workspace), "documents", "--json").out)
    }
    states = lines(archivist("-w", str(workspace), "missing", "--json").out)

    assert any((state["project"], item) in filed for state in states for item in NUMBERS)
    for state in states:
        assert not {(state["project"], item) for item in state["missing"]} & filed
        assert state["complete"] == (not state["missing"] and not state["review"])


def test_json_goes_to_the_screen_only(workspace: Path, archivist: Run, tmp_path: Path) -> None:
    ran = archivist("-w", str(workspace), "missing", "--json", "-o", str(tmp_path / "x.csv"))

    assert (ran.code, ran.out) == (2, b"")
    assert not (tmp_path / "x.csv").exists()


def test_json_is_utf8_whatever_the_console(workspace: Path, archivist: Run) -> None:
    """A Chinese Windows console says GBK; other programs were promised UTF-8."""
    there = archivist("-w", str(workspace), "missing", "--json", env={"PYTHONIOENCODING": "gbk"})

    assert "镇" in there.out.decode("utf-8")
