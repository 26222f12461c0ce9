"""The name in an electronic seal: found where the standard puts it, and nothing else is taken for it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.formats.ofdpackage import OfdPackage
from archivist.extract.formats.ofdseals import OfdSeal, read_seals, seal_name
from support.ofd_maker import ofd

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
BODY = "三驱镇人民政府"


def der(tag: int, content: bytes, wide: int = 0) -> bytes:
    """An element; ``wide`` bytes for its length, 0 for the short form."""
    size = len(content)
    length = bytes([0x80 | wide]) + size.to_bytes(wide, "big") if wide else bytes([size])
    return bytes([tag]) + length + content


def seal(
    mark: bytes = b"ES", name: bytes = BODY.encode(), mark_tag: int = 0x16, name_tag: int = 0x0C
) -> bytes:
    header = der(0x30, der(mark_tag, mark) + der(0x02, b"\x04"))
    return der(
        0x30, der(0x30, header + der(0x16, b"1") + der(0x30, der(0x02, b"\x01") + der(name_tag, name)))
    )


def test_the_name_is_found_at_any_depth_within_reason() -> None:
    deep, deeper = seal(), seal()
    for _ in range(5):
        deep = der(0x30, deep)
    for _ in range(14):
        deeper = der(0x30, deeper)

    assert (seal_name(seal()), seal_name(deep), seal_name(deeper)) == (BODY, BODY, "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        seal(mark=b"XX"),
        seal(mark_tag=0x02),
        seal(name_tag=0x13),
        der(0x30, der(0x30, der(0x30, b"") + der(0x16, b"1") + der(0x30, b""))),
        b"\x30\x80" + seal(),
        b"\x30\x85\x00\x00\x00\x00\x05" + seal(),
        b"\x30\x84\x00\x00",
        b"\x30\x82\xff\xff" + seal(),
    ],
    ids=["nothing", "tag", "mark", "mark tag", "name tag", "bare", "endless", "wide", "cut", "too long"],
)
def test_what_is_no_seal_has_no_name(data: bytes) -> None:
    assert seal_name(data) == ""


def test_lengths_of_one_to_four_bytes_are_understood() -> None:
    inner = seal()[2:]

    assert {seal_name(der(0x30, inner, wide)) for wide in (1, 2, 3, 4)} == {BODY}


@given(st.binary(max_size=400))
def test_any_bytes_give_a_name_or_none(data: bytes) -> None:
    assert isinstance(seal_name(data), str)


@given(st.integers(0, len(seal()) - 1), st.integers(0, 255))
def test_a_seal_with_any_byte_changed_is_read_to_its_end(at: int, byte: int) -> None:
    changed = bytearray(seal())
    changed[at] = byte

    assert len(seal_name(bytes(changed))) <= 200


def test_an_oval_seal_without_a_name_is_seen_and_names_nobody() -> None:
    mark = OfdSeal((10.0, 10.0, 45.0, 30.0), "").mark((0.0, 0.0, 210.0, 297.0))

    assert (mark.shape, mark.text) == ("oval", "")
    assert OfdSeal((10.0, 10.0, 42.0, 42.0), BODY).mark((0.0, 0.0, 210.0, 297.0)).shape == "round"


def signed(path: Path, *signatures: str) -> dict[str, list[OfdSeal]]:
    """What is read of these signature files; "" is one that is not there."""
    ofd(path, ["正文"])
    listed = "".join(f'<ofd:Signature BaseLoc="S{at}.xml"/>' for at in range(len(signatures)))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("Doc_0/All.xml", f"<ofd:Signatures {SPACE}>{listed}</ofd:Signatures>")
        package.writestr("Doc_0/value.dat", seal())
        for at, body in enumerate(signatures):
            if body:
                package.writestr(f"Doc_0/S{at}.xml", f"<ofd:Signature {SPACE}>{body}</ofd:Signature>")
    with OfdPackage(path) as package_:
        return read_seals(package_, "Doc_0/All.xml")


STAMP = '<ofd:StampAnnot PageRef="10" Boundary="130 200 42 42"/>'
FLAT = '<ofd:StampAnnot PageRef="10" Boundary="130 200 0 42"/>'
VALUE = "<ofd:SignedValue>value.dat</ofd:SignedValue>"


def test_a_seal_without_a_file_of_its_own_is_named_by_the_signature(tmp_path: Path) -> None:
    found = signed(tmp_path / "a.ofd", f"<ofd:SignedInfo>{STAMP}{FLAT}</ofd:SignedInfo>{VALUE}")

    assert [seal.body for seal in found["10"]] == [BODY]


def test_signatures_that_say_nothing_are_passed_over(tmp_path: Path) -> None:
    good = f"<ofd:SignedInfo>{STAMP}</ofd:SignedInfo>{VALUE}"

    assert len(signed(tmp_path / "a.ofd", "", "<ofd:Other/>", good)["10"]) == 1


def test_a_list_that_is_not_there_holds_no_seals(tmp_path: Path) -> None:
    with OfdPackage(ofd(tmp_path / "a.ofd", ["正文"])) as package:
        assert read_seals(package, "Doc_0/All.xml") == {}


def test_no_more_seals_are_read_than_a_file_can_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archivist.extract.formats.ofdseals._MAX_SEALS", 2)
    good = f"<ofd:SignedInfo>{STAMP}</ofd:SignedInfo>{VALUE}"

    assert len(signed(tmp_path / "a.ofd", good, good, good)["10"]) == 2
