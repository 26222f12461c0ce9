"""Documents → page images as they arrive: drawn, then scanned, copied or photographed, sometimes turned."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from PIL import Image

from tests.bench.recognition import damage
from tests.bench.recognition.paper import Sheet, choose_style, draw
from tests.bench.recognition.truth import PageText
from tests.bench.recognition.wording import REPORT
from tests.bench.recognition.writing import Document

SCAN, COPY, PHOTO, TEXT_PDF, DOCX = "scan", "copy", "photo", "textpdf", "docx"


@dataclass(slots=True)
class Pages:
    """The pages of one document. ``mode``: colour, grey, bw, photo, copy."""

    images: list[Image.Image]
    texts: list[PageText]
    dpi: int
    mode: str
    turn: int = 0
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def keeps_red(self) -> bool:
        """True when a seal can still be seen to be red."""
        return self.mode in ("colour", "photo")


class Press:
    """Makes pages for one seed."""

    def __init__(self, half: str, chance: Random) -> None:
        self.half, self.random = half, chance

    def clean(self, document: Document, dpi: int) -> list[Sheet]:
        """Clean pages."""
        return draw(document, dpi, choose_style(document, self.half, self.random), self.random)

    def pages(self, document: Document, form: str, dpi: int = 0) -> Pages:
        """Pages as ``form`` (scan, copy, photo) leaves them."""
        chance = self.random
        dpi = 200 if form == PHOTO else dpi or chance.choices([150, 200, 300], [25, 55, 20])[0]
        mode = chance.choices(["colour", "grey", "bw"], [55, 28, 17])[0] if form == SCAN else form
        sheets = self.clean(document, dpi)
        fate = self._fate(form)
        one_bit, height = chance.random() < 0.65, chance.choice([2000, 2400, 2800])
        images = [self._damaged(sheet.image, form, mode, fate, one_bit, height) for sheet in sheets]
        made = Pages(images, [], dpi, mode)
        turned = self._turn(made, form)
        label = fate or (mode if form != SCAN else f"scan-{mode}")
        made.texts = [
            page_text(sheet, "turned" if number in turned else label, document.hand)
            for number, sheet in enumerate(sheets)
        ]
        return made

    def _fate(self, form: str) -> str:
        """Damage that only the report half shows."""
        if self.half != REPORT:
            return ""
        if form == SCAN and self.random.random() < 0.12:
            return "folded"
        return "resent" if form == PHOTO and self.random.random() < 0.3 else ""

    def _damaged(
        self, image: Image.Image, form: str, mode: str, fate: str, one_bit: bool, height: int
    ) -> Image.Image:
        if fate == "folded":
            image = damage.folded(image, self.random)
        if form == SCAN:
            return damage.scan(image, self.random, mode)
        if form == COPY:
            return damage.copy_of_copy(image, self.random, one_bit)
        image = damage.photo(image, self.random, height)
        return damage.resent(image, self.random) if fate == "resent" else image

    def _turn(self, made: Pages, form: str) -> set[int]:
        """Turn all pages or one of them; return which."""
        if form == PHOTO or self.random.random() >= 0.16:
            return set()
        made.turn = self.random.choice([180, 180, 90, 270])
        count = len(made.images)
        only = self.random.randrange(count) if self.random.random() < 0.5 else None
        turned = set(range(count)) if only is None else {only}
        made.images = [
            image.rotate(made.turn, expand=True) if number in turned else image
            for number, image in enumerate(made.images)
        ]
        return turned

    def blank(self, dpi: int) -> Image.Image:
        """A separator sheet."""
        white = Image.new("RGB", (int(8.27 * dpi), int(11.69 * dpi)), "white")
        return damage.scan(white, self.random, self.random.choice(["grey", "colour"]))


def page_text(sheet: Sheet, label: str, hand: bool) -> PageText:
    """What one page says."""
    return PageText(sheet.text, sheet.table_text, label, hand, bool(sheet.seals))
