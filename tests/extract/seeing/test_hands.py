"""Handwriting told from print, and what is pressed in red by whom: on drawn pages, without recognition."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from archivist.core.paper.seals import SURE
from archivist.extract.seeing.hands import Written, judged, of_lines
from archivist.extract.seeing.seals import Pixels, find_seals

SIZE = (1240, 1754)
RED, PEN = (205, 35, 40), (30, 40, 110)
Rect = tuple[float, float, float, float]


def printed(draw: ImageDraw.ImageDraw, left: int, top: int, count: int) -> Rect:
    """Signs of straight, level strokes as type has them."""
    for x in range(left, left + 34 * count, 34):
        draw.rectangle((x, top, x + 24, top + 26), outline=(25, 25, 27), width=3)
        draw.line((x + 12, top, x + 12, top + 26), fill=(25, 25, 27), width=3)
    return left - 2, top - 4, left + 34 * count, top + 32


def written(draw: ImageDraw.ImageDraw, left: int, top: int, ink: tuple[int, int, int]) -> Rect:
    """Loops and slanting strokes of a pen."""
    turn = np.linspace(0, 6 * np.pi, 160)
    points = [
        (left + 20 + 6.5 * t + 16 * np.cos(t), top + 22 + 19 * np.sin(t) - 1.2 * t) for t in turn.tolist()
    ]
    draw.line(points, fill=ink, width=3, joint="curve")
    draw.line((left + 20, top + 44, left + 130, top + 2), fill=ink, width=3)
    return left, top - 24, left + 165, top + 52


def page(ink: tuple[int, int, int] | None) -> tuple[Pixels, list[Written], list[Rect]]:
    """Ten printed lines, a printed name behind a label, and a pen's strokes of ``ink`` behind another."""
    image = Image.new("RGB", SIZE, (247, 246, 242))
    draw = ImageDraw.Draw(image)
    lines = [
        Written(
            printed(draw, 130, 200 + 60 * row, 26),
            0.0,
            "会议内容会议内容会议内容会议内容会议内容会议内容会议",
            0.98,
        )
        for row in range(10)
    ]
    lines.append(Written(printed(draw, 600, 1000, 3), 0.0, "周禾麦", 0.97))
    strokes = [written(draw, 600, 1100, ink)] if ink else []
    return np.asarray(image.filter(ImageFilter.GaussianBlur(0.7))), lines, strokes


def test_print_is_print_and_a_pens_strokes_are_a_hands_in_blue_or_black() -> None:
    for ink in (PEN, (30, 30, 33)):
        pixels, lines, strokes = page(ink)
        pieces = judged(pixels, lines, strokes)

        assert max(of_lines(pieces, len(lines))) < 0.2
        assert [piece.hand > 0.9 for piece in pieces if piece.line < 0] == [True]


def test_a_grey_page_is_judged_too_and_an_empty_one_has_no_pieces() -> None:
    pixels, lines, strokes = page((30, 30, 33))
    grey = np.ascontiguousarray(pixels[..., 1])

    assert [piece.hand > 0.9 for piece in judged(grey, lines, strokes) if piece.line < 0] == [True]
    assert judged(grey, [], []) == ()


def sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, (247, 246, 242))
    draw = ImageDraw.Draw(image)
    for row in range(12):
        printed(draw, 130, 200 + 60 * row, 26)
    return image, draw


def soft(image: Image.Image) -> Pixels:
    return np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)))


def test_a_ring_that_says_nothing_is_a_suspicion_whatever_is_printed_in_it() -> None:
    image, draw = sheet()
    draw.ellipse((600, 500, 830, 730), outline=RED, width=7)

    found = find_seals(soft(image))

    assert found
    assert all(seal.confidence < SURE for seal in found)


def test_a_wheel_and_rings_within_rings_are_no_seals() -> None:
    image, draw = sheet()
    draw.ellipse((300, 1200, 530, 1430), outline=RED, width=8)
    draw.line((300, 1315, 530, 1315), fill=RED, width=8)
    draw.line((415, 1200, 415, 1430), fill=RED, width=8)
    draw.ellipse((700, 1200, 930, 1430), outline=RED, width=8)
    draw.ellipse((745, 1245, 885, 1385), outline=RED, width=8)

    assert all(seal.confidence < SURE for seal in find_seals(soft(image)))


def test_a_faint_patch_of_the_size_of_a_seal_is_a_suspicion_and_an_empty_page_has_none() -> None:
    image, draw = sheet()
    assert find_seals(soft(image)) == []

    draw.ellipse((650, 1200, 880, 1430), outline=(243, 231, 228), width=10)
    draw.ellipse((720, 1270, 810, 1360), fill=(243, 231, 228))

    found = find_seals(soft(image))

    assert found
    assert all(seal.confidence < SURE for seal in found)


def test_a_square_stamp_is_a_persons_and_a_round_spot_is_not() -> None:
    image, draw = sheet()
    draw.rectangle((700, 1200, 770, 1270), outline=RED, width=5)
    for x in (716, 742):
        for y in (1214, 1242):
            draw.rectangle((x, y, x + 14, y + 16), outline=RED, width=3)
            draw.line((x + 7, y, x + 7, y + 16), fill=RED, width=2)
    draw.ellipse((300, 1200, 370, 1270), fill=RED)

    squares = [seal for seal in find_seals(soft(image)) if seal.shape == "square"]

    assert [round(seal.outline.x, -1) for seal in squares] == [740]
