"""Pages to press and write on: a paper of paragraphs, a form of cells, each as two authors set them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageDraw

from tests.bench.marks.faces import font, has, printed
from tests.bench.recognition.fonts import Face

_BODY = (
    "会议听取了养殖场项目的有关情况，与会人员进行了讨论。",
    "该项目自二〇一九年起停止经营，场地闲置，设施老化。",
    "经现场查看，圈舍屋面破损，水电已经断开，不具备恢复条件。",
    "各方对资产去向没有异议，相关款项已经结清。",
    "会议要求按程序办理后续手续，做好资产登记和资料整理。",
    "参会人员一致认为，继续投入难以产生效益，应当及时处置。",
    "处置所得归村集体所有，用途由成员大会另行商定。",
    "现场核对了合同、票据和影像资料，内容与申报一致。",
    "土地由原承包户收回，恢复种植，期限以约定为准。",
    "以上内容经宣读无误，到会人员没有不同意见。",
)
SURNAMES, GIVEN = "周李王张陈杨何罗唐谢", "禾麦山水成明德华英国平兴安全民友忠群"


def person(chance: Random) -> str:
    """An invented name."""
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.randint(1, 2)))


@dataclass(slots=True)
class Sheet:
    """A page being made: its image, where the next line goes, how it is set, where the pen wrote."""

    chance: Random
    report: bool
    dpi: int = 170
    image: Image.Image = field(init=False)
    y: float = 0.0
    face: Face = field(init=False)
    size: int = 0
    left: int = 0
    written: list[tuple[int, int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        wide, high = int(8.27 * self.dpi), int(11.69 * self.dpi)
        self.image = Image.new("RGB", (wide, high), "white")
        self.face = self.chance.choice([one for one in printed(self.report) if has(one, "".join(_BODY))])
        points = self.chance.choice([12, 14, 15, 16] if self.report else [14, 16])
        self.size = round(points / 72 * self.dpi)
        self.left = int(wide * self.chance.uniform(0.1, 0.15))
        self.y = high * self.chance.uniform(0.07, 0.12)

    @property
    def right(self) -> int:
        """Where lines end."""
        return self.image.width - self.left

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        """Draws on the page."""
        return ImageDraw.Draw(self.image)

    def width(self, text: str) -> float:
        """How long ``text`` is in print."""
        return font(self.face, self.size).getlength(text)

    def put(self, x: float, y: float, text: str, face: Face | None = None, size: int = 0) -> float:
        """Print; return where it ends."""
        used = font(face or self.face, size or self.size)
        self.pen.text((x, y), text, font=used, fill=(22, 22, 24))
        return x + used.getlength(text)

    def body(self, title: str, lines: int) -> None:
        """A heading and paragraphs of printed text."""
        used = font(self.face, round(self.size * 1.35))
        self.pen.text((self.image.width / 2, self.y), title, font=used, fill=(22, 22, 24), anchor="ma")
        self.y += self.size * 3
        for _ in range(lines):
            text = self.chance.choice(_BODY)
            while self.width(text) > self.right - self.left:
                text = text[:-2]
            self.put(self.left, self.y, text)
            self.y += self.size * self.chance.choice([1.7, 1.75, 1.8])
        self.y += self.size * 0.6

    def cells(self, heights: list[float], widths: list[float]) -> list[list[tuple[int, int, int, int]]]:
        """A ruled table, rows of ``heights`` (in lines), columns of ``widths`` (shares); returns its cells' boxes."""
        boxes, y = [], int(self.y)
        for lines in heights:
            high, x, row = int(lines * self.size * 1.6), self.left, []
            for share in widths:
                wide = int((self.right - self.left) * share)
                self.pen.rectangle(
                    (x, y, x + wide, y + high), outline=(30, 30, 30), width=max(1, self.dpi // 100)
                )
                row.append((x, y, x + wide, y + high))
                x += wide
            boxes.append(row)
            y += high
        self.y = y + self.size
        return boxes

    def wrapped(self, text: str, box: tuple[int, int, int, int], most: int) -> None:
        """Print in a cell, ``most`` characters a line, in its middle."""
        rows = [text[at : at + most] for at in range(0, len(text), most)]
        y = (box[1] + box[3]) / 2 - len(rows) * self.size * 0.6
        for row in rows:
            self.put((box[0] + box[2]) / 2 - self.width(row) / 2, y, row)
            y += self.size * 1.2
