"""Wherever `verify` finds the records wrong, the gate (销号) stays shut with the same sentences."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archivist.preservation.fixity.verify import verify
from archivist.store.layout import DECISION_PAGE, METADATA
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.cli_running import run_archivist
from support.gating import CODE, ask, passable
from support.tampering import cut, log_of, note_head, rewritten, tampered


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return passable(tmp_path_factory.mktemp("gate") / "w")


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


def other_hand(row: dict[str, object]) -> None:
    row["actor"] = "区领导"


def chain_and_own_metadata(opened: Workspace) -> None:
    rewritten(opened, other_hand)
    note_head(opened, w.folder_of(opened, w.SHEEP))


def head_of_another_project(opened: Workspace) -> None:
    path = w.folder_of(opened, w.LEMON) / METADATA
    told = json.loads(path.read_text("utf-8"))
    told["events_head"] = {"seq": 900, "hash": "0" * 64}
    path.write_text(json.dumps(told), "utf-8")


def anchored_and_cut(opened: Workspace) -> None:
    anchor = opened.config.workspace.parent / "锚.json"
    anchor.unlink(missing_ok=True)
    assert run_archivist("-w", str(opened.config.workspace), "anchor", "-o", str(anchor)).code == 0
    seq = w.rows(opened, "SELECT MAX(seq) FROM events")[0][0]
    cut(opened, seq - 3)
    for one in (w.SHEEP, w.LEMON, w.FISH):
        note_head(opened, w.folder_of(opened, one))


def anchor_edited(opened: Workspace) -> None:
    anchored_and_cut(opened)
    anchor = opened.config.workspace.parent / "锚.json"
    anchor.write_text(anchor.read_text("utf-8").replace('"seq": ', '"seq": 1'), "utf-8")


def unknown_original(opened: Workspace) -> None:
    (opened.store.vault / "aa").mkdir(exist_ok=True)
    (opened.store.vault / "aa" / "stranger.pdf").write_bytes(b"x")


def forged_page(opened: Workspace) -> None:
    (w.folder_of(opened, w.SHEEP) / DECISION_PAGE).write_text("<p>已销号</p>", "utf-8")


WAYS: dict[str, Callable[[Workspace], object]] = {
    "the chain and this project's metadata": chain_and_own_metadata,
    "a head of another project": head_of_another_project,
    "cut off after an anchor": anchored_and_cut,
    "the anchor edited": anchor_edited,
    "a row of another project": lambda opened: tampered(
        opened, f"UPDATE documents SET date = '2024-01-01' WHERE project = '{w.LEMON.code}'"
    ),
    "a row of no document": lambda opened: tampered(opened, "UPDATE sources SET name = 'x' WHERE id = 3"),
    "the text": lambda opened: tampered(opened, "UPDATE pages SET text = '同意' WHERE source = 1"),
    "the log": lambda opened: log_of(opened).write_bytes(
        log_of(opened).read_bytes().replace("测试员".encode(), "测试者".encode(), 1)
    ),
    "an original that no event knows": unknown_original,
    "a page of a decision nobody made": forged_page,
}


@pytest.mark.parametrize("way", WAYS)
def test_what_verify_finds_in_the_records_keeps_the_gate_shut_in_the_same_words(
    opened: Workspace, way: str
) -> None:
    WAYS[way](opened)
    verdict = ask(opened)
    told = {one.message for one in verdict.judged.obstacles}
    found = {f"{one.message}{one.advice}" for one in verify(opened).findings if one.severity == "error"}

    assert verdict.damaged
    assert found
    assert told == found


def test_deregister_ends_with_the_exit_code_of_verify(opened: Workspace) -> None:
    chain_and_own_metadata(opened)
    folder = str(opened.config.workspace)

    assert run_archivist("-w", folder, "deregister", CODE).code == 6
    assert run_archivist("-w", folder, "verify").code == 6


def test_an_anchor_on_a_disk_that_is_not_there_stops_nobody(opened: Workspace) -> None:
    (opened.config.workspace / ".archivist-anchors").write_text("/nowhere/锚.json\n\n", "utf-8")

    assert ask(opened).decision is not None
