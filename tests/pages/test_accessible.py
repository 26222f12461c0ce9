"""Nothing keeps people from reading a page: axe-core finds nothing on any, on a screen and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

import archivist.pages.verifier
from support.accessible import looked_at
from support.page_stories import PAGES
from support.programs import needs_axe

VERIFIER = Path(archivist.pages.verifier.__file__).parent / "verify.html"

pytestmark = pytest.mark.long


@needs_axe
@pytest.mark.parametrize("width", [1100, 390], ids=["screen", "phone"])
def test_nothing_is_found_on_any_page_in_any_state(tmp_path: Path, width: int) -> None:
    pages = {name: make() for name, make in PAGES.items()} | {"核验": VERIFIER.read_bytes()}
    found = looked_at(pages, width, tmp_path)

    assert {name: told for name, told in found.items() if told} == {}


@needs_axe
def test_what_keeps_people_from_reading_is_found(tmp_path: Path) -> None:
    page = PAGES["归档状态 complete"]().decode()
    spoilt = {
        "no landmark": page.replace("<main>", "").replace("</main>", ""),
        "pale": page.replace("</style>", "td{color:#bbb!important}</style>"),
        "wide": page.replace("</style>", "table{width:3000px}</style>"),
    }
    found = looked_at({name: text.encode() for name, text in spoilt.items()}, 1100, tmp_path)

    assert any(told.startswith("landmark-one-main") for told in found["no landmark"])
    assert any(told.startswith("color-contrast") for told in found["pale"])
    assert found["wide"] == ["wider than the screen"]
