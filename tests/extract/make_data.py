"""Draws the page images in data/ (run by hand, needs Noto CJK fonts; the images are committed).

All text is invented. `python tests/extract/make_data.py` writes them again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path("/usr/share/fonts/opentype/noto")
DATA = Path(__file__).parent / "data"
PAPER, INK, RED = (250, 250, 247), (28, 28, 30), (212, 32, 38)
BODY = """\
石桥镇青龙村村民委员会于2024年11月12日在村便民服务中心召开村民代表会议，就青龙村冬菜加工厂项目处置事宜进行研究。会议应到村民代表三十二人，实到二十九人，符合法定人数。
该项目于2019年建成，投入帮扶资金48.60万元，购置腌制池六口、清洗设备一套，因原料价格上涨、市场销路不畅，自2022年6月起停产至今，设备锈蚀严重，已不具备恢复生产条件。
经到会代表举手表决，同意二十九票，反对零票，弃权零票，一致同意将该项目申报为淘汰类项目，按程序报镇人民政府核查。
会议要求做好资产清点造册，妥善保管剩余设备，处置收入纳入村集体经济组织账户管理，并及时向群众公示。"""


def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"NotoSerifCJK-{'Bold' if bold else 'Regular'}.ttc"), size)


def centred(
    draw: ImageDraw.ImageDraw, y: int, text: str, face: ImageFont.FreeTypeFont, fill: tuple[int, int, int]
) -> None:
    draw.text(((1240 - face.getlength(text)) / 2, y), text, font=face, fill=fill)


def body(draw: ImageDraw.ImageDraw, y: int) -> int:
    face = font(31)
    for paragraph in BODY.split("\n"):
        line = ""
        for char in "　　" + paragraph:
            if face.getlength(line + char) > 980:
                draw.text((130, y), line, font=face, fill=INK)
                line, y = "", y + 52
            line += char
        draw.text((130, y), line, font=face, fill=INK)
        y += 52
    return y


def seal(image: Image.Image, x: int, y: int) -> None:
    """A red round seal lying over the text beneath it, as ink does: the darker of the two shows."""
    layer = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(layer)
    draw.ellipse((x - 125, y - 125, x + 125, y + 125), outline=RED, width=8)
    draw.text((x - 100, y - 25), "石桥镇人民政府", font=font(28, True), fill=RED)
    image.paste(Image.fromarray(np.minimum(np.asarray(image), np.asarray(layer))))


def minutes() -> Image.Image:
    image = Image.new("RGB", (1240, 1754), PAPER)
    draw = ImageDraw.Draw(image)
    centred(draw, 130, "石桥镇人民政府会议纪要", font(78, True), RED)
    centred(draw, 265, "第18号", font(31), INK)
    draw.line((130, 330, 1110, 330), fill=RED, width=5)
    centred(draw, 390, "研究青龙村冬菜加工厂项目处置事宜", font(44, True), INK)
    end = body(draw, 500)
    draw.text((760, end + 60), "石桥镇人民政府", font=font(31), fill=INK)
    draw.text((745, end + 112), "2024年11月20日", font=font(31), fill=INK)
    seal(image, 865, end + 90)
    return image


def record() -> Image.Image:
    image = Image.new("RGB", (1240, 1754), PAPER)
    draw = ImageDraw.Draw(image)
    centred(draw, 140, "青龙村村民代表会议记录", font(50, True), INK)
    end = body(draw, 280)
    draw.text((700, end + 60), "记录人：周禾", font=font(31), fill=INK)
    return image.convert("L")


def snippet() -> Image.Image:
    image = Image.new("L", (900, 260), 250)
    draw = ImageDraw.Draw(image)
    draw.text((60, 50), "资产移交清单", font=font(52, True), fill=30)
    draw.text((60, 150), "青龙村冬菜加工厂 合计48.60万元", font=font(40), fill=30)
    return image


def main() -> None:
    DATA.mkdir(exist_ok=True)
    noise = np.random.default_rng(7)
    for name, drawn, quality in (
        ("minutes", minutes(), 40),
        ("record", record(), 40),
        ("snippet", snippet(), 60),
    ):
        image = drawn.filter(ImageFilter.GaussianBlur(0.6))
        grain = noise.normal(0, 3, (image.height, image.width))
        pixels = np.asarray(image).astype(float)
        pixels = np.clip(pixels + (grain if pixels.ndim == 2 else grain[..., None]), 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(DATA / f"{name}.jpg", quality=quality, optimize=True)


if __name__ == "__main__":
    main()
