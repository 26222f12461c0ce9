"""Files that their writers closed: taken early only when they are whole and stand still."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.ingest.closing import MOMENT_SECONDS, Closed

WHOLE = {
    "pdf": b"%PDF-1.4\n...\n%%EOF\n",
    "jpg": b"\xff\xd8\xff\xe0 picture \xff\xd9",
    "png": b"\x89PNG\r\n\x1a\n picture IEND\xaeB`\x82",
    "zip": b"PK\x03\x04 members PK\x05\x06" + bytes(18),
}


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def after_close(path: Path, data: bytes, clock: Clock, wait: float = MOMENT_SECONDS) -> bool:
    path.write_bytes(data)
    closed = Closed(clock)
    closed.note(str(path))
    clock.now += wait
    return closed.is_whole(path, len(data))


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_closed_file_is_taken_and_every_beginning_of_it_is_not(
    kind: str, tmp_path: Path, clock: Clock
) -> None:
    data = WHOLE[kind]
    assert after_close(tmp_path / "a", data, clock)
    least = len(data) - (19 if kind == "zip" else 2)
    assert not any(after_close(tmp_path / "a", data[:end], clock) for end in range(least))


def test_a_file_that_nobody_was_heard_to_close_waits(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "a").write_bytes(WHOLE["pdf"])
    assert not Closed(clock).is_whole(tmp_path / "a", len(WHOLE["pdf"]))


def test_a_file_closed_this_instant_waits_and_a_second_close_counts_anew(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "a"
    assert not after_close(path, WHOLE["pdf"], clock, MOMENT_SECONDS / 2)
    closed = Closed(clock)
    closed.note(str(path))
    clock.now += MOMENT_SECONDS
    closed.note(str(path))
    assert not closed.is_whole(path, 1)


def test_a_link_is_never_followed_and_an_unknown_kind_waits(tmp_path: Path, clock: Clock) -> None:
    assert not after_close(tmp_path / "text", b"text that may go on", clock)
    (tmp_path / "whole").write_bytes(WHOLE["pdf"])
    (tmp_path / "link").symlink_to(tmp_path / "whole")
    closed = Closed(clock)
    closed.note(str(tmp_path / "link"))
    clock.now += 1
    assert not closed.is_whole(tmp_path / "link", 10)
