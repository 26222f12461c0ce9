"""Names that count make a series, in number order or by the clock; others do not."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.identify.naming import apart, folder_of, in_series


@pytest.mark.parametrize(
    "names",
    [
        [f"桐子垭村会议记录/{n}.jpg" for n in range(1, 12)],
        ["IMG_001.jpg", "IMG_002.jpg"],
        ["记录 (1).jpg", "记录 (2).jpg"],
        ["记录-2.png", "记录-3.png"],
        ["微信图片_20241203152210_1.jpg", "微信图片_20241203152210_2.jpg"],
        ["mmexport1733210530123.jpg", "mmexport1733210540456.jpg"],
        ["IMG_20241110_164512.jpg", "IMG_20241110_164530.jpg"],
        ["scan0001.pdf", "scan0002.pdf"],
        ["会议记录第9页.jpg", "会议记录第10页.jpg"],
        ["会议记录第九页.jpg", "会议记录第十页.jpg"],
        ["材料.zip!/记录/1.JPG", "材料.zip!/记录/2.JPG"],
    ],
)
def test_names_that_count_hang_together_in_order(names: list[str]) -> None:
    places = [place for name in names if (place := in_series(name)) is not None]

    assert len(places) == len(names)
    assert [one.order for one in places] == sorted(one.order for one in places)
    assert all(apart(a, b) <= 1 for a, b in itertools.pairwise(places))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲/1.jpg", "乙/2.jpg"),
        ("1.jpg", "2.pdf"),
        ("1.jpg", "9.jpg"),
        ("记录_1.jpg", "合同_2.jpg"),
        ("IMG_20241110_164512.jpg", "IMG_20241110_170000.jpg"),
        ("mmexport1733210530123.jpg", "mmexport1733910540456.jpg"),
    ],
)
def test_names_of_other_series_do_not(one: str, other: str) -> None:
    first, second = in_series(one), in_series(other)

    assert first is not None
    assert second is not None
    assert apart(first, second) > 1


@pytest.mark.parametrize(
    "name",
    ["20241128纪要.pdf", "扫描_20250110.pdf", "纪要.docx", "1.docx", "IMG_20249910_164530.jpg", "照片.jpg"],
)
def test_what_counts_nothing_is_in_no_series(name: str) -> None:
    assert in_series(name) is None


def test_the_folder_a_file_came_in_is_known_by_its_name() -> None:
    assert folder_of("镇上/桐子垭村会议记录/1.jpg") == "桐子垭村会议记录"
    assert folder_of("材料.zip!/1.jpg") == "材料.zip"
    assert folder_of("1.jpg") == ""


@given(st.text(max_size=600))
def test_any_name_is_borne(name: str) -> None:
    place = in_series(f"{name}.jpg")

    assert place is None or apart(place, place) == 0
