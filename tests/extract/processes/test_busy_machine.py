"""Limits are of CPU time: trouble of the machine is told as such, tried again, and never as the file's."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract import Extractor, Limits, failures
from archivist.extract.failures import Refused
from archivist.extract.processes.ocrpool import OcrPool
from archivist.extract.processes.sandbox import Sandbox
from archivist.extract.processes.vigil import PATIENCE, Verdict, Vigil
from archivist.system.processes import Effort, effort
from support import misbehaving
from support.makers import SNIPPET

posix = pytest.mark.skipif(sys.platform == "win32", reason="stops by signal")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc tells who sleeps")
METHODS = [None, "spawn"]


# --- the judgement
@given(st.lists(st.floats(0, 0.5), min_size=1, max_size=60))
def test_who_works_however_slowly_is_not_ended_before_its_patience(worked: list[float]) -> None:
    vigil = Vigil(0.0, float("inf"), 10.0)
    cpu = 0.0
    for second, more in enumerate(worked):
        cpu += 0.05 + more
        assert vigil.judge(float(second), Effort(cpu, True)) is Verdict.GOING


@given(st.floats(0.1, 500), st.floats(1, 300))
def test_who_would_work_and_is_not_let_to_is_starved_and_never_hangs(step: float, idle: float) -> None:
    vigil = Vigil(0.0, 60.0, idle)
    now, verdict = 0.0, Verdict.GOING
    while verdict is Verdict.GOING:
        now += step
        verdict = vigil.judge(now, Effort(0.0, False))

    assert verdict is Verdict.STARVED
    assert now >= PATIENCE * idle


def test_who_sleeps_without_work_hangs() -> None:
    vigil = Vigil(0.0, 60.0, 10.0)
    verdicts = [vigil.judge(float(second), Effort(1.0, True)) for second in range(11)]

    assert verdicts == [Verdict.GOING] * 10 + [Verdict.HANGS]


def test_only_what_was_worked_since_the_task_began_is_counted() -> None:
    vigil = Vigil(0.0, 60.0, 10.0)

    assert vigil.judge(1.0, Effort(5000.0, False)) is Verdict.GOING
    assert vigil.judge(2.0, Effort(5059.0, False)) is Verdict.GOING
    assert vigil.judge(3.0, Effort(5060.0, False)) is Verdict.SPENT


def test_a_process_not_yet_there_is_waited_for() -> None:
    vigil = Vigil(0.0, 60.0, 10.0)

    assert vigil.judge(50.0, None) is Verdict.GOING
    assert vigil.judge(100.0, None) is Verdict.STARVED


def test_this_process_is_seen_working_and_one_that_is_not_there_is_not() -> None:
    before = effort(os.getpid())
    misbehaving.burn_for(0.2)
    after = effort(os.getpid(), with_children=True)

    assert before is not None
    assert after is not None
    assert after.cpu - before.cpu >= 0.15
    assert effort(2**22 + 17) is None


# --- steps
def refusal(sandbox: Sandbox, step: Callable[..., object], *args: object) -> str:
    with pytest.raises(Refused) as caught:
        sandbox.run(step, *args)
    return caught.value.reason


@posix
@pytest.mark.parametrize("method", METHODS)
def test_a_step_that_works_longer_than_a_hang_is_waited_for_is_let_finish(
    limits: Limits, method: str | None
) -> None:
    sandbox = Sandbox(replace(limits, wall_seconds=1.0, cpu_seconds=30), 2, method)

    assert sandbox.run(misbehaving.burn_for, 1.6) == "done"


@linux
def test_a_step_that_was_stopped_for_a_while_is_let_finish(limits: Limits) -> None:
    sandbox = Sandbox(replace(limits, wall_seconds=0.8), 2)

    assert sandbox.run(misbehaving.starve, 2.0) == "done"


@linux
@pytest.mark.parametrize("method", METHODS)
def test_a_step_that_is_not_let_work_at_all_is_the_machines_trouble(
    limits: Limits, method: str | None
) -> None:
    wall = 0.2 if method is None else 1.0
    sandbox = Sandbox(replace(limits, wall_seconds=wall), 2, method)

    assert refusal(sandbox, misbehaving.stop_for_good) == failures.BUSY


@linux
def test_a_step_that_hangs_or_burns_under_spawn_is_the_files(limits: Limits) -> None:
    hanging, burning = replace(limits, wall_seconds=2.0), replace(limits, cpu_seconds=1)

    assert refusal(Sandbox(hanging, 2, "spawn"), misbehaving.hang) == failures.TOO_SLOW
    assert refusal(Sandbox(burning, 2, "spawn"), misbehaving.burn) == failures.TOO_SLOW
    assert list(limits.scratch.iterdir()) == []


# --- recognition
Pools = Callable[[object, float], OcrPool]


@pytest.fixture
def pools() -> Iterator[Pools]:
    made: list[OcrPool] = []

    def make(task: object, seconds: float) -> OcrPool:
        kind: Any = type("Misbehaving", (OcrPool,), {"task": staticmethod(task)})  # type: ignore[arg-type]
        made.append(kind(1, "none", seconds))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


def outcome(pool: OcrPool, file: Path) -> Any:
    """What a page gives, or the reason why it gives nothing."""
    try:
        return pool.submit(file).wait()
    except Refused as refused:
        return refused.reason


def test_a_page_that_works_without_end_meets_its_cpu_limit(pools: Pools, tmp_path: Path) -> None:
    assert outcome(pools(misbehaving.burn_at, 1.0), tmp_path / "page") == failures.OCR_SLOW
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_works_within_its_limit_is_read(pools: Pools, tmp_path: Path) -> None:
    assert outcome(pools(misbehaving.work_at, 5.0), tmp_path / "page") == "done"
    assert list(tmp_path.iterdir()) == []


@linux
def test_a_worker_stopped_longer_than_a_page_may_work_is_waited_for(pools: Pools, tmp_path: Path) -> None:
    assert outcome(pools(misbehaving.starve_at, 1.0), tmp_path / "page") == "done"


@linux
def test_a_worker_that_is_never_let_work_is_the_machines_trouble(pools: Pools, tmp_path: Path) -> None:
    assert outcome(pools(misbehaving.stop_at, 0.4), tmp_path / "page") == failures.BUSY


@linux
def test_a_page_over_which_an_engine_hangs_once_is_read_by_another(pools: Pools, tmp_path: Path) -> None:
    assert outcome(pools(misbehaving.sleep_once, 1.0), tmp_path / "page") == "done"


@linux
def test_a_page_over_which_every_engine_hangs_is_told(pools: Pools, tmp_path: Path) -> None:
    assert outcome(pools(misbehaving.sleep_at, 0.8), tmp_path / "page") == failures.OCR_FAILED


@linux
def test_a_file_read_on_a_machine_that_lets_nothing_work_is_not_called_damaged(
    limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OcrPool, "task", staticmethod(misbehaving.stop_at))
    with Extractor(replace(limits, ocr_page_seconds=0.4), 1, "none") as extractor:
        found = extractor.extract(SNIPPET, "清单.jpg")

    assert found.failure == f"“清单.jpg”：{failures.BUSY}"
    assert "损坏" not in found.failure


def test_the_one_page_of_a_small_file_does_not_wait_for_all_pages_of_a_large_one(
    pools: Pools, tmp_path: Path
) -> None:
    pool = pools(misbehaving.note_turn, 60.0)
    large = [pool.submit(tmp_path / f"large{number}", "large") for number in range(8)]
    small = pool.submit(tmp_path / "small", "small")
    for ticket in (*large, small):
        ticket.wait()

    order = (tmp_path / "turns").read_text("utf-8").split()

    assert sorted(order) == sorted([*(f"large{number}" for number in range(8)), "small"])
    assert order.index("small") <= 3


def test_a_page_that_waits_for_its_turn_when_the_pool_closes_is_given_up(
    pools: Pools, tmp_path: Path
) -> None:
    pool = pools(misbehaving.sleep_at, 60.0)
    tickets = [pool.submit(tmp_path / f"page{number}") for number in range(6)]

    pool.close()

    with pytest.raises(Refused, match=failures.OCR_FAILED):
        tickets[-1].wait()
