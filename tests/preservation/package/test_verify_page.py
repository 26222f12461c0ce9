"""核验.html, opened from a disk in a real browser, tells every way to tamper in the very words of the script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

import archivist.pages.verifier
from archivist.pages.verifier import verify
from support import packages as p
from support.devtools import Tab, opened_in_browser
from support.packages import ATTACKS
from support.programs import needs_browser

PAGE = Path(archivist.pages.verifier.__file__).parent / "verify.html"
_READY = "document.getElementById('answer').dataset.lines"


def looked(tab: Tab, folder: Path, drop: bool = False) -> list[str]:
    """What the page tells of a folder that is chosen, or dragged in."""
    tab.run(f"delete {_READY}")
    if drop:
        tab.drop(300, 250, folder)
    else:
        tab.choose("#pick", folder)
    tab.wait(_READY)
    told: list[str] = json.loads(tab.run(_READY))
    return told


@pytest.mark.parametrize("tag", ["script", "style"])
def test_the_page_runs_and_loads_nothing_but_what_is_in_it(tag: str) -> None:
    text = PAGE.read_text("utf-8")
    policy = re.search('Content-Security-Policy" content="([^"]*)"', text)
    inside = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()

    assert policy is not None
    assert len(inside) == 1
    assert re.fullmatch(
        r"default-src 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+'", policy.group(1)
    )
    assert f"{tag}-src 'sha256-{digest}'" in policy.group(1), "the policy is that of an earlier page"
    assert not re.search(r"https?:|fetch\(|XMLHttpRequest|import\(|eval\(|innerHTML", text)


def test_the_words_of_both_are_the_same() -> None:
    """Every sentence that the script can tell stands in the page, too; the browser's tests compare all of them."""
    page = PAGE.read_text("utf-8")
    for word in (*verify.KINDS, *verify.REQUIRED, *verify.CODES, *verify.CLAIM_KEYS, *verify.EVENT_KEYS):
        assert f'"{word}"' in page or word in {verify.BAGIT, verify.INFO, verify.MANIFEST, verify.TAGS}


@needs_browser
@pytest.mark.long
def test_the_page_tells_what_the_script_tells(bag: Path, tmp_path: Path) -> None:
    with opened_in_browser(PAGE, tmp_path) as tab:
        for number, name in enumerate(ATTACKS):
            copy, _ = p.attacked(bag, tmp_path / str(number), name)
            told = verify.checked(verify.folder(copy))[1]

            assert looked(tab, copy) == told, name
            assert looked(tab, copy, drop=True) == told, name
            shutil.rmtree(copy)


@needs_browser
@pytest.mark.long
def test_the_page_tells_of_a_folder_that_is_no_package_what_the_script_tells(
    bag: Path, tmp_path: Path
) -> None:
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的/x.txt").write_bytes(b"x")
    with opened_in_browser(PAGE, tmp_path) as tab:
        for place in (bag.parent, tmp_path / "别的"):
            verdict, told = verify.checked(verify.folder(place))

            assert verdict == verify.NO_PACKAGE
            assert looked(tab, place) == told
            assert looked(tab, place, drop=True) == told
        assert tab.run("document.querySelector('.verdict').className") == "verdict part"


@needs_browser
@pytest.mark.long
def test_what_cannot_be_read_is_never_called_the_same(bag: Path, tmp_path: Path) -> None:
    """A file that goes away, or changes, between choosing and reading."""
    size = (bag / p.SURVEY).stat().st_size
    with opened_in_browser(PAGE, tmp_path) as tab:
        tab.run(
            "window.real = Blob.prototype.arrayBuffer; Blob.prototype.arrayBuffer = function () {"
            f" return this.size === {size} ? Promise.reject(new Error('gone')) : real.call(this); }}"
        )
        told = looked(tab, bag)

    assert told[0] == "结论：没有核验完。有文件读不出，不能说一致。"
    assert f"读不出：{p.SURVEY}" in told


@needs_browser
@pytest.mark.long
def test_a_large_file_is_hashed_in_pieces(bag: Path, tmp_path: Path) -> None:
    """Larger than what is read whole, and of every length that a block of sha256 can end with."""
    copy = tmp_path / "包"
    shutil.copytree(bag, copy)
    sizes = [(32 << 20) + more for more in (1, 55, 56, 63, 64, 4 << 20)]
    for number, size in enumerate(sizes):
        piece = hashlib.sha256(str(number).encode()).digest()
        (copy / f"data/{number}.bin").write_bytes((piece * (size // 32 + 1))[:size])
        p.added(copy, f"data/{number}.bin")
    with opened_in_browser(PAGE, tmp_path) as tab:
        assert looked(tab, copy)[0].startswith("结论：一致。")
        p.flipped(copy / "data/5.bin")
        assert "被改动：data/5.bin" in looked(tab, copy)
