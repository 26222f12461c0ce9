"""A misbehaving file costs itself and nothing else."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from archivist.extract import Limits, failures
from archivist.extract.failures import Refused
from archivist.extract.processes.sandbox import Sandbox
from support import misbehaving

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits or signals")
METHODS = [None, "spawn"]


def refusal(sandbox: Sandbox, step: Callable[..., object], *args: object) -> str:
    with pytest.raises(Refused) as caught:
        sandbox.run(step, *args)
    return caught.value.reason


@pytest.mark.parametrize("method", METHODS)
def test_a_step_returns_its_value_and_its_refusal(limits: Limits, method: str | None) -> None:
    sandbox = Sandbox(limits, 2, method)

    assert sandbox.run(misbehaving.add, 2, 3) == 5
    assert refusal(sandbox, misbehaving.refuse) == "不行"
    assert refusal(sandbox, misbehaving.raise_anything) == failures.UNREADABLE


@pytest.mark.parametrize("method", METHODS)
def test_children_start_clean_instead_of_copying_the_parent(
    limits: Limits, method: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(misbehaving, "inherited", True)

    assert Sandbox(limits, 1, method).run(misbehaving.sees_parent) is False


@posix
@pytest.mark.parametrize("method", METHODS)
def test_a_crash_is_reported_and_the_next_file_is_read(limits: Limits, method: str | None) -> None:
    sandbox = Sandbox(limits, 2, method)

    assert refusal(sandbox, misbehaving.crash) == failures.CRASHED
    assert refusal(sandbox, misbehaving.abort) == failures.TOO_LARGE
    assert sandbox.run(misbehaving.add, 1, 1) == 2


@posix
def test_a_hang_that_ignores_sigterm_is_killed_from_outside(limits: Limits) -> None:
    sandbox = Sandbox(replace(limits, wall_seconds=0.5), 2)

    assert refusal(sandbox, misbehaving.hang) == failures.TOO_SLOW


@posix
def test_an_endless_computation_meets_the_cpu_limit(limits: Limits) -> None:
    sandbox = Sandbox(replace(limits, cpu_seconds=1), 2)

    assert refusal(sandbox, misbehaving.burn) == failures.TOO_SLOW


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="address space is limited on Linux only")
def test_a_memory_bomb_meets_the_memory_limit(limits: Limits) -> None:
    sandbox = Sandbox(replace(limits, memory_mb=512), 2)

    assert refusal(sandbox, misbehaving.hoard) == failures.TOO_LARGE


def test_a_full_disk_is_not_called_a_damaged_file(limits: Limits) -> None:
    assert refusal(Sandbox(limits), misbehaving.fill_disk) == failures.SCRATCH_FULL


@posix
def test_a_page_picture_that_does_not_fit_on_the_disk_is_not_called_a_damaged_file(limits: Limits) -> None:
    assert refusal(Sandbox(limits), misbehaving.leave_picture, limits.scratch) == failures.SCRATCH_FULL


@pytest.mark.skipif(sys.platform != "linux", reason="children come from the nursery on Linux")
@pytest.mark.parametrize(
    ("number", "reason"), [(errno.EAGAIN, failures.WORKERS_DOWN), (errno.ENOSPC, failures.SCRATCH_FULL)]
)
def test_a_process_that_cannot_begin_is_told_as_that_and_not_as_a_full_disk(
    limits: Limits, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def refused(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("archivist.extract.processes.nursing._nurses", {})
    monkeypatch.setattr("archivist.extract.processes.nursing.subprocess.Popen", refused)

    assert refusal(Sandbox(limits), misbehaving.add, 1, 1) == reason


@posix
def test_one_crash_does_not_disturb_steps_running_beside_it(limits: Limits) -> None:
    sandbox = Sandbox(limits, 4)
    steps = [(misbehaving.add, n, n) if n % 3 else (misbehaving.crash,) for n in range(9)]

    def outcome(step: tuple[Any, ...]) -> object:
        try:
            return sandbox.run(*step)
        except Refused as refused:
            return refused.reason

    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(outcome, steps))

    assert results == [2 * n if n % 3 else failures.CRASHED for n in range(9)]


def test_libraries_cannot_write_to_the_terminal(limits: Limits, capfd: pytest.CaptureFixture[str]) -> None:
    assert Sandbox(limits).run(misbehaving.chatter) == "quiet"
    assert capfd.readouterr() == ("", "")
