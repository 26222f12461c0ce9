"""CPU per scanned page of a whole ingest against the bare recognition loop on the same pages (Linux only).

    python tests/bench/bench_ingest.py [--engine auto|onnxruntime|openvino] [--workers 2] [--repeat 2]

Ours is everything: receiving, hashing, disposable processes, rendering, turning, recognition, seals and signatures,
identification, filing, indexing, status pages. The bare loop is bench_ocr's. Both are warmed up first.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

from bench_ocr import bare, children, cpu_of_tree, figures, high_water

SAMPLES = Path(__file__).parents[1] / "samples" / "files"


def scans() -> list[Path]:
    """The sample PDFs that are nothing but page images."""
    import pypdfium2

    found = []
    for path in sorted((SAMPLES / "收件箱").rglob("*.pdf")):
        try:
            pages = list(pypdfium2.PdfDocument(path))
        except pypdfium2.PdfiumError:
            continue
        if pages and all(not page.get_textpage().get_text_range().strip() for page in pages):
            found.append(path)
    return found


def rendered(files: list[Path], folder: Path) -> list[Path]:
    """Every page of ``files`` as PNG with the longest side of 2000 pixels, as recognition gets it."""
    import pypdfium2

    made = []
    for file in files:
        for page in pypdfium2.PdfDocument(file):
            target = folder / f"{len(made):03d}.png"
            page.render(scale=2000 / max(page.get_size())).to_pil().convert("RGB").save(target)
            made.append(target)
    return made


def ingest(files: list[Path], pages: int, folder: Path, engine: str, workers: int) -> None:
    """Ingest ``files`` into a new workspace with warm workers; print CPU per page."""
    from archivist.cli.init import make_workspace
    from archivist.cli.register import import_register
    from archivist.ingest.pipeline import Pipeline
    from archivist.workspace.opened import open_workspace

    make_workspace(folder)
    settings = folder / "archivist.toml"
    settings.write_text(
        f'[extraction]\nocr_engine = "{engine}"\nworkers = {workers}\n[intake]\nsettle_seconds = 0.1\n',
        "utf-8",
    )
    opened = open_workspace(folder, None)
    import_register(opened, SAMPLES / "登记" / "项目台账.xlsx")
    with opened.writing("bench") as index, Pipeline(opened, index) as pipeline:
        for number in range(2 * workers):
            warm = opened.config.inbox / f"预热{number}.pdf"
            warm.write_bytes(files[0].read_bytes() + f"\n% {number}".encode())
        time.sleep(0.3)
        pipeline.run()
        for number, file in enumerate(files):
            shutil.copy(file, opened.config.inbox / f"{number:03d}.pdf")
        time.sleep(0.3)
        copying: list[float] = []
        make_copies = pipeline._copier.run

        def timed(seconds: float | None = None) -> tuple[bool, list[str]]:
            begun = cpu_of_tree()
            done = make_copies(seconds)
            copying.append(cpu_of_tree() - begun)
            return done

        pipeline._copier.run = timed  # type: ignore[method-assign]
        before, start = cpu_of_tree(), time.perf_counter()
        batch = pipeline.run()
        wall, peak = time.perf_counter() - start, max(high_water(pid) for pid in children())
        spent = cpu_of_tree() - before
    figures["ingest"] = spent / pages
    print(
        f"whole ingest ({engine})  {pages} pages, {len(batch.documents)} documents  {spent / pages:.3f} CPU s/page"
        f"  {pages / wall:.2f} pages/s  worker {peak:.0f} MB"
    )
    print(f"of it searchable copies  {1000 * sum(copying) / pages:.0f} ms CPU a page")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        files = scans()
        images = rendered(files, Path(scratch))
        bare(images, options.workers)
        ingest(files, len(images), Path(scratch) / "w", options.engine, options.workers)
    print(f"ratio {figures['ingest'] / figures['bare loop']:.2f}")
