"""ZIP files made to mislead: each oddity is named by 核验.py, and none is ever unpacked."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from archivist.pages.verifier import verify
from support import packages as p


def zipped(bag: Path, target: Path, more: Callable[[zipfile.ZipFile], object] = lambda archive: None) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(bag.rglob("*")):
            if path.is_file():
                archive.write(path, f"包/{path.relative_to(bag).as_posix()}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            more(archive)
    return target


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def told(place: Path) -> list[str]:
    with zipfile.ZipFile(place) as archive:
        verdict, lines = verify.checked(verify.in_zip(archive))
    return [verdict, *(line for line in lines[1:] if line.partition("：")[0] in verify.KINDS)]


ATTACKS: dict[str, tuple[Callable[[zipfile.ZipFile], object], str]] = {
    "two of one name": (
        lambda archive: archive.writestr(f"包/{p.SURVEY}", b"other"),
        f"压缩包有误：“包/{p.SURVEY}”出现两次",
    ),
    "outside the package's folder": (
        lambda archive: archive.writestr("别处/x.exe", b"x"),
        "多出：别处/x.exe（在移交包的文件夹外面）",
    ),
    "on top": (lambda archive: archive.writestr("x.exe", b"x"), "多出：x.exe（在移交包的文件夹外面）"),
    "leading out": (
        lambda archive: archive.writestr("包/../../x", b"x"),
        "压缩包有误：“包/../../x”会解到文件夹外面",
    ),
    "leading to the root": (
        lambda archive: archive.writestr("/etc/x", b"x"),
        "压缩包有误：“/etc/x”会解到文件夹外面",
    ),
    "leading to a drive": (
        lambda archive: archive.writestr("C:/x", b"x"),
        "压缩包有误：“C:/x”会解到文件夹外面",
    ),
    "with backslashes": (
        lambda archive: archive.writestr("包\\..\\x", b"x"),
        "压缩包有误：“包\\..\\x”会解到文件夹外面",
    ),
    "a link": (
        lambda archive: archive.writestr(link("包/data/x"), b"/etc/passwd"),
        "压缩包有误：“包/data/x”是链接",
    ),
    "a folder with bytes": (
        lambda archive: archive.writestr("包/data/x/", b"x"),
        "压缩包有误：“包/data/x/”是文件夹，却有内容",
    ),
    "a folder called as a file": (
        lambda archive: archive.writestr(f"包/{p.SURVEY}/", b""),
        f"压缩包有误：“包/{p.SURVEY}”又是文件又是文件夹",
    ),
    "an empty folder on top": (
        lambda archive: archive.mkdir("别处"),
        "多出：别处/（在移交包的文件夹外面）",
    ),
    "a remark": (lambda archive: setattr(archive, "comment", b"x"), "压缩包有误：末尾还有别的内容"),
    "more inside": (lambda archive: archive.writestr("包/data/x", b"x"), "多出：data/x"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_misleads_is_named(bag: Path, tmp_path: Path, name: str) -> None:
    more, line = ATTACKS[name]

    assert told(zipped(bag, tmp_path / "x.zip", more)) == ["不一致", line]


def test_a_file_in_a_file_is_named(bag: Path, tmp_path: Path) -> None:
    place = zipped(bag, tmp_path / "x.zip", lambda archive: archive.writestr(f"包/{p.SURVEY}/x", b"x"))

    assert told(place) == ["不一致", f"多出：{p.SURVEY}/x", f"压缩包有误：“包/{p.SURVEY}”又是文件又是文件夹"]


def test_a_folder_with_nothing_in_it_is_named_and_harmless(bag: Path, tmp_path: Path) -> None:
    place = zipped(bag, tmp_path / "x.zip", lambda archive: archive.mkdir("包/data/空\u202e"))
    copy, _ = p.attacked(bag, tmp_path, "a paper deleted")
    for name in ("空/空", f"{Path(p.SURVEY).parent.name}/空"):
        (copy / "data" / name).mkdir(parents=True)
    verdict, lines = verify.checked(verify.folder(copy))

    assert told(place) == ["一致", "空文件夹：data/空\\u{202E}/（多出，无害）"]
    assert verdict == "不一致"
    assert [line for line in lines if line.startswith("空文件夹")] == [
        f"空文件夹：{Path(p.SURVEY).parent.as_posix()}/空/（多出，无害）",
        "空文件夹：data/空/空/（多出，无害）",
    ]


def test_a_folder_that_only_lost_its_paper_is_not_told_besides(bag: Path, tmp_path: Path) -> None:
    copy, _ = p.attacked(bag, tmp_path, "a paper deleted")
    for path in (copy / p.SURVEY).parent.iterdir():
        path.unlink()

    assert not [one for one in verify.checked(verify.folder(copy))[1] if one.startswith("空文件夹")]


def between(data: bytes, more: bytes) -> bytes:
    """Bytes before the directory, where no member lies; the directory's place is told anew."""
    size, at = struct.unpack("<LL", data[-10:-2])
    end = data[-22:-6] + struct.pack("<L", at + len(more)) + data[-2:]
    assert at + size == len(data) - 22
    return data[:at] + more + data[at:-22] + end


def unlisted() -> bytes:
    """A member's record, whole, that stands in no directory."""
    name, inside = "包/data/x".encode(), b"hidden"
    sizes = struct.pack("<LLLHH", zlib.crc32(inside), len(inside), len(inside), len(name), 0)
    return b"PK\3\4" + struct.pack("<HHHHH", 20, 0x800, 0, 0, 33) + sizes + name + inside


BESIDE: dict[str, tuple[Callable[[bytes], bytes], tuple[str, ...]]] = {
    "before all": (lambda data: b"MZ" + data, ("压缩包有误：有 2 个字节不属于目录里的任何一个文件",)),
    "after all": (lambda data: data + b"more", ("压缩包有误：末尾还有别的内容",)),
    "between": (
        lambda data: between(data, b"x" * 30),
        ("压缩包有误：有 30 个字节不属于目录里的任何一个文件",),
    ),
    "a member in no directory": (
        lambda data: between(data, unlisted()),
        (f"压缩包有误：有 {len(unlisted())} 个字节不属于目录里的任何一个文件",),
    ),
}


@pytest.mark.parametrize("name", BESIDE)
def test_bytes_beside_the_members_are_named(bag: Path, tmp_path: Path, name: str) -> None:
    place = zipped(bag, tmp_path / "x.zip")
    change, lines = BESIDE[name]
    place.write_bytes(change(place.read_bytes()))

    assert told(place) == ["不一致", *lines]


def test_members_that_overlap_and_records_that_are_none_are_named(bag: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(zipped(bag, tmp_path / "x.zip")) as archive:
        one, other = archive.infolist()[:2]
        one.compress_size += 1
        assert f"“{other.filename}”的记录与别的重叠" in list(verify._beside_records(archive))
        one.compress_size, last = one.compress_size - 1, archive.infolist()[-1]
        last.compress_size += 1
        assert list(verify._beside_records(archive)) == ["文件的记录与目录重叠"]
        other.header_offset += 1
        assert f"“{other.filename}”的记录读不出" in list(verify._beside_records(archive))


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("large", [False, True])
def test_what_other_programs_write_as_they_may_is_the_same(
    bag: Path, tmp_path: Path, packed: int, large: bool
) -> None:
    """Written in one go, as to a pipe: sizes stand behind each member. And with a record for every folder."""

    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", packed) as archive:
        for path in sorted(bag.rglob("*")):
            name = f"包/{path.relative_to(bag).as_posix()}"
            if path.is_dir():
                archive.mkdir(name)
                continue
            with archive.open(name, "w", force_zip64=large) as into:
                into.write(path.read_bytes())
    (tmp_path / "x.zip").write_bytes(pipe.getvalue())

    assert told(tmp_path / "x.zip") == ["一致"]


def test_what_stands_behind_a_member_must_be_its_sizes(bag: Path, tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("x")
    entry.CRC, entry.compress_size, entry.file_size = 1, 2, 3
    assert verify._descriptor(entry, b"PK\7\x08" + struct.pack("<LLL", 1, 2, 3) + b"PK") == 16
    assert verify._descriptor(entry, struct.pack("<LLL", 1, 2, 3)) == 12
    assert verify._descriptor(entry, struct.pack("<LLL", 1, 2, 4)) == 0
    entry.file_size = 1 << 33
    assert verify._descriptor(entry, struct.pack("<LQQ", 1, 2, 1 << 33)) == 20


def test_a_zip_as_it_should_be_is_the_same_whatever_its_folder_is_called(bag: Path, tmp_path: Path) -> None:
    def folders(archive: zipfile.ZipFile) -> None:
        archive.mkdir("包")
        archive.mkdir("包/data")

    assert told(zipped(bag, tmp_path / "x.zip", folders)) == ["一致"]


def test_of_two_packages_in_one_zip_one_is_extra(bag: Path, tmp_path: Path) -> None:
    def second(archive: zipfile.ZipFile) -> None:
        archive.write(bag / "bagit.txt", "又一个/bagit.txt")

    assert told(zipped(bag, tmp_path / "x.zip", second)) == [
        "不一致",
        "多出：又一个/bagit.txt（在移交包的文件夹外面）",
    ]


def test_a_member_whose_bytes_are_damaged_cannot_be_read_and_nothing_is_called_the_same(
    bag: Path, tmp_path: Path
) -> None:
    place = zipped(bag, tmp_path / "x.zip")
    with zipfile.ZipFile(place) as archive:
        entry = archive.getinfo(f"包/{p.SURVEY}")
    data = bytearray(place.read_bytes())
    at = entry.header_offset + 30 + len(entry.filename.encode()) + 5
    data[at] ^= 1
    place.write_bytes(data)

    assert told(place) == ["没有核验完", f"读不出：{p.SURVEY}"]


def test_a_member_of_an_unknown_kind_cannot_be_read(bag: Path, tmp_path: Path) -> None:
    place = zipped(bag, tmp_path / "x.zip")
    with zipfile.ZipFile(place) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith("bagit.txt"):
                entry.compress_type = 99
        verdict, lines = verify.checked(verify.in_zip(archive))

    assert verdict == "没有核验完"
    assert "读不出：bagit.txt" in lines


@pytest.mark.parametrize("names", [(), ("x",), ("移交/包/bagit.txt",)], ids=" ".join)
def test_a_zip_without_a_package_is_none(tmp_path: Path, names: tuple[str, ...]) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in names:
            archive.writestr(name, b"x")

    assert told(tmp_path / "x.zip") == ["不是移交包"]


# -- as people run it --------------------------------------------------------------------------------------------------


def run(bag: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the script that lies in the package."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(bag / "核验.py"), *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PATH": ""},
    )
    return done.returncode, done.stdout, done.stderr


def test_the_script_checks_the_package_it_lies_in_and_what_it_is_given(bag: Path, tmp_path: Path) -> None:
    code, out, err = run(bag)
    copy, _ = p.attacked(bag, tmp_path, "one bit of a paper")

    assert (code, err) == (0, "")
    assert out.startswith("结论：一致。")
    assert run(bag, str(copy))[0] == 1
    assert run(bag, str(zipped(bag, tmp_path / "x.zip")))[0] == 0
    assert not (bag / "__pycache__").exists()


def test_a_folder_that_is_no_package_is_told_so_and_is_not_called_altered(bag: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with zipfile.ZipFile(tmp_path / "空.zip", "w"):
        pass
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的/核验.py").write_bytes(b"kept elsewhere")
    for place in (bag.parent, tmp_path / "空", tmp_path / "空.zip", tmp_path / "别的"):
        code, out, err = run(bag, str(place))

        assert (code, out) == (2, ""), place
        assert err == (
            "结论：不是移交包。这里没有移交包（没有 bagit.txt）；请选里面有 bagit.txt 的那一层文件夹。\n"
        )


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as POSIX knows them")
def test_who_reads_one_line_gets_no_traceback(bag: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, str(bag / "核验.py")]
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, check=False)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", [["no"], ["-h"], ["a", "b"], ["bad.zip"]], ids=" ".join)
def test_what_is_no_package_is_told_in_a_sentence(bag: Path, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 no")
    code, out, err = run(bag, *(str(tmp_path / one) if one == "bad.zip" else one for one in arguments))

    assert (code, out) == (2, "")
    assert err.startswith(("“", "用法"))
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="links and rights as POSIX knows them")
def test_a_link_in_a_folder_is_no_file(bag: Path, tmp_path: Path) -> None:
    copy, _ = p.attacked(bag, tmp_path, "nothing")
    target = copy / p.SURVEY
    target.unlink()
    target.symlink_to(bag / p.SURVEY)
    verdict, lines = verify.checked(verify.folder(copy))

    assert verdict == "没有核验完"
    assert f"读不出：{p.SURVEY}" in lines
    (copy / "data/别处").symlink_to(bag / "data", target_is_directory=True)
    assert "多出：data/别处" in verify.checked(verify.folder(copy))[1]


def test_lists_and_texts_that_cannot_be_read_are_told(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (verify.TAGS, verify.INFO, verify.CLAIMS):
        package = verify.folder(bag)
        real = package.files[name]
        opened = iter((real, real, lambda: (bag / "no").open("rb")))
        package.files[name] = lambda opened=opened: next(opened)()  # type: ignore[misc]
        if name != verify.CLAIMS:
            next(opened)
        assert f"读不出：{name}" in verify.checked(package)[1] or name == verify.CLAIMS
    monkeypatch.setattr(verify, "LARGEST_TEXT", 10)
    assert verify.checked(verify.folder(bag))[0] == "没有核验完"


def test_a_folder_that_cannot_be_listed_is_told(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("01 摸底调查表"):
            raise PermissionError(13, "no", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    lines = verify.checked(verify.folder(bag))[1]

    assert "读不出：data/01 摸底调查表/" in lines
