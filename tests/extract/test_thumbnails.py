"""Small pictures of pages: outlines lie on the thing, whatever way a page was captured; what cannot be drawn says why."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from docx import Document
from PIL import Image, ImageDraw

from archivist.core.model import Box
from archivist.extract import failures, thumbnails
from archivist.extract.seeing.thumbnail import (
    DASHED,
    DOUBLE,
    HEIGHT,
    SOLID,
    UNDER,
    WIDTH,
    Outline,
    Thumbnail,
    WantedPage,
    outlined,
)
from archivist.extract.thumbnails import Thumbnails
from support.makers import docx, paragraph, scan_pdf, text_pdf
from support.ofd_maker import ofd
from support.programs import needs_office

BOX: Box = (0.55, 0.62, 0.83, 0.7)
"""Right of the middle and below it: no turn and no mirror image has it there, too."""


@pytest.fixture(scope="module")
def drawing() -> Iterator[Thumbnails]:
    with Thumbnails() as made:
        yield made


def sheet(box: Box = BOX) -> Image.Image:
    """An upright page with a black block at ``box``."""
    image = Image.new("RGB", (1240, 1754), (246, 246, 244))
    block = (box[0] * 1240, box[1] * 1754, box[2] * 1240, box[3] * 1754)
    ImageDraw.Draw(image).rectangle(block, fill=(10, 10, 10))
    return image


def blank() -> Image.Image:
    image = sheet((0.1, 0.1, 0.2, 0.12))
    return image


def upright_photo(folder: Path) -> Path:
    sheet().save(folder / "照片.jpg", quality=90)
    return folder / "照片.jpg"


def photo_turned_by_the_camera(folder: Path) -> Path:
    exif = Image.Exif()
    exif[0x0112] = 6
    sheet().transpose(Image.Transpose.ROTATE_90).save(folder / "x.jpg", quality=90, exif=exif)
    return folder / "x.jpg"


def photo_lying_on_its_side(folder: Path) -> Path:
    sheet().transpose(Image.Transpose.ROTATE_90).save(folder / "x.png")
    return folder / "x.png"


def photo_on_its_head(folder: Path) -> Path:
    sheet().transpose(Image.Transpose.ROTATE_180).save(folder / "x.png")
    return folder / "x.png"


def third_frame(folder: Path) -> Path:
    blank().save(folder / "x.tif", save_all=True, append_images=[blank(), sheet()])
    return folder / "x.tif"


def third_page_of_a_scan(folder: Path) -> Path:
    return scan_pdf(folder / "合并.pdf", blank(), blank(), sheet())


def turned_page(folder: Path) -> Path:
    """A PDF whose page is shown turned: its picture lies on its side in it."""
    path = scan_pdf(folder / "x.pdf", sheet().transpose(Image.Transpose.ROTATE_90))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Rotate = 90
        pdf.save(path)
    return path


def page_of_ofd(folder: Path) -> Path:
    data = io.BytesIO()
    sheet().save(data, "JPEG", quality=90)
    return ofd(folder / "x.ofd", ["大足区石坝镇青杠村会议记录", data.getvalue()])


def cropped_page(folder: Path) -> Path:
    """A page of which only a part is shown: what lies outside its crop box is not on it."""
    wide = Image.new("RGB", (2480, 3508), "white")
    wide.paste(sheet(), (1240, 1754))
    path = scan_pdf(folder / "x.pdf", wide)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        left, bottom, right, top = (float(side) for side in pdf.pages[0].mediabox)
        pdf.pages[0].obj.CropBox = [(left + right) / 2, bottom, right, (bottom + top) / 2]
        pdf.save(path)
    return path


CAPTURED: list[tuple[Callable[[Path], Path], int, int]] = [
    (upright_photo, 1, 0),
    (photo_turned_by_the_camera, 1, 0),
    (photo_lying_on_its_side, 1, 90),
    (photo_on_its_head, 1, 180),
    (third_frame, 3, 0),
    (third_page_of_a_scan, 3, 0),
    (turned_page, 1, 0),
    (page_of_ofd, 2, 0),
    (cropped_page, 1, 0),
]


def _only(
    drawing: Thumbnails, path: Path, number: int = 1, rotation: int = 0, *outlines: Outline
) -> Thumbnail:
    (made,) = drawing.of(path, [WantedPage(number, rotation, outlines)])
    return made


def _pixels(made: Thumbnail) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(made.data)).convert("RGB")).astype(int)


def _bounds(mask: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(mask)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


@pytest.mark.parametrize(
    ("make", "number", "rotation"), CAPTURED, ids=[make.__name__ for make, *_ in CAPTURED]
)
def test_an_outline_lies_round_what_it_is_about_however_the_page_was_captured(
    tmp_path: Path, drawing: Thumbnails, make: Callable[[Path], Path], number: int, rotation: int
) -> None:
    made = _only(drawing, make(tmp_path), number, rotation, Outline(SOLID, 1, (BOX,)))
    found = _pixels(made)

    black = found.max(axis=2) < 70
    blue = (found[..., 2] - found[..., 0] > 70) & (found[..., 2] > 90)
    wanted = [round(side * size) for side, size in zip(BOX, (made.width, made.height) * 2, strict=True)]
    assert np.allclose(_bounds(black), wanted, atol=4)
    left, top, right, bottom = _bounds(blue)
    assert right == pytest.approx(wanted[2] + 2, abs=4)
    assert bottom == pytest.approx(wanted[3] + 2, abs=4)
    assert wanted[0] - 22 <= left < wanted[0]  # the badge with the number stands left of it
    assert wanted[1] - 22 <= top < wanted[1]


def test_a_page_is_no_larger_than_a_small_picture_is(tmp_path: Path, drawing: Thumbnails) -> None:
    Image.new("L", (600, 9000), 200).save(tmp_path / "长图.png")
    ImageDraw.Draw(wide := Image.new("L", (4000, 700), 250)).rectangle((100, 100, 900, 300), fill=0)
    wide.save(tmp_path / "宽图.png")
    ImageDraw.Draw(long := Image.new("L", (600, 9000), 250)).rectangle((100, 100, 400, 3000), fill=0)
    long.save(tmp_path / "长图.png")

    for name in ("长图.png", "宽图.png"):
        made = _only(drawing, tmp_path / name)
        assert 0 < made.width <= WIDTH
        assert 0 < made.height <= HEIGHT
        assert len(made.data) < 100_000


def test_pages_come_in_the_order_asked_for_more_than_one_process_draws(
    tmp_path: Path, drawing: Thumbnails
) -> None:
    path = scan_pdf(tmp_path / "x.pdf", *[blank() for _ in range(8)])

    numbers = [8, *range(1, 8)]
    made = list(drawing.of(path, [WantedPage(number) for number in numbers]))

    assert [one.number for one in made] == numbers
    assert all(one.data and not one.note for one in made)


def test_the_same_page_gives_the_same_bytes(tmp_path: Path, drawing: Thumbnails) -> None:
    path = upright_photo(tmp_path)
    outline = Outline(DOUBLE, 7, (BOX,))

    assert _only(drawing, path, 1, 0, outline).data == _only(drawing, path, 1, 0, outline).data


# -- outlines ----------------------------------------------------------------------------------------------------------


def _drawn(style: str, *boxes: Box, number: int = 3) -> np.ndarray:
    page = Image.new("RGB", (840, 1188), "white")
    return np.asarray(outlined(page, (Outline(style, number, boxes),)).convert("L")).astype(int)


def test_each_kind_is_drawn_in_a_line_of_its_own_on_grey_paper() -> None:
    """Along its lower edge: an oval touches it once, a box all along, dashes and dots with gaps of their own."""
    box = (0.3, 0.5, 0.7, 0.6)
    dark = {}
    for style in (DOUBLE, SOLID, DASHED, UNDER):
        rows = _drawn(style, box)[355:370, 130:290].min(axis=0) < 150
        dark[style] = float(rows.mean()), int(np.abs(np.diff(rows.astype(int))).sum())

    assert dark[SOLID][0] == 1.0
    assert 0.3 < dark[DASHED][0] < 0.95
    assert dark[DASHED][1] > 20
    assert dark[UNDER][1] > 2 * dark[DASHED][1] or dark[UNDER][0] < dark[DASHED][0]
    assert dark[DOUBLE][1] <= 4


@pytest.mark.parametrize("style", [DOUBLE, SOLID, DASHED, UNDER])
@pytest.mark.parametrize(
    "box",
    [
        (0.0, 0.0, 1.0, 1.0),
        (0.99, 0.99, 1.0, 1.0),
        (0.5, 0.5, 0.5, 0.5),
        (0.9, 0.9, 0.1, 0.1),
        (-1.0, 2.0, 3.0, 9.0),
    ],
)
def test_a_box_at_the_edge_or_without_sense_breaks_nothing(style: str, box: Box) -> None:
    assert _drawn(style, box).shape == (594, 420)


def test_badges_of_things_on_the_same_place_do_not_cover_each_other() -> None:
    page = Image.new("RGB", (840, 1188), "white")
    one = np.asarray(outlined(page, (Outline(UNDER, 1, ((0.3, 0.5, 0.7, 0.52),)),)).convert("L")) < 200
    two = outlined(page, tuple(Outline(UNDER, n, ((0.3, 0.5, 0.7, 0.52),)) for n in (1, 2, 3)))

    assert (np.asarray(two.convert("L")) < 200).sum() > 1.3 * one.sum()


def test_more_badges_than_there_is_room_for_are_drawn_all_the_same() -> None:
    page = Image.new("RGB", (200, 200), "white")
    many = tuple(Outline(DOUBLE, n, ((0.4, 0.4, 0.45, 0.45),)) for n in range(1, 260))

    assert outlined(page, many).size == (420, 420)


def test_an_outline_without_a_place_is_not_drawn() -> None:
    assert _drawn(SOLID).min() == 255


# -- what cannot be drawn ----------------------------------------------------------------------------------------------


def _encrypted(folder: Path) -> Path:
    path = scan_pdf(folder / "x.pdf", blank())
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="密码", owner="密码"))
    return path


def _bomb(folder: Path) -> Path:
    """A picture of a few hundred kilobytes that unpacks to 900 million pixels."""
    Image.new("1", (30_000, 30_000)).save(folder / "x.png")
    return folder / "x.png"


def _broken(folder: Path) -> Path:
    (folder / "x.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    return folder / "x.pdf"


def _cut_off(folder: Path) -> Path:
    whole = upright_photo(folder).read_bytes()
    (folder / "x.jpg").write_bytes(whole[: len(whole) // 3])
    return folder / "x.jpg"


def _empty(folder: Path) -> Path:
    (folder / "x.pdf").write_bytes(b"")
    return folder / "x.pdf"


@pytest.mark.parametrize("make", [_encrypted, _bomb, _broken, _cut_off, _empty])
def test_a_hostile_or_broken_file_has_a_sentence_in_place_of_a_picture(
    tmp_path: Path, drawing: Thumbnails, make: Callable[[Path], Path]
) -> None:
    made = _only(drawing, make(tmp_path))

    assert made.data == b""
    assert made.note
    assert "Traceback" not in made.note
    assert not made.note.isascii()


def test_a_file_that_is_gone_has_a_sentence_for_every_page(tmp_path: Path, drawing: Thumbnails) -> None:
    made = list(drawing.of(tmp_path / "没有.pdf", [WantedPage(1), WantedPage(2)]))

    assert [one.number for one in made] == [1, 2]
    assert all(one.note and not one.data for one in made)


def test_one_page_that_cannot_be_drawn_costs_only_itself(tmp_path: Path, drawing: Thumbnails) -> None:
    path = scan_pdf(tmp_path / "x.pdf", blank(), blank())

    made = list(drawing.of(path, [WantedPage(1), WantedPage(99), WantedPage(2)]))

    assert [bool(one.data) for one in made] == [True, False, True]
    assert made[1].note


def test_after_several_bad_pages_the_others_are_not_tried_one_by_one(
    tmp_path: Path, drawing: Thumbnails
) -> None:
    path = scan_pdf(tmp_path / "x.pdf", blank())
    made = list(drawing.of(path, [WantedPage(number) for number in range(50, 55)]))

    assert all(one.note and not one.data for one in made)


def test_an_empty_sheet_and_a_page_of_ofd_text_say_that_nothing_was_drawn(
    tmp_path: Path, drawing: Thumbnails
) -> None:
    path = ofd(tmp_path / "x.ofd", ["大足区石坝镇青杠村会议记录"])

    assert _only(drawing, path).note == failures.OFD_NOT_DRAWN
    Image.new("L", (600, 800), 255).save(tmp_path / "空.png")
    assert _only(drawing, tmp_path / "空.png").note == failures.NOTHING_DRAWN


def test_a_damaged_pdf_is_drawn_as_it_was_read_mended(tmp_path: Path, drawing: Thumbnails) -> None:
    with pikepdf.open(scan_pdf(tmp_path / "a.pdf", sheet())) as pdf:
        pdf.save(tmp_path / "b.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    broken = (tmp_path / "b.pdf").read_bytes().replace(b"/Type /ObjStm", b"/Type /ObjStx")
    (tmp_path / "c.pdf").write_bytes(broken)

    assert _only(drawing, tmp_path / "c.pdf").data


def test_a_word_file_has_no_picture_where_nobody_lays_it_out(
    tmp_path: Path, drawing: Thumbnails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "find_soffice", lambda: None)
    path = docx(tmp_path / "x.docx", paragraph("会议记录"))

    assert drawing.laid_out(path) is None
    assert _only(drawing, path).note == failures.NO_PAGE_PICTURE


def test_a_file_of_another_kind_has_none_either(tmp_path: Path, drawing: Thumbnails) -> None:
    (tmp_path / "x.txt").write_text("会议记录", "utf-8")

    assert drawing.laid_out(tmp_path / "x.txt") is None
    assert _only(drawing, tmp_path / "x.txt").note == failures.NOT_PAGED


def test_text_is_drawn_with_the_words_where_they_stand(tmp_path: Path, drawing: Thumbnails) -> None:
    made = _only(drawing, text_pdf(tmp_path / "x.pdf", ["Minutes of the village"], hexed=False))

    left, top, _, bottom = _bounds(_pixels(made).max(axis=2) < 120)
    assert left / made.width == pytest.approx(72 / 595, abs=0.02)
    assert top / made.height == pytest.approx(82 / 842, abs=0.03)
    assert bottom < made.height / 3


@needs_office
def test_a_word_file_is_laid_out_by_libreoffice_with_its_words_in_their_place(
    tmp_path: Path, drawing: Thumbnails
) -> None:
    document = Document()
    for words in ("青龙村村民代表会议记录", "会议议定同意该项目退出"):
        document.add_paragraph(words)
    path = tmp_path / "x.docx"
    document.save(str(path))
    found = drawing.laid_out(path)

    assert found is not None
    assert "同意该项目退出" in found.pages[0].text
    assert all(line.box is not None for line in found.pages[0].lines)
    assert _only(drawing, found.pdf).data


def test_the_scratch_folder_goes_with_the_pictures() -> None:
    with Thumbnails() as made:
        folder = made._limits.scratch
        assert folder.is_dir()
    assert not folder.exists()
    made.close()
