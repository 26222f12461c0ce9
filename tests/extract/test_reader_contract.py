"""What every reader promises the pipeline: the one that ships, those that tests and benches put in its place."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from archivist.extract import Extractor, Limits
from archivist.extract.reader import Reader
from support import workspaces as w
from support.makers import text_pdf
from support.remembering import Remembering

WORDS = ["石梯村村民代表会议记录", "应到三十二人，实到二十九人"]


@dataclass(frozen=True)
class Tried:
    """A reader, and how to write a PDF of one page with `WORDS` that it can read."""

    reader: Reader
    readable: Callable[[Path], Path]


def for_extractor(path: Path) -> Path:
    return text_pdf(path, WORDS)


def for_text_reader(path: Path) -> Path:
    return w.pdf(path, "\n".join(WORDS))


@pytest.fixture(params=["extractor", "text reader", "remembering"])
def tried(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tried]:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    if request.param == "text reader":
        found = Tried(w.TextReader(), for_text_reader)
    else:
        reader: Reader = Extractor(Limits(scratch), 2, "none")
        remembered = request.param == "remembering"
        found = Tried(Remembering(reader, tmp_path / "kept") if remembered else reader, for_extractor)
    yield found
    found.reader.close()


def test_a_file_is_read_page_by_page_and_stays_as_it_is(tried: Tried, tmp_path: Path) -> None:
    path = tried.readable(tmp_path / "会议记录.pdf")
    before = path.read_bytes()
    found = tried.reader.extract(path, "会议记录.pdf")

    assert found.failure == ""
    assert [page.number for page in found.pages] == [1]
    assert WORDS[0] in found.pages[0].text
    assert path.read_bytes() == before


def test_the_same_bytes_give_the_same_answer(tried: Tried, tmp_path: Path) -> None:
    path = tried.readable(tmp_path / "一.pdf")

    assert tried.reader.extract(path, "一.pdf") == tried.reader.extract(path, "一.pdf")


def test_whatever_the_bytes_the_answer_is_pages_or_a_reason_that_names_the_file(
    tried: Tried, tmp_path: Path
) -> None:
    good = tried.readable(tmp_path / "好.pdf").read_bytes()
    chance = random.Random(7)
    hostile = [
        b"",
        b"\0" * 4096,
        chance.randbytes(3000),
        good[:40],
        good[: len(good) // 2],
        b"PK\x03\x04" + good,
    ]
    for number, data in enumerate(hostile):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(data)
        found = tried.reader.extract(path, f"坏{number}.pdf")
        assert not (found.failure and found.pages)
        assert not found.failure or f"坏{number}.pdf" in found.failure
        assert [page.number for page in found.pages] == list(range(1, len(found.pages) + 1))


def test_members_of_an_archive_lie_below_the_folder_that_was_given(tried: Tried, tmp_path: Path) -> None:
    archive = w.zipped(tmp_path / "材料.zip", {"会议记录.txt": b"one", "../../外面.txt": b"two"})
    folder = tmp_path / "taken"
    folder.mkdir()
    found = tried.reader.unpack(archive, "材料.zip", folder)

    assert found.failure == ""
    assert "会议记录.txt" in {member.name for member in found.members}
    assert all(member.data_path.resolve().is_relative_to(folder) for member in found.members)
    assert not (tmp_path / "外面.txt").exists()


def test_what_is_no_archive_and_what_has_nothing_within_gives_a_reason_or_nothing(
    tried: Tried, tmp_path: Path
) -> None:
    path = tmp_path / "不是.zip"
    path.write_bytes(b"no archive at all")
    folder = tmp_path / "taken"
    folder.mkdir()
    unpacked = tried.reader.unpack(path, "不是.zip", folder)
    attached = tried.reader.attached(path, "不是.zip", folder)

    assert "不是.zip" in unpacked.failure
    assert unpacked.members == attached.members == ()


def test_files_within_a_pdf_come_out_whole(tried: Tried, tmp_path: Path) -> None:
    path = tried.readable(tmp_path / "plain.pdf")
    whole = tmp_path / "带附件.pdf"
    inside = path.read_bytes()
    with pikepdf.open(path) as pdf:
        pdf.attachments["协议.pdf"] = pikepdf.AttachedFileSpec(pdf, inside, filename="协议.pdf")
        pdf.save(whole)
    folder = tmp_path / "taken"
    folder.mkdir()
    found = tried.reader.attached(whole, "带附件.pdf", folder)

    assert [(one.name, one.data_path.read_bytes()) for one in found.members] == [("协议.pdf", inside)]


def test_several_threads_may_ask_at_once(tried: Tried, tmp_path: Path) -> None:
    paths = [tried.readable(tmp_path / f"{number}.pdf") for number in range(6)]
    alone = [tried.reader.extract(path, path.name) for path in paths]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda path: tried.reader.extract(path, path.name), paths))

    assert together == alone


def test_closing_twice_does_no_harm(tried: Tried) -> None:
    tried.reader.close()
    tried.reader.close()
