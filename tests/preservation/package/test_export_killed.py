"""An export killed at any step leaves whole packages or none; run again, all are there and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archivist.errors import StoreError
from archivist.index.reader import open_reader
from archivist.pages.verifier import verify
from archivist.preservation.package.jobs import WORK, Export, digest_of
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.killing import Countdown, killed_at, needs_fork, steps

CODES = [w.LEMON.code, w.SHEEP.code]


def export(opened: Workspace, out: Path, zip: bool) -> list[str]:
    """Export all projects; the digests of their packages."""
    return [one.digest for one in Export(opened, out, zip).run(CODES, lambda error: None)]


def assert_whole(out: Path) -> None:
    """What stands is whole, and nothing else stands but the hidden folder."""
    for path in packages(out):
        assert digest_of(path)
        if path.is_dir():
            assert verify.checked(verify.folder(path))[0] == "一致"


def packages(out: Path) -> list[Path]:
    return [path for path in out.iterdir() if path.name != WORK] if out.exists() else []


def over(out: Path) -> bool:
    """Whether the job was over when it was killed, all but for an empty folder: there is nothing to go on with."""
    return len(packages(out)) == len(CODES) and not (out / WORK / "job.json").exists()


def one_kill(opened: Workspace, place: Path, step: int, zip: bool) -> bool:
    """Kill at a step, look, and run again; whether there was such a step."""
    out = place / "out"
    killed = killed_at(step, lambda: export(opened, out, zip))
    assert_whole(out)
    if killed and over(out):
        with pytest.raises(StoreError, match="已经存在"):
            export(opened, out, zip)
        assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in packages(out))
    elif killed:
        done = export(opened, out, zip)
        names = sorted(path.name for path in out.iterdir())
        assert len(done) == len(names) == len(CODES), (step, names)
        assert sorted(done) == sorted(digest_of(path) for path in out.iterdir()), step
        assert_whole(out)
        with open_reader(opened.index_path) as index:
            told = [one["subject"] for one in index.events.all() if one["act"] == "exported"]
        assert set(told) == set(CODES), step
    return killed


def steps_of(opened: Workspace, place: Path, zip: bool) -> int:
    """How many steps an export takes, once everything that it imports is there."""
    export(w.again(opened, place / "warm" / "w"), place / "warm" / "out", zip)
    count, copy = Countdown(-1, lambda: None), w.again(opened, place / "w")
    with steps(count):
        export(copy, place / "out", zip)
    return count.seen


@needs_fork
@pytest.mark.parametrize("zip", [False, True], ids=["folder", "zip"])
def test_killed_at_a_few_steps(archive: Workspace, tmp_path: Path, zip: bool) -> None:
    seen = steps_of(archive, tmp_path / "whole", zip)
    for step in (seen // 3, seen - 24, seen - 8):
        place = tmp_path / str(step)
        assert one_kill(w.again(archive, place / "w"), place, step, zip)


@needs_fork
@pytest.mark.long
@pytest.mark.parametrize("zip", [False, True], ids=["folder", "zip"])
def test_killed_at_nearly_every_step(archive: Workspace, tmp_path: Path, zip: bool) -> None:
    seen = steps_of(archive, tmp_path / "whole", zip)
    stride = 1 if os.environ.get("ARCHIVIST_EVERY_STEP") else 7
    last = range(max(1, seen - 60), seen + 1)
    for step in sorted({*range(1, seen + 1, stride), *last}):
        place = tmp_path / str(step)
        one_kill(w.again(archive, place / "w"), place, step, zip)
