"""The engine is the one that is faster on this machine, measured once; its workers use the cores there are."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.processes import choosing
from archivist.extract.processes.choosing import RUNTIMES, cheaper, chosen, in_a_process, remembered
from archivist.extract.processes.ocrpool import OcrPool
from archivist.extract.seeing.ocr import specimen
from support import measuring

MACHINE = "a processor; onnxruntime 1; openvino 2"


class Asked:
    """A measure that counts how often it was asked."""

    def __init__(self, **costs: float) -> None:
        self.costs, self.times = costs, 0

    def __call__(self, engine: str) -> float | None:
        self.times += 1
        return self.costs.get(engine)


def test_the_cheaper_engine_is_taken_and_measured_but_once(tmp_path: Path) -> None:
    slow, fast = Asked(onnxruntime=0.3, openvino=0.2), Asked(onnxruntime=0.1, openvino=0.2)

    assert remembered(tmp_path / "a", MACHINE, slow) == "openvino"
    assert remembered(tmp_path / "a", MACHINE, fast) == "openvino"
    assert (slow.times, fast.times) == (2, 0)


def test_another_processor_or_version_is_measured_anew(tmp_path: Path) -> None:
    remembered(tmp_path, MACHINE, Asked(onnxruntime=0.3, openvino=0.2))

    assert remembered(tmp_path, MACHINE + "9", Asked(onnxruntime=0.2, openvino=0.3)) == "onnxruntime"


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"\xff\xfe",
        b"[" * 4000,
        b"[]",
        b'{"engine": "rm -rf"}',
        b'{"engine": ["openvino"]}',
        b'{"engine": null}',
        b" " * 5000 + b'{"engine": "onnxruntime"}',
    ],
)
def test_a_memory_that_holds_anything_else_is_not_believed(tmp_path: Path, kept: bytes) -> None:
    remembered(tmp_path, MACHINE, Asked(onnxruntime=0.1, openvino=0.2))
    (file,) = tmp_path.iterdir()
    file.write_bytes(kept)

    assert remembered(tmp_path, MACHINE, Asked(onnxruntime=0.3, openvino=0.2)) == "openvino"
    assert json.loads(file.read_bytes())["engine"] == "openvino"


def test_where_nothing_can_be_kept_the_engine_is_still_chosen(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    asked = Asked(onnxruntime=0.3, openvino=0.2)

    assert remembered(tmp_path / "file", MACHINE, asked) == "openvino"
    assert remembered(None, MACHINE, asked) == "openvino"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_engine_that_does_not_run_here_is_not_taken(tmp_path: Path) -> None:
    assert remembered(tmp_path / "a", MACHINE, Asked(onnxruntime=0.3)) == "onnxruntime"
    assert remembered(tmp_path / "b", MACHINE, Asked(openvino=0.3)) == "openvino"


def test_what_could_not_be_measured_is_not_remembered(tmp_path: Path) -> None:
    assert remembered(tmp_path, MACHINE, Asked()) == RUNTIMES[0]
    assert remembered(tmp_path, MACHINE, Asked(onnxruntime=0.3, openvino=0.2)) == "openvino"


@given(st.floats(0.01, 10), st.floats(0.01, 10))
def test_openvino_is_never_taken_where_it_costs_more(light: float, other: float) -> None:
    if cheaper({"onnxruntime": light, "openvino": other}) == "openvino":
        assert other < light


def test_a_named_engine_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "in_a_process", None)

    assert [chosen(name) for name in (*RUNTIMES, "none")] == [*RUNTIMES, "none"]


@pytest.mark.parametrize("engine", RUNTIMES)
def test_each_engine_can_be_measured_in_a_process_of_its_own(engine: str) -> None:
    seconds = in_a_process(engine)

    assert seconds is not None
    assert seconds > 0


def test_an_engine_that_crashes_has_no_cost() -> None:
    assert in_a_process("no-such-engine") is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="affinity is told on Linux")
@pytest.mark.parametrize("engine", RUNTIMES)
def test_every_thread_of_every_worker_may_run_on_every_core(tmp_path: Path, engine: str) -> None:
    class Watched(OcrPool):
        task = staticmethod(measuring.affinities)  # type: ignore[assignment]  # nothing is read

    page, _ = specimen()
    np.save(tmp_path / "page.npy", page)
    pool = Watched(2, engine, 60)
    try:
        tickets = [pool.submit(tmp_path / "page.npy") for _ in range(4)]
        seen = [ticket.wait() for ticket in tickets]
    finally:
        pool.close()

    assert set().union(*seen) == {frozenset(os.sched_getaffinity(0))}  # type: ignore[arg-type]
