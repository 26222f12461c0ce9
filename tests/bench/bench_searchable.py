"""CPU per page and added size of searchable copies, beyond the start of their process.

    python tests/bench/bench_searchable.py [--repeat 5] [FILE …]

Without files: scans and photos made here, about 450 characters a page. A file given is taken with the same text on
every page. Also printed: what the disposable process costs, warm and cold.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from archivist.core.model import TextSource
from archivist.core.page import Line, Page

DATA = Path(__file__).parents[1] / "extract" / "data"
WORDS = "会议听取了区农业农村委关于淘汰类帮扶产业项目处置情况的汇报，"
LINES = tuple(Line(WORDS, (0.1, 0.05 * n, 0.9, 0.05 * n + 0.03)) for n in range(2, 17))
CREATED = "2024-11-28"


def sources(folder: Path) -> Iterator[tuple[str, str, Path, int]]:
    """Label, kind, file and pages."""
    from PIL import Image

    page = Image.open(DATA / "minutes.jpg").resize((1654, 2339))
    scan = folder / "scan.pdf"
    page.save(scan, save_all=True, append_images=[page] * 19, resolution=200, quality=80)
    yield "scan, PDF, 20 pages", "pdf", scan, 20
    single = folder / "single.pdf"
    page.save(single, resolution=200, quality=80)
    yield "scan, PDF, 1 page", "pdf", single, 1
    layered = folder / "layered.pdf"
    with_foreign_layer(single, layered)
    yield "the same with a foreign text layer", "pdf", layered, 1
    photo = folder / "photo.jpg"
    page.resize((3024, 4032)).save(photo, quality=88)
    yield "photo, JPEG, 12 MP", "image", photo, 1
    grey = folder / "grey.png"
    page.convert("L").save(grey)
    yield "scan, PNG, 200 dpi grey", "image", grey, 1
    fax = folder / "fax.tif"
    fine = page.resize((2480, 3508)).convert("L").point(lambda v: 255 * (v > 150)).convert("1")
    fine.save(fax, save_all=True, append_images=[fine] * 4, compression="group4", dpi=(300, 300))
    yield "scan, TIFF G4, 300 dpi, 5 pages", "image", fax, 5


def with_foreign_layer(source: Path, target: Path) -> None:
    import pikepdf

    with pikepdf.open(source) as pdf:
        page = pdf.pages[0]
        page.obj.Resources.Font = pikepdf.Dictionary(
            F1=pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        shows = b"".join(b"1 0 0 1 72 %d Tm (~,~7;=1 ]Jrx t^ll) Tj " % (40 + 10 * n) for n in range(70))
        page.contents_add(pdf.make_stream(b"BT 3 Tr /F1 9 Tf " + shows + b"ET"))
        pdf.save(target)


def given(files: list[Path]) -> Iterator[tuple[str, str, Path, int]]:
    import pikepdf
    from PIL import Image

    for file in files:
        if file.suffix.lower() == ".pdf":
            with pikepdf.open(file) as pdf:
                yield file.name, "pdf", file, len(pdf.pages)
        else:
            with Image.open(file) as image:
                yield file.name, "image", file, getattr(image, "n_frames", 1)


def report(label: str, kind: str, source: Path, pages: int, folder: Path, repeat: int) -> None:
    from archivist.extract.copying.conformance import moment
    from archivist.extract.copying.searchable import searchable_step
    from archivist.extract.limits import Limits

    read = tuple(Page(number, LINES, TextSource.OCR) for number in range(1, pages + 1))
    target, limits, times, note = folder / "copy.pdf", Limits(folder), [], ""
    for _ in range(repeat):
        start = time.process_time()
        note = searchable_step(source, kind, read, target, limits, "会议纪要", moment(CREATED))
        times.append((time.process_time() - start) * 1000 / pages)
    added = (target.stat().st_size - source.stat().st_size) / pages
    state = note or "PDF/A-2b"
    print(f"{label:36} {statistics.median(times):6.1f} ms CPU a page   {added:+8.0f} bytes a page   {state}")


def whole(folder: Path, source: Path) -> None:
    """Wall time of one copy, process and all, first and later."""
    from archivist.extract.copying.searchable import make_searchable
    from archivist.extract.limits import Limits

    pages, times = (Page(1, LINES, TextSource.OCR),), []
    for _ in range(4):
        start = time.perf_counter()
        make_searchable(source, "pdf", pages, folder / "copy.pdf", Limits(folder), "会议纪要", CREATED)
        times.append((time.perf_counter() - start) * 1000)
    print(f"one page with its process: first {times[0]:.0f} ms, then {min(times[1:]):.0f} ms wall")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    from archivist.extract.copying.searchable import warm_up

    start = time.process_time()
    warm_up()
    print(
        f"loading once a process (or once in the fork server): {(time.process_time() - start) * 1000:.0f} ms CPU"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label, kind, source, pages in given(options.files) if options.files else sources(folder):
            report(label, kind, source, pages, folder, options.repeat)
        if not options.files:
            whole(folder, folder / "single.pdf")


if __name__ == "__main__":
    main()
