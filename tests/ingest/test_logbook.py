"""The log file: one JSON object a line, in Chinese, rotated, without contents; failing to write it stops nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archivist.ingest.batch import Batch
from archivist.ingest.logbook import LOG_FILE, Logbook
from archivist.workspace.settings import LogSettings
from support import workspaces as w


def lines(private: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (private / LOG_FILE).read_text("utf-8").splitlines()]


def test_a_pass_is_logged_with_names_and_outcomes_but_no_contents(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    w.pdf(opened.config.inbox / "纪要.pdf", w.minutes(w.SHEEP, more="身份证号 500112199001010000"))
    w.pdf(opened.config.inbox / "坏的.pdf", w.BAD)
    batch = w.ingest(opened)
    batch.problems.append("“x”打不开")
    with Logbook(tmp_path, LogSettings(), "ingest") as log:
        log.batch(batch)
    told = lines(tmp_path)
    assert [line["act"] for line in told] in (
        ["start", "filed", "rejected", "problem", "stop"],
        ["start", "rejected", "filed", "problem", "stop"],
    )
    assert {line["message"] for line in told} >= {"已归档：纪要.pdf", "退回：坏的.pdf", "“x”打不开"}
    assert "500112199001010000" not in (tmp_path / LOG_FILE).read_text("utf-8")
    assert all(set(line) >= {"at", "level", "command", "act", "message"} for line in told)


def test_old_pages_are_turned_over_and_only_so_many_kept(tmp_path: Path) -> None:
    with Logbook(tmp_path, LogSettings(max_mb=1, keep=2), "watch") as log:
        for number in range(2200):
            log.write("info", "problem", f"{number} " + "长" * 600)
    names = sorted(path.name for path in (tmp_path / "log").iterdir())
    assert names == ["archivist.log", "archivist.log.1", "archivist.log.2"]
    assert all(path.stat().st_size <= 1 << 20 for path in (tmp_path / "log").iterdir())


@pytest.mark.parametrize(
    ("level", "acts"), [("off", None), ("warning", ["problem"]), ("info", ["start", "problem", "stop"])]
)
def test_the_level_is_kept(tmp_path: Path, level: str, acts: list[str] | None) -> None:
    with Logbook(tmp_path, LogSettings(level=level), "watch") as log:
        log.batch(Batch(problems=["坏了"]))
    if acts is None:
        assert not (tmp_path / LOG_FILE).exists()
    else:
        assert [line["act"] for line in lines(tmp_path)] == acts


def test_hostile_names_stay_one_line(tmp_path: Path) -> None:
    with Logbook(tmp_path, LogSettings(), "watch") as log:
        log.write("info", "filed", 'a\n{"level": "error"}\ud800\u202e')
    assert [line["act"] for line in lines(tmp_path)] == ["start", "filed", "stop"]


@pytest.mark.parametrize("hindrance", ["folder", "file"])
def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, hindrance: str) -> None:
    if hindrance == "folder":
        (tmp_path / "log").write_bytes(b"a file where the folder should be")
    else:
        (tmp_path / LOG_FILE).mkdir(parents=True)
    with Logbook(tmp_path, LogSettings(), "watch") as log:
        log.write("error", "problem", "坏了")


def test_a_log_that_vanishes_or_fills_the_disk_stops_nothing(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no full device here")
    (tmp_path / "log").mkdir()
    (tmp_path / LOG_FILE).symlink_to("/dev/full")
    with Logbook(tmp_path, LogSettings(), "watch") as log:
        log.write("error", "problem", "坏了")


def test_an_error_that_ends_the_program_is_logged(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), Logbook(tmp_path, LogSettings(), "watch"):
        raise ValueError("x")
    assert [line["level"] for line in lines(tmp_path)] == ["info", "error", "info"]
