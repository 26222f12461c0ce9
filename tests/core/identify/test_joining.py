"""Photos of one document find each other; strangers do not."""

from __future__ import annotations

import pytest

from archivist.core.identify.joining import Whole, photos_of_one, whole_of
from archivist.core.model import Seen


@pytest.mark.parametrize(
    ("name", "names", "before"),
    [
        ("铁山镇/mmexport17339_2.jpg", {"铁山镇/mmexport17339_1.jpg"}, "铁山镇/mmexport17339_1.jpg"),
        (
            "桐子垭村会议记录/10.jpg",
            {"桐子垭村会议记录/1.jpg", "桐子垭村会议记录/9.jpg"},
            "桐子垭村会议记录/9.jpg",
        ),
        ("IMG_0012.jpg", {"IMG_0011.jpg"}, "IMG_0011.jpg"),
        ("记录第3页.jpg", {"记录第2页.jpg"}, "记录第2页.jpg"),
        ("记录(03).png", {"记录(01).png", "记录(02).png"}, "记录(02).png"),
        ("IMG_20241110_164530.jpg", {"IMG_20241110_164512.jpg"}, "IMG_20241110_164512.jpg"),
        (
            "IMG_20241110_164530.jpg",
            {"IMG_20241110_164512.jpg", "IMG_20241110_164520.jpg"},
            "IMG_20241110_164520.jpg",
        ),
    ],
)
def test_the_photo_before_is_found(name: str, names: set[str], before: str) -> None:
    assert photos_of_one(name, {*names, name})[-2:] == [before, name]


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("记录_1.jpg", {"记录_2.jpg"}),
        ("记录_2.pdf", {"记录_1.pdf"}),
        ("甲/记录_2.jpg", {"乙/记录_1.jpg"}),
        ("记录_3.jpg", {"记录_1.jpg"}),
        ("IMG_20241110_170000.jpg", {"IMG_20241110_164512.jpg"}),
        ("IMG_20249910_164530.jpg", {"IMG_20241110_164512.jpg"}),
        ("照片.jpg", {"照片1.jpg"}),
    ],
)
def test_strangers_are_not_joined(name: str, names: set[str]) -> None:
    assert photos_of_one(name, {*names, name}) == [name]


def test_the_photos_of_one_document_say_together_what_each_shows_a_part_of() -> None:
    first = Whole("2024-11-15", Seen.NO, Seen.NO)
    second = Whole(None, Seen.YES, Seen.UNKNOWN)
    third = Whole("2024-11-18", Seen.NO, Seen.NO)

    assert whole_of([first, second, third], met=False) == Whole("2024-11-18", Seen.YES, Seen.UNKNOWN)
    assert whole_of([first, second, third], met=True).date == "2024-11-15"
    assert whole_of([first, third], met=False).sealed is Seen.NO


def test_a_series_of_photos_is_followed_back_to_its_first_page() -> None:
    names = ["a/IMG_1.jpg", "a/IMG_2.jpg", "a/IMG_3.jpg", "a/IMG_5.jpg"]

    assert photos_of_one("a/IMG_3.jpg", names) == names[:3]
    assert photos_of_one("a/IMG_5.jpg", names) == ["a/IMG_5.jpg"]
    assert photos_of_one("a/合同.pdf", names) == ["a/合同.pdf"]
