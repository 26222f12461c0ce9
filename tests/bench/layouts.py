"""Pages of many layouts with what stands on them, phrase by phrase: small print, tables, red forms, red pens, seals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageDraw

from tests.bench.recognition.fonts import font
from tests.bench.recognition.stamps import picture, seal

INCH = 171
"""Dots an inch: A4 is then 2000 pixels high, as recognition gets it."""
BLACK, BLUE, GREY = (20, 20, 20), (30, 50, 170), (120, 120, 120)
REDS = [(212, 28, 34), (238, 40, 45), (252, 30, 30), (255, 70, 70), (226, 0, 30), (190, 30, 40)]
"""Red inks as scanners show them: in the red channel the brightest are all but paper."""
_SIZE = (1414, 2000)

_PLACES = ["青龙村", "石桥镇", "白云乡", "柳树沟村", "大坪村", "双河街道", "红岩村", "龙潭镇"]
_THINGS = ["黑山羊养殖场", "茶叶加工车间", "冷链仓库", "食用菌大棚", "花椒基地", "粉条加工厂", "光伏电站"]
_NAMES = ["周禾", "谢宗平", "覃立新", "申学军", "甘霖", "阮红梅", "贺晓东", "罗永昌"]
_CLAUSES = [
    "甲方应于本协议签订之日起三十日内完成资产清点",
    "乙方支付的租金由镇财政所代为收取并全额缴入专户",
    "双方确认上述资产不存在抵押或其他权利负担",
    "未经书面同意任何一方不得将权利义务转让给第三人",
    "因履行本协议发生争议的由项目所在地人民法院管辖",
    "处置所得优先用于清偿拖欠的农民工工资和土地流转费",
    "会议同意将该项目调整退出帮扶产业项目库",
    "请各村于收到本通知后五个工作日内报送佐证材料",
]


@dataclass(slots=True)
class Sheet:
    """A page being drawn, and the phrases that stand on it."""

    chance: Random
    size: tuple[int, int] = _SIZE
    paper: tuple[int, int, int] = (255, 255, 255)
    phrases: list[str] = field(default_factory=list)
    image: Image.Image = field(init=False)
    draw: ImageDraw.ImageDraw = field(init=False)
    red: tuple[int, int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", self.size, self.paper)
        self.draw = ImageDraw.Draw(self.image)
        self.red = self.chance.choice(REDS)

    def put(
        self,
        x: float,
        y: float,
        text: str,
        points: float,
        fill: tuple[int, int, int] = BLACK,
        role: str = "serif",
    ) -> float:
        """Write a phrase; return where it ends."""
        face = font(role, round(points * INCH / 72))
        self.draw.text((x, y), text, font=face, fill=fill)
        self.phrases.append(text)
        return x + face.getlength(text)

    def stamp(self, x: int, y: int, arc: str, millimetres: float = 40) -> None:
        """Press a red seal over what is there; its words are no phrases."""
        made = seal(arc, "", "star", round(millimetres * INCH / 25.4), self.chance)
        dark = Image.new("RGB", self.size, (255, 255, 255))
        dark.paste(made, (x, y))
        from PIL import ImageChops

        self.image.paste(ImageChops.multiply(self.image, dark))

    def frame(
        self, x: float, y: float, width: float, height: float, fill: tuple[int, int, int] = BLACK
    ) -> None:
        """Draw a box of a table."""
        self.draw.rectangle([x, y, x + width, y + height], outline=fill, width=2)

    def project(self) -> str:
        """Return a made-up project."""
        return self.chance.choice(_PLACES) + self.chance.choice(_THINGS)

    def clause(self) -> str:
        """Return a made-up clause."""
        return self.chance.choice(_CLAUSES)

    def money(self) -> str:
        """Return a made-up amount."""
        return f"{self.chance.uniform(1, 400):.2f}"

    def name(self) -> str:
        """Return a made-up person."""
        return self.chance.choice(_NAMES)


def agreement(page: Sheet) -> None:
    """An agreement in small, dense print."""
    page.put(420, 130, f"{page.project()}资产处置协议书", 16, role="serifb")
    for number in range(1, 34):
        text = f"{number}.{page.clause()}，{page.clause()}。"
        page.put(130, 200 + 50 * number, text, page.chance.choice([9, 9.5, 10]))
    page.put(130, 1920, "甲方（盖章）：", 10)
    page.put(760, 1920, "乙方（签字）：", 10)


def spread(page: Sheet) -> None:
    """Two pages of an agreement side by side on A3."""
    for side in (0, 1000):
        page.put(side + 260, 90, f"{page.project()}租赁合同", 12, role="serifb")
        for number in range(1, 31):
            text = f"{number}.{page.clause()}，{page.clause()[:12]}。"
            page.put(side + 100, 130 + 38 * number, text, page.chance.choice([6.8, 7.4]))
        page.put(side + 100, 1330, "甲方（盖章）：", 7.4)


def small_print(page: Sheet) -> None:
    """Grey notes in very small print about a table."""
    page.put(480, 120, "资产评估明细表", 16, role="serifb")
    for row in range(48):
        page.put(
            130, 200 + 34 * row, f"注{row + 1}：{page.clause()}，{page.clause()}。", 6.5, (90, 90, 90), "sans"
        )


def register(page: Sheet) -> None:
    """A table of many small cells."""
    page.put(450, 120, "资产移交清单", 18, role="serifb")
    widths = [70, 330, 130, 170, 190, 230]
    for row in range(30):
        x = 130.0
        project = page.project()
        cells = [
            str(row + 1),
            project,
            "个",
            page.money(),
            f"{page.chance.randint(2016, 2024)}-0{row % 9 + 1}",
        ]
        for width, text in zip(widths, [*cells, page.name()], strict=True):
            page.frame(x, 220 + 56 * row, width, 56)
            page.put(x + 10, 230 + 56 * row, text, 9.5 if len(text) < 9 else 9, role="sans")
            x += width


def red_form(page: Sheet) -> None:
    """A form printed in red and filled in with blue or black."""
    ink = page.red
    page.put(400, 140, "农村集体经济组织收款收据", 18, ink, "serifb")
    page.put(980, 230, f"№ {page.chance.randint(100000, 999999)}", 12, ink)
    labels = [
        "交款单位",
        "收款事由",
        "金额大写",
        "收款方式",
        "项目名称",
        "经办人员",
        "会计主管",
        "记账凭证号",
    ]
    for row, label in enumerate(labels):
        page.frame(150, 320 + 120 * row, 1100, 120, ink)
        page.put(180, 355 + 120 * row, label, 14, ink)
        page.put(480, 355 + 120 * row, page.project(), 13, page.chance.choice([BLACK, BLUE]), "kai")
    page.put(180, 1320, "第一联存根第二联记账第三联交款人收执", 11, ink)
    page.put(180, 1400, "本收据加盖财务专用章后方可生效", 11, ink)


def red_labels(page: Sheet) -> None:
    """A printed letter whose table has red headings, and red remarks low on the page."""
    page.put(380, 140, f"关于{page.project()}的情况说明", 16, role="serifb")
    for row in range(8):
        page.put(150, 240 + 62 * row, page.clause() + "。", 14)
    for column, label in enumerate(["项目名称", "投入资金", "处置方式", "责任单位"]):
        page.frame(150 + 280 * column, 800, 280, 70)
        page.put(180 + 280 * column, 815, label, 14, page.red, "sansb")
        for row in range(6):
            page.frame(150 + 280 * column, 870 + 70 * row, 280, 70)
            page.put(165 + 280 * column, 888 + 70 * row, page.project()[:7], 12)
    page.put(150, 1420, "以上红字部分为必填内容请勿遗漏", 14, page.red)
    page.put(150, 1500, "联系人：", 14)
    page.put(320, 1500, page.name() + "（联络员）", 14, page.red)


def red_head(page: Sheet) -> None:
    """A paper of a township with a red head and a seal over its date."""
    page.put(260, 230, "石桥镇人民政府文件", 44, page.red, "serifb")
    page.put(560, 460, f"石府发〔2025〕{page.chance.randint(1, 99)}号", 14)
    page.draw.line([150, 530, 1264, 530], fill=page.red, width=5)
    page.put(330, 600, f"关于{page.project()}调整退出的批复", 20, role="serifb")
    for row in range(12):
        page.put(150, 720 + 68 * row, page.clause() + "。", 15)
    page.put(900, 1640, "石桥镇人民政府", 15)
    page.put(900, 1710, "2025年3月14日", 15)
    page.stamp(900, 1540, "石桥镇人民政府")


def receipt_stamp(page: Sheet) -> None:
    """A letter with the red box of a receiving office, and notes in red pen."""
    page.put(480, 150, "会议纪要", 24, role="serifb")
    for row in range(18):
        page.put(150, 300 + 64 * row, page.clause() + "。", 15)
    x, y = page.chance.choice([(760, 1500), (150, 1500)])
    page.frame(x, y, 460, 240, page.red)
    page.put(x + 90, y + 20, "石桥镇收文专用", 16, page.red, "sansb")
    page.put(x + 30, y + 95, "收文号：2025-117", 14, page.red, "sans")
    page.put(x + 30, y + 165, "日期：2025年4月2日", 14, page.red, "sans")
    page.put(180, 1800, "请农业服务中心按程序办理", 18, page.red, "kai")


def banner(page: Sheet) -> None:
    """White print on bands of red and of blue."""
    page.draw.rectangle([100, 120, 1314, 260], fill=page.red)
    page.put(380, 150, "帮扶产业项目公示牌", 30, (255, 255, 255), "sansb")
    for row in range(10):
        fill = (25, 70, 150) if row % 2 else (235, 240, 250)
        page.draw.rectangle([150, 330 + 90 * row, 1264, 420 + 90 * row], fill=fill)
        page.put(180, 350 + 90 * row, page.project(), 16, (255, 255, 255) if row % 2 else BLACK, "sans")
        page.put(
            760, 350 + 90 * row, f"投入资金{page.money()}万元", 16, (255, 255, 255) if row % 2 else page.red
        )


def figures(page: Sheet) -> None:
    """A landscape table that is nothing but figures."""
    for column in range(12):
        for row in range(18):
            page.frame(110 + 150 * column, 120 + 66 * row, 150, 66)
            page.put(125 + 150 * column, 134 + 66 * row, page.money(), 11, role="sans")


def sparse(page: Sheet) -> None:
    """A page with hardly anything on it."""
    page.put(620, 900, "附件2", 16)
    page.put(690, 1880, "— 12 —", 11)


def columns(page: Sheet) -> None:
    """Upright writing in columns, as on old certificates, below a heading; only the heading is asked for."""
    page.put(380, 140, f"{page.project()}证明书", 22, role="serifb")
    face = font("serif", 48)
    for column in range(12):
        for place, character in enumerate(page.clause()[:18]):
            page.draw.text((1180 - 90 * column, 340 + 66 * place), character, font=face, fill=BLACK)


def handwriting(page: Sheet) -> None:
    """A record in a hand."""
    page.put(430, 150, "村民代表会议记录", 24, (35, 40, 90), "hand")
    for row in range(14):
        page.put(150, 320 + 100 * row, page.clause()[:20], 18, (35, 40, 90), "hand")


def photograph(page: Sheet) -> None:
    """A picture with a line below it."""
    page.image.paste(picture(1100, 800, page.chance), (157, 300))
    page.put(300, 1150, f"{page.project()}处置前现场照片", 14)
    page.put(300, 1230, "拍摄时间：2024年11月8日", 12, page.red)
    page.put(300, 1300, "拍摄人：" + page.name() + "（驻村干部）", 12, GREY)


def sealed(page: Sheet) -> None:
    """A record whose end is covered with seals."""
    page.put(430, 150, f"{page.project()}核查意见", 20, role="serifb")
    for row in range(14):
        page.put(150, 300 + 70 * row, page.clause() + "。", 15)
    for number, body in enumerate(["青龙村村民委员会", "石桥镇人民政府", "某某县农业农村局"]):
        page.put(160 + 380 * number, 1480, body, 14)
        page.put(160 + 380 * number, 1560, f"2025年{number + 3}月6日", 14)
        page.stamp(130 + 380 * number, 1370, body)


LAYOUTS: dict[str, Callable[[Sheet], None]] = {
    maker.__name__: maker
    for maker in (
        agreement,
        spread,
        small_print,
        register,
        red_form,
        red_labels,
        red_head,
        receipt_stamp,
        banner,
        figures,
        sparse,
        columns,
        handwriting,
        photograph,
        sealed,
    )
}


def drawn(layout: str, number: int) -> Sheet:
    """Draw one page; the same for the same number."""
    size = (_SIZE[1], _SIZE[0]) if layout in ("figures", "spread") else _SIZE
    page = Sheet(Random(f"{layout} {number}"), size)
    LAYOUTS[layout](page)
    return page
