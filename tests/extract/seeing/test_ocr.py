"""Recognition with the real engine on the committed pages, and workers that die."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archivist.core.model import TextSource
from archivist.extract import Extractor, Limits
from archivist.extract.failures import Refused
from archivist.extract.processes.ocrpool import OcrPool
from archivist.extract.seeing.lines import simplified
from support import misbehaving
from support.makers import MINUTES, RECORD, SNIPPET


def workers() -> set[int]:
    """The recognition processes of this one: the session's and a test's own."""
    return {child.pid or 0 for child in multiprocessing.active_children() if "pool_worker" in child.name}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_righted_and_read_in_order(reader: Extractor, tmp_path: Path, turn: int) -> None:
    Image.open(RECORD).rotate(turn, expand=True).save(tmp_path / "a.png")

    (page,) = reader.extract(tmp_path / "a.png", "a.png").pages

    assert page.rotation == turn
    assert page.lines[0].text == "青龙村村民代表会议记录"
    assert page.lines[-1].text == "记录人：周禾"
    assert all(line.box and line.box[1] < line.box[3] and line.confidence > 0.5 for line in page.lines)


def test_text_under_a_red_seal_is_read_and_the_seal_is_not(reader: Extractor) -> None:
    (page,) = reader.extract(MINUTES, "纪要.jpg").pages

    assert page.colour == "colour"
    assert [line.text for line in page.lines[-2:]] == ["石桥镇人民政府", "2024年11月20日"]


def test_a_heading_in_pure_red_is_read_in_its_place(reader: Extractor, tmp_path: Path) -> None:
    pixels = np.array(Image.open(MINUTES))
    top = pixels[:600].astype(int)
    red = top[..., 0] - top[..., 1:].max(axis=2) > 40
    pixels[:600][red] = (252, 40, 40)
    Image.fromarray(pixels).save(tmp_path / "a.png")

    (page,) = reader.extract(tmp_path / "a.png", "a.png").pages

    assert page.lines[0].text == "石桥镇人民政府会议纪要"
    assert [line.text for line in page.lines].count("石桥镇人民政府会议纪要") == 1


def test_traditional_characters_come_out_simplified() -> None:
    assert simplified("區政府專題會議研究產業項目") == "区政府专题会议研究产业项目"


def test_several_files_share_the_workers_without_mixing(reader: Extractor) -> None:
    files = [RECORD, SNIPPET, MINUTES] * 2
    with ThreadPoolExecutor(4) as threads:
        extracts = list(threads.map(lambda file: reader.extract(file, file.name), files))

    firsts = [extract.pages[0].lines[0].text for extract in extracts]
    assert firsts == ["青龙村村民代表会议记录", "资产移交清单", "石桥镇人民政府会议纪要"] * 2


def test_everything_works_under_spawn_as_on_windows(limits: Limits) -> None:
    with Extractor(limits, 1, "auto", method="spawn") as extractor:
        (page,) = extractor.extract(SNIPPET, "a.jpg").pages

    assert page.lines[0].text == "资产移交清单"


def test_no_recognition_process_starts_for_native_or_blank_pages(plain: Extractor, tmp_path: Path) -> None:
    Image.new("L", (900, 1200), 255).save(tmp_path / "a.png")
    before = workers()

    (page,) = plain.extract(tmp_path / "a.png", "a.png").pages

    assert (page.blank, page.text_source) == (True, TextSource.NONE)
    assert workers() == before


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_recognition_worker_that_dies_is_replaced(limits: Limits) -> None:
    others = workers()
    with Extractor(limits, 1, "none") as extractor:
        before = extractor.extract(SNIPPET, "a.jpg")
        for pid in workers() - others:
            os.kill(pid, signal.SIGKILL)
        after = extractor.extract(SNIPPET, "a.jpg")

    assert before == after
    assert after.pages[0].text_source is TextSource.OCR


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_page_that_kills_its_worker_gets_one_more_try(tmp_path: Path) -> None:
    class Dying(OcrPool):
        task = staticmethod(misbehaving.die_once)  # type: ignore[assignment]  # nothing is read

    class Deadly(OcrPool):
        task = staticmethod(misbehaving.crash_at)  # type: ignore[assignment]

    once, always = Dying(1, "none", 60), Deadly(1, "none", 60)
    try:
        assert once.submit(tmp_path / "marker").wait() is None
        with pytest.raises(Refused, match="中断"):
            always.submit(tmp_path / "marker").wait()
    finally:
        once.close()
        always.close()


def test_the_parent_stays_light() -> None:
    code = (
        "import sys, tempfile, pathlib; from archivist.extract import Extractor, Limits\n"
        "if __name__ == '__main__':\n"
        "    with tempfile.TemporaryDirectory() as folder:\n"
        "        with Extractor(Limits(pathlib.Path(folder)), 1, 'none') as extractor:\n"
        f"            assert extractor.extract(pathlib.Path({str(SNIPPET)!r}), 'a').pages\n"
        "    heavy = {'numpy', 'cv2', 'rapidocr', 'PIL', 'lxml', 'pypdfium2'} & set(sys.modules)\n"
        "    sys.exit(str(heavy) if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
