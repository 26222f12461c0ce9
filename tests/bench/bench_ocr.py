"""CPU per scanned page: our extraction against the bare recognition loop over the same pages (Linux only).

    python tests/bench/bench_ocr.py [--engine auto|onnxruntime|openvino] [--workers 2] [--repeat 3] [IMAGE …]

The bare loop is RapidOCR alone: detector limit max 960, recogniser batch 1, one thread a process, as many
processes as cores, onnxruntime. Ours is measured whole: disposable processes, decoding, judging, recognition.
Both warmed up first.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from contextlib import suppress
from pathlib import Path

DATA = Path(__file__).parents[1] / "extract" / "data"
_TICKS = os.sysconf("SC_CLK_TCK")


def bare_worker(files: list[str]) -> tuple[float, float, int]:
    """One process of the bare loop: CPU seconds, peak MB, characters read."""
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
    images = [cv2.imread(file) for file in files]
    ocr(images[0])
    start = time.process_time()
    characters = sum(len("".join(ocr(image).txts or ())) for image in images)
    return time.process_time() - start, high_water(os.getpid()), characters


def bare(files: list[Path], workers: int) -> None:
    shares = [[str(file) for file in files[i::workers]] for i in range(workers)]
    start = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        results = pool.map(bare_worker, shares, chunksize=1)
    wall = time.perf_counter() - start
    report("bare loop", len(files), sum(r[0] for r in results), wall, max(r[1] for r in results), results)


def ours(files: list[Path], workers: int, engine: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from archivist.extract import Extractor, Limits

    with (
        tempfile.TemporaryDirectory() as scratch,
        Extractor(Limits(Path(scratch)), workers, engine) as extractor,
    ):
        with ThreadPoolExecutor(workers + 1) as threads:
            list(
                threads.map(
                    lambda file: extractor.extract(file, file.name), (files * workers * 3)[: workers * 4]
                )
            )  # until every worker has loaded
            before, start = cpu_of_tree(), time.perf_counter()
            extracts = list(threads.map(lambda file: extractor.extract(file, file.name), files))
        wall, peak = time.perf_counter() - start, max(high_water(pid) for pid in children())
        pages = [page for extract in extracts for page in extract.pages]
        extractor.close()
        time.sleep(0.5)  # the fork server collects its children
        spent = cpu_of_tree() - before
        report(f"ours ({engine})", len(pages), spent, wall, peak, [(0, 0, sum(len(p.text) for p in pages))])


def report(label: str, pages: int, cpu: float, wall: float, peak: float, results: list) -> None:
    figures[label] = cpu / pages
    characters = sum(result[2] for result in results)
    print(
        f"{label:22} {pages} pages  {cpu / pages:.3f} CPU s/page  {pages / wall:.2f} pages/s"
        f"  worker {peak:.0f} MB  {characters} characters"
    )


def high_water(pid: int) -> float:
    """Peak resident memory of a process in MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def children() -> list[int]:
    """All processes below this one: OCR workers, the nursery and its disposable children."""
    return _below(os.getpid())


def _below(pid: int) -> list[int]:
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):  # each thread has its own
        with suppress(OSError):
            found += [int(child) for child in thread.read_text().split()]
    return found + [below for child in found for below in _below(child)]


def cpu_of_tree() -> float:
    """CPU seconds of this process, of all below it that live and of those that ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = time.process_time() + ended.ru_utime + ended.ru_stime
    for pid in children():
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(int(field) for field in fields[11:15]) / _TICKS
    return total


figures: dict[str, float] = {}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    found = (options.files or sorted(DATA.glob("*.jpg"))) * options.repeat
    bare(found, options.workers)
    ours(found, options.workers, options.engine)
    print(f"ratio {figures[f'ours ({options.engine})'] / figures['bare loop']:.2f}")
