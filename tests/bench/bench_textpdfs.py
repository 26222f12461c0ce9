"""CPU per small text PDF of a whole ingest against a bare loop on the same files (Linux only).

    python tests/bench/bench_textpdfs.py [--files 2000] [--workers 2] [--profile]

Ours is everything: receiving, two proved copies, disposable processes, identification, filing, index, events, status
pages. The bare loop reads each file's text with pdfium in one process, takes its sha256 and copies it.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import os
import pstats
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pikepdf

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from bench_ocr import cpu_of_tree  # noqa: E402

from support import workspaces as w  # noqa: E402
from support.makers import text_pdf  # noqa: E402

PROJECTS = (w.SHEEP, w.LEMON, w.FISH)
PAGES = 2
"""Of each file."""


def make_files(folder: Path, count: int) -> list[Path]:
    """Minutes of two pages each, every one different: most are filed, as a good day's work would be."""
    made = []
    for number in range(count):
        day = number % 28 + 1
        first = w.minutes(PROJECTS[number % 3], day).replace(
            f"〕{day}号", f"〕{number + 1}号"
        )  # each has its own 文号
        path = text_pdf(folder / "one.pdf", [*first.splitlines(), *_paragraphs(number, 18)])
        with pikepdf.open(path) as pdf:
            pdf.pages.append(pdf.pages[0])
            target = folder / f"纪要{number:05d}.pdf"
            pdf.save(target)
        made.append(target)
    path.unlink()
    return made


def _paragraphs(number: int, count: int) -> list[str]:
    return [
        f"第{line}条 会议听取了第{number}号事项的情况汇报，经研究，一致同意按程序推进有关工作。"
        for line in range(count)
    ]


def bare(files: list[Path], folder: Path) -> float:
    """CPU seconds of pdfium text + sha256 + copy in one loop."""
    import pypdfium2

    start = time.process_time()
    for file in files:
        with pypdfium2.PdfDocument(file) as document:
            for page in document:
                text = page.get_textpage()
                text.get_text_range()
                text.close()
                page.close()
        with file.open("rb") as stream:
            hashlib.file_digest(stream, "sha256")
        shutil.copyfile(file, folder / file.name)
    return time.process_time() - start


def ingest(files: list[Path], folder: Path, workers: int, profile: bool) -> float:
    """Ingest ``files`` in a new workspace; return CPU seconds."""
    from archivist.ingest.pipeline import Pipeline

    opened = w.workspace(folder, f"[extraction]\nworkers = {workers}\n")
    with opened.writing("bench") as index, Pipeline(opened, index) as pipeline:
        for file in files:
            shutil.copy(file, opened.config.inbox / file.name)
        time.sleep(0.3)
        before, own, start = cpu_of_tree(), time.process_time(), time.perf_counter()
        profiler = cProfile.Profile()
        if profile:
            profiler.enable()
        batch = pipeline.run()
        profiler.disable()
        wall, cpu, own = time.perf_counter() - start, cpu_of_tree() - before, time.process_time() - own
        if profile:
            pstats.Stats(profiler).sort_stats("cumtime").print_stats(60)
    counts = {status: sum(row.status == status for row in batch.documents) for status in ("filed", "review")}
    print(
        f"whole ingest  {len(files)} files, {counts}  {1000 * cpu / len(files):.2f} CPU ms/file"
        f" ({1000 * own / len(files):.2f} of them in the main process)"
        f"  {1000 * cpu / len(files) / PAGES:.2f} CPU ms/page"
        f"  {len(files) / wall:.0f} files/s"
    )
    return cpu


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        (made := Path(scratch, "files")).mkdir()
        (copies := Path(scratch, "copies")).mkdir()
        made_files = make_files(made, options.files)
        print(f"{options.files} files of {made_files[0].stat().st_size} bytes")
        loop = bare(made_files, copies)
        print(f"bare loop  {1000 * loop / options.files:.2f} CPU ms/file")
        ours = ingest(made_files, Path(scratch, "w"), options.workers, options.profile)
        print(f"ratio {ours / loop:.2f}")
