"""From the end of a copy into 收件箱 to the document in its place, with a running watcher (Linux only).

    python tests/bench/bench_latency.py [--drops 8]

Against the bare RapidOCR time of the same page in a warm process (as in bench_ocr), one thread: medians of one run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_ingest import SAMPLES, rendered, scans


def bare_seconds(image: Path, times: int) -> list[float]:
    """Wall seconds of recognising ``image``, warm."""
    os.environ["OMP_NUM_THREADS"] = "1"
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    ocr = RapidOCR(
        params={
            "Global.log_level": "error",
            "Det.limit_side_len": 960,
            "Det.limit_type": "max",
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    pixels, taken = cv2.imread(str(image)), []
    ocr(pixels)
    for _ in range(times):
        start = time.perf_counter()
        ocr(pixels)
        taken.append(time.perf_counter() - start)
    return taken


def standing(root: Path) -> set[Path]:
    """The PDFs that stand in the folders people see."""
    return {path for name in ("项目档案", "待确认", "退回") for path in (root / name).rglob("*.pdf")}


def drops(page: Path, folder: Path, count: int) -> list[float]:
    """Wall seconds from the close of each copy of ``page`` to its document; the first ones warm the workers."""
    from archivist.cli.init import make_workspace
    from archivist.cli.register import import_register
    from archivist.workspace.opened import open_workspace

    make_workspace(folder)
    opened = open_workspace(folder, None)
    import_register(opened, SAMPLES / "登记" / "项目台账.xlsx")
    command = [sys.executable, "-m", "archivist", "-w", str(folder), "watch"]
    watcher = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    taken = []
    try:
        time.sleep(5)
        for number in range(count + 3):
            before = standing(opened.config.store_root)
            source = page.read_bytes()
            with (opened.config.inbox / f"扫描{number:03d}.pdf").open("wb") as target:
                target.write(source.rstrip() + f"\n% {number}\n%%EOF\n".encode())
            start = time.perf_counter()
            while standing(opened.config.store_root) == before:
                if time.perf_counter() - start > 120:
                    raise SystemExit("the watcher brought nothing")
                time.sleep(0.005)
            taken.append(time.perf_counter() - start)
            time.sleep(2.5)
    finally:
        watcher.terminate()
        watcher.wait()
    return taken[3:]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drops", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        page = next(file for file in scans() if len(rendered([file], Path(scratch))) == 1)
        image = rendered([page], Path(scratch))[0]
        shutil.copy(page, Path(scratch, "page.pdf"))
        bare = statistics.median(bare_seconds(image, options.drops))
        ours = drops(Path(scratch, "page.pdf"), Path(scratch, "w"), options.drops)
    middle = statistics.median(ours)
    print(
        f"bare recognition {bare:.2f} s, drop to document {middle:.2f} s ({min(ours):.2f} to {max(ours):.2f})"
    )
    print(f"ratio {middle / bare:.2f}")
