"""Files within a PDF: wherever they hang, however they are packed; loops, bombs and damage end well."""

from __future__ import annotations

import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from archivist.extract import Limits, failures
from archivist.extract.failures import Refused
from archivist.extract.members import attachments
from archivist.extract.members.archive import BudgetSpent, Unpacked
from archivist.extract.members.attachments import attached_step
from support.makers import text_pdf


@pytest.fixture
def held(tmp_path: Path) -> bytes:
    """A document worth taking out."""
    return text_pdf(tmp_path / "held.pdf").read_bytes()


@pytest.fixture
def pdf() -> Pdf:
    made = Pdf.new()
    made.add_blank_page()
    return made


def specification(pdf: Pdf, stream: pikepdf.Object | None, key: str = "/F", **names: str) -> pikepdf.Object:
    made = Dictionary(Type=Name.Filespec)
    for name, value in names.items():
        made[f"/{name}"] = String(value)
    if stream is not None:
        made.EF = Dictionary({key: stream})
    return pdf.make_indirect(made)


def named(pdf: Pdf, *found: pikepdf.Object) -> None:
    leaves = Array([part for at, one in enumerate(found) for part in (String(f"{at}"), one)])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=leaves))


def taken(pdf: Pdf, folder: Path, **limits: int) -> Unpacked:
    pdf.save(folder / "a.pdf", compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    target = folder / "out"
    target.mkdir(exist_ok=True)
    return attached_step(folder / "a.pdf", Limits(target, **limits), target)


def shown(found: Unpacked) -> list[tuple[str, bytes]]:
    return [(one.name, one.data_path.read_bytes()) for one in found.members]


def test_an_attachment_comes_out_whole_however_it_is_packed(pdf: Pdf, held: bytes, tmp_path: Path) -> None:
    packed = zlib.compress(held)
    plain = Stream(pdf, held)
    deflated = Stream(pdf, packed, Filter=Name.FlateDecode)
    listed = Stream(pdf, packed, Filter=Array([Name.FlateDecode]))
    told = Stream(pdf, packed, Filter=Name.FlateDecode, DecodeParms=Dictionary(Predictor=1))
    hexed = Stream(pdf, held.hex().encode() + b">", Filter=Name.ASCIIHexDecode)
    streams = (plain, deflated, listed, told, hexed)
    named(pdf, *(specification(pdf, one, F=f"{at}.pdf") for at, one in enumerate(streams)))

    found = taken(pdf, tmp_path)

    assert shown(found) == [(f"{at}.pdf", held) for at in range(5)]
    assert found.refused == ()


@pytest.mark.parametrize("key", ["/UF", "/F", "/DOS", "/Mac", "/Unix"])
def test_the_file_is_found_under_any_key_of_the_standard(
    pdf: Pdf, held: bytes, tmp_path: Path, key: str
) -> None:
    named(pdf, specification(pdf, Stream(pdf, held), key, F="a.pdf"))

    assert len(taken(pdf, tmp_path).members) == 1


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"UF": "C:\\资料\\合同.pdf", "F": "other.pdf"}, "合同.pdf"),
        ({"UF": "...", "F": "../../etc/协议.pdf"}, "协议.pdf"),
        ({"F": "..", "Desc": "移交清单"}, "移交清单"),
        ({}, "附件"),
    ],
)
def test_its_name_is_the_last_part_of_the_first_that_names_something(
    pdf: Pdf, held: bytes, tmp_path: Path, names: dict[str, str], expected: str
) -> None:
    named(pdf, specification(pdf, Stream(pdf, held), **names))

    assert [one.name for one in taken(pdf, tmp_path).members] == [expected]


def test_one_file_pinned_to_pages_and_named_comes_out_once(pdf: Pdf, held: bytes, tmp_path: Path) -> None:
    one = specification(pdf, Stream(pdf, held), F="a.pdf")
    other = specification(pdf, Stream(pdf, held), F="b.pdf")
    named(pdf, one)
    pdf.pages[0].obj.Annots = Array(
        [
            Dictionary(Subtype=Name.FileAttachment, FS=one),
            Dictionary(Subtype=Name.FileAttachment, FS=other),
            Dictionary(Subtype=Name.Text),
            Dictionary(Subtype=Name.FileAttachment, FS=String("elsewhere.pdf")),
            String("no note"),
        ]
    )

    assert [one.name for one in taken(pdf, tmp_path).members] == ["a.pdf", "b.pdf"]


def test_what_only_names_a_file_elsewhere_brings_nothing(pdf: Pdf, tmp_path: Path) -> None:
    empty = specification(pdf, None, F="c.pdf")
    empty.EF = Dictionary(F=String("no stream"))
    named(pdf, specification(pdf, None, F="//server/share/a.pdf"), empty)

    assert taken(pdf, tmp_path) == Unpacked()


def test_a_tree_of_names_that_runs_in_a_circle_comes_to_an_end(pdf: Pdf, held: bytes, tmp_path: Path) -> None:
    one = specification(pdf, Stream(pdf, held), F="a.pdf")
    node = pdf.make_indirect(Dictionary(Names=Array([String("a"), one])))
    node.Kids = Array([node, node, String("no node")])
    pdf.Root.Names = Dictionary(EmbeddedFiles=node)

    assert [one.name for one in taken(pdf, tmp_path).members] == ["a.pdf"]


@pytest.mark.parametrize("names", [String("no tree"), Dictionary(), Dictionary(EmbeddedFiles=Array([]))])
def test_a_tree_that_is_none_holds_nothing(pdf: Pdf, tmp_path: Path, names: pikepdf.Object) -> None:
    pdf.Root.Names = names

    assert taken(pdf, tmp_path) == Unpacked()


def test_a_damaged_attachment_is_told_and_the_others_come_out(pdf: Pdf, held: bytes, tmp_path: Path) -> None:
    damaged = Stream(pdf, b"no deflate at all", Filter=Name.FlateDecode)
    named(pdf, specification(pdf, damaged, F="坏.pdf"), specification(pdf, Stream(pdf, held), F="好.pdf"))

    found = taken(pdf, tmp_path)

    assert [one.name for one in found.members] == ["好.pdf"]
    assert found.refused == (("坏.pdf", attachments._DAMAGED),)
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_an_attachment_cut_off_in_the_middle_does_not_come_out_as_whole(
    pdf: Pdf, held: bytes, tmp_path: Path
) -> None:
    cut = Stream(pdf, zlib.compress(held)[:20], Filter=Name.FlateDecode)
    named(pdf, specification(pdf, cut, F="a.pdf"))

    assert held not in [data for _, data in shown(taken(pdf, tmp_path))]


def test_a_file_that_could_be_no_document_is_left_in_the_pdf_without_a_word(pdf: Pdf, tmp_path: Path) -> None:
    named(pdf, specification(pdf, Stream(pdf, b"<invoice/>"), F="发票.xml"))

    assert taken(pdf, tmp_path) == Unpacked()


def test_more_attachments_than_allowed_are_not_taken_out(pdf: Pdf, held: bytes, tmp_path: Path) -> None:
    named(pdf, *(specification(pdf, Stream(pdf, held), F=f"{at}.pdf") for at in range(3)))

    with pytest.raises(BudgetSpent, match="超过 2 个"):
        taken(pdf, tmp_path, max_members=2)


def test_an_attachment_that_unpacks_beyond_reason_is_stopped_while_it_does(pdf: Pdf, tmp_path: Path) -> None:
    bomb = Stream(pdf, zlib.compress(bytes(30 << 20), 9), Filter=Name.FlateDecode)
    named(pdf, specification(pdf, bomb, F="a.pdf"))

    with pytest.raises(BudgetSpent, match="大得不正常"):
        taken(pdf, tmp_path, max_unpacked_mb=2)

    assert sum(path.stat().st_size for path in (tmp_path / "out").iterdir()) <= 2 << 20


def test_a_pdf_that_does_not_open_says_why(pdf: Pdf, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))

    reasons = []
    for name in ("bad.pdf", "locked.pdf"):
        with pytest.raises(Refused) as refused:
            attached_step(tmp_path / name, Limits(tmp_path), tmp_path)
        reasons.append(refused.value.reason)

    assert reasons == [failures.DAMAGED, failures.PDF_PASSWORD]
