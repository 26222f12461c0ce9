"""Odd and hostile OFD packages: templates, annotations, composite objects, resources that lead nowhere or in a circle."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from archivist.extract import Limits, failures
from archivist.extract.failures import Refused
from archivist.extract.formats.ofdpackage import OfdDocument, OfdPackage, OfdPage, numbers, rect, resolved
from archivist.extract.formats.ofdpaint import paint
from archivist.extract.formats.xmlparts import attribute, local

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SHEET = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
ROOT = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"


def part(name: str, body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} {SPACE}>{body}</ofd:{name}>'.encode()


def image(resource: str, box: str = "10 10 40 40", matrix: str = "") -> str:
    turned = f' CTM="{matrix}"' if matrix else ""
    return f'<ofd:ImageObject Boundary="{box}" ResourceID="{resource}"{turned}/>'


def picture(mode: str, colour: object) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (40, 40), colour).save(stream, "PNG")  # type: ignore[arg-type]
    return stream.getvalue()


Made = Callable[..., Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Write a package of one page; each part can be given, or left out with None."""

    def write(page: str = "", common: str = SHEET, rest: str = "", **parts: bytes | None) -> Path:
        listed = '<ofd:Pages><ofd:Page ID="10" BaseLoc="Page.xml"/></ofd:Pages>'
        every: dict[str, bytes | None] = {
            "OFD.xml": part("OFD", ROOT),
            "Doc_0/Document.xml": part(
                "Document", f"<ofd:CommonData>{common}</ofd:CommonData>{listed}{rest}"
            ),
            "Doc_0/Page.xml": part("Page", page),
            **{name.replace("__", "/") + ".xml": data for name, data in parts.items()},
        }
        with zipfile.ZipFile(tmp_path / "a.ofd", "w") as package:
            for name, data in every.items():
                if data is not None:
                    package.writestr(name, data)
        return tmp_path / "a.ofd"

    return write


def with_pictures(path: Path, **pictures: bytes) -> Path:
    with zipfile.ZipFile(path, "a") as package:
        for name, data in pictures.items():
            package.writestr(f"Doc_0/{name}", data)
    return path


def resources(*names: str, units: str = "") -> bytes:
    media = "".join(
        f'<ofd:MultiMedia ID="{name}"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
        for name in names
    )
    return part("Res", media + units)


def opened(path: Path) -> tuple[OfdDocument, OfdPage]:
    with OfdPackage(path) as package:
        document = next(package.documents())
        page = document.page(document.entries[0])
    assert page is not None
    return document, page


def drawn(path: Path) -> list[str]:
    """The resources of the page's images in drawing order."""
    document, page = opened(path)
    parents = [*page.layers, *(appearance for _, appearance in page.notes)]
    return [attribute(e, "ResourceID") for parent in parents for e in document.objects(parent)]


def test_a_template_lies_under_the_page_unless_it_says_foreground(made: Made) -> None:
    listed = "".join(
        f'<ofd:TemplatePage ID="{identity}" BaseLoc="{place}"/>'
        for identity, place in (
            ("1", "Under.xml"),
            ("2", "Over.xml"),
            ("3", "Nowhere.xml"),
            ("4", "Bare.xml"),
        )
    )
    used = "".join(
        f'<ofd:Template TemplateID="{identity}"{order}/>'
        for identity, order in (("2", ' ZOrder="Foreground"'), ("1", ""), ("3", ""), ("4", ""), ("9", ""))
    )
    page = f"{used}<ofd:Content>{image('page')}</ofd:Content>"
    path = made(
        page,
        SHEET + listed,
        Doc_0__Under=part("Page", f"<ofd:Content>{image('under')}</ofd:Content>"),
        Doc_0__Over=part("Page", f"<ofd:Content>{image('over')}</ofd:Content>"),
        Doc_0__Bare=part("Page", ""),
    )

    assert drawn(path) == ["under", "page", "over"]


def test_annotations_are_on_their_page_but_not_hidden_or_misplaced_ones(made: Made) -> None:
    place = "<ofd:Annotations>Annots/All.xml</ofd:Annotations>"
    entries = "".join(
        f'<ofd:Page PageID="{page}"><ofd:FileLoc>{file}</ofd:FileLoc></ofd:Page>'
        for page, file in (("10", "One.xml"), ("10", "Gone.xml"), ("99", "One.xml"))
    )
    notes = (
        f'<ofd:Annot><ofd:Appearance Boundary="100 100 40 40">{image("shown")}</ofd:Appearance></ofd:Annot>'
        f'<ofd:Annot Visible="false"><ofd:Appearance Boundary="1 1 4 4">{image("hidden")}</ofd:Appearance></ofd:Annot>'
        f'<ofd:Annot><ofd:Appearance Boundary="1 1 0 4">{image("flat")}</ofd:Appearance></ofd:Annot>'
        "<ofd:Other/>"
    )
    path = made(
        "<ofd:Content/>",
        rest=place,
        Doc_0__Annots__All=part("Annotations", entries),
        Doc_0__Annots__One=part("PageAnnot", notes),
    )

    assert drawn(path) == ["shown"]
    assert opened(path)[1].notes[0][0] == (100.0, 100.0, 40.0, 40.0)


def test_a_list_of_annotations_that_is_not_there_leaves_the_page_without(made: Made) -> None:
    assert opened(made("<ofd:Content/>", rest="<ofd:Annotations>Gone.xml</ofd:Annotations>"))[1].notes == ()


def test_composite_objects_are_looked_into_and_clips_are_not(made: Made) -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{image("within")}</ofd:Content></ofd:CompositeGraphicUnit>'
    empty = '<ofd:CompositeGraphicUnit ID="8"/>'
    page = (
        '<ofd:Content><ofd:Layer><ofd:CompositeObject ResourceID="7"/><ofd:CompositeObject ResourceID="8"/>'
        f'<ofd:CompositeObject ResourceID="404"/><ofd:Clips>{image("clip")}</ofd:Clips></ofd:Layer></ofd:Content>'
    )
    common = f"{SHEET}<ofd:PublicRes>Res.xml</ofd:PublicRes>"

    assert drawn(made(page, common, Doc_0__Res=resources(units=unit + empty))) == ["within"]


def test_a_composite_object_that_holds_itself_comes_to_an_end(made: Made) -> None:
    inner = '<ofd:CompositeObject ResourceID="7"/>' + image("again")
    unit = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>'
    common = f"{SHEET}<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
    page = '<ofd:Content><ofd:CompositeObject ResourceID="7"/></ofd:Content>'

    found = drawn(made(page, common, Doc_0__Res=resources(units=unit)))

    assert set(found) == {"again"}
    assert len(found) <= 20


def test_a_composite_object_that_multiplies_is_cut_off(made: Made) -> None:
    inner = '<ofd:CompositeObject ResourceID="7"/>' * 9 + image("again")
    unit = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>'
    common = f"{SHEET}<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
    page = '<ofd:Content><ofd:CompositeObject ResourceID="7"/></ofd:Content>'

    assert len(drawn(made(page, common, Doc_0__Res=resources(units=unit)))) < 50_000


def test_more_resources_than_a_document_has_are_not_kept(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archivist.extract.formats.ofdpackage._MAX_RESOURCES", 2)
    common = f"{SHEET}<ofd:PublicRes>Res.xml</ofd:PublicRes>"
    names = [f"p{number}" for number in range(9)]
    path = with_pictures(
        made("<ofd:Content/>", common, Doc_0__Res=resources(*names)), p0=b"first", p8=b"last"
    )

    with OfdPackage(path) as package:
        document = next(package.documents())

        assert (document.picture("p0"), document.picture("p8")) == (b"first", b"")


def test_a_page_brings_resources_and_a_sheet_of_its_own(made: Made) -> None:
    page = (
        "<ofd:Area><ofd:PhysicalBox>0 0 100 50</ofd:PhysicalBox></ofd:Area><ofd:PageRes>Own.xml</ofd:PageRes>"
        "<ofd:PageRes>Gone.xml</ofd:PageRes><ofd:Content/>"
    )
    path = with_pictures(made(page, common="", Doc_0__Own=resources("own")), own=b"bytes")

    with OfdPackage(path) as package:
        document = next(package.documents())
        found = document.page(document.entries[0])

        assert found is not None
        assert found.sheet == (0.0, 0.0, 100.0, 50.0)
        assert (document.picture("own"), document.picture("other")) == (b"bytes", b"")


def test_without_a_sheet_the_page_is_a4(made: Made) -> None:
    assert opened(made("<ofd:Content/>", common=""))[1].sheet == (0.0, 0.0, 210.0, 297.0)


def test_a_page_that_is_listed_and_not_there_cannot_be_read(made: Made) -> None:
    with OfdPackage(made(Doc_0__Page=None)) as package:
        document = next(package.documents())

        assert document.page(document.entries[0]) is None


def test_a_document_that_is_named_and_not_there_is_no_document(made: Made) -> None:
    with OfdPackage(made(Doc_0__Document=b"<broken")) as package:
        assert list(package.documents()) == []


def test_a_package_without_its_root_is_damaged(made: Made) -> None:
    with pytest.raises(Refused) as refused:
        OfdPackage(made(OFD=None))

    assert refused.value.reason == failures.DAMAGED


def test_properties_without_a_value_are_left_out_and_the_first_of_a_name_counts(made: Made) -> None:
    info = "<ofd:DocInfo><ofd:Title>甲</ofd:Title><ofd:Title>乙</ofd:Title><ofd:Author> </ofd:Author></ofd:DocInfo>"
    with OfdPackage(made(OFD=part("OFD", f"<ofd:DocBody>{info}</ofd:DocBody>"))) as package:
        assert package.properties() == {"Title": "甲"}


@pytest.mark.parametrize(
    "text", ["", "1 2 3", "1 2 0 4", "1 2 3 -4", "1 2 x 4", "nan 2 3 4", "1 2 inf 4", "1 2 3 4 5"]
)
def test_a_box_that_is_none_is_told_apart(text: str) -> None:
    assert rect(text) is None


def test_a_place_never_leads_out_of_the_package() -> None:
    assert resolved("Doc_0/a.xml", " ") == ""
    assert resolved("Doc_0/a.xml", "/Res\\b.xml") == "Res/b.xml"
    assert numbers("1 2.5") == [1.0, 2.5]


# -- painting


def painted(path: Path, folder: Path, **limits: int) -> tuple[tuple[int, ...], bool, tuple[object, ...]]:
    """Shape, whether bilevel, and the colour at the middle of the picture (30 mm, 30 mm)."""
    with OfdPackage(path) as package:
        document = next(package.documents())
        page = document.page(document.entries[0])
        assert page is not None
        pixels, bilevel = paint(document, page, Limits(folder, **limits))
    at = round(30 / 210 * pixels.shape[1])
    return (
        pixels.shape,
        bilevel,
        tuple(pixels[at, at].tolist() if pixels.ndim == 3 else [pixels[at, at].item()]),
    )


COMMON = f"{SHEET}<ofd:PublicRes>Res.xml</ofd:PublicRes>"


def on_page(made: Made, content: str, **pictures: bytes) -> Path:
    page = f"<ofd:Content>{content}</ofd:Content>"
    return with_pictures(made(page, COMMON, Doc_0__Res=resources(*pictures)), **pictures)


def test_bilevel_pictures_alone_make_a_bilevel_page(made: Made, tmp_path: Path) -> None:
    path = on_page(made, image("one"), one=picture("1", 0))

    shape, bilevel, colour = painted(path, tmp_path)

    assert (len(shape), bilevel, colour) == (2, True, (0,))


def test_where_a_colour_picture_and_a_grey_one_overlap_the_darker_stays(made: Made, tmp_path: Path) -> None:
    red, grey = picture("RGB", (255, 0, 0)), picture("L", 128)

    for first, second in (("red", "grey"), ("grey", "red")):
        path = on_page(made, image(first) + image(second), red=red, grey=grey)
        assert painted(path, tmp_path)[1:] == (False, (128, 0, 0))


def test_a_turned_picture_stands_where_its_matrix_puts_it(made: Made, tmp_path: Path) -> None:
    path = on_page(made, image("one", matrix="0 40 -40 0 40 0"), one=picture("L", 0))

    assert painted(path, tmp_path)[2] == (0,)


def test_a_picture_whose_matrix_has_no_area_leaves_the_page_white(made: Made, tmp_path: Path) -> None:
    path = on_page(made, image("one", matrix="40 40 40 40 0 0"), one=picture("L", 0))

    assert painted(path, tmp_path)[2] == (255,)


def test_an_image_without_a_place_is_not_painted(made: Made, tmp_path: Path) -> None:
    path = on_page(
        made, image("one", box="nowhere") + "<ofd:TextObject Boundary='10 10 9 9'/>", one=picture("L", 0)
    )

    assert painted(path, tmp_path)[2] == (255,)
    assert [local(element) for layer in opened(path)[1].layers for element in layer] == [
        "ImageObject",
        "TextObject",
    ]


def test_a_picture_of_another_kind_and_one_too_large_are_refused_in_words(made: Made, tmp_path: Path) -> None:
    with pytest.raises(Refused) as unknown:
        painted(on_page(made, image("one"), one=b"JBIG2 or worse"), tmp_path)
    with pytest.raises(Refused) as large:
        painted(on_page(made, image("one"), one=picture("L", 0)), tmp_path, max_pixels=100)

    assert unknown.value.reason == failures.OFD_PICTURE
    assert large.value.reason == failures.too_many_pixels(40, 40)
