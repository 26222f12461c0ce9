"""Every file of the sample inbox, by the project it came in for, with the truth about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from . import agreements, disposal, minutes, records, reports, strays, survey
from .blocks import Paper, Signed, Text
from .damage import Scan
from .drops import Drop, Truth, holds, photographed, scanned, with_scan_appended
from .files import gbk_zip, image_pdf, png, tiff
from .native import text_pdf
from .office import docx_bytes
from .projects import BY_CODE
from .stories import FUNGI, GOAT, OIL, PEPPER, RICE, Story

COLOUR = Scan(200, "RGB", quality=42, noise=1.6)
SMALL_COLOUR = Scan(150, "RGB", quality=52, noise=1.8)
GREY = Scan(200, "L", quality=40, noise=2.2)
SMALL_GREY = Scan(150, "L", quality=46, noise=2.4)
FINE_COLOUR = Scan(300, "RGB", quality=30, noise=1.6)
COPY = Scan(200, "1", noise=5, copies=1)
OLD_COPY = Scan(200, "1", noise=9, copies=3, skew=0.9)


def scan_drop(
    path: str,
    story: Story,
    item: int,
    paper: Paper,
    scan: Scan,
    date: str = "",
    turns: dict[int, int] | None = None,
) -> Drop:
    """Return a scanned PDF that holds one item."""
    pages = scanned(paper, path, scan, turns)
    return Drop(path, image_pdf(pages), (holds(story.code, item, 1, len(pages), date),))


def docx_drop(path: str, story: Story, item: int, paper: Paper, date: str = "") -> Drop:
    """Return a Word file that holds one item."""
    return Drop(path, docx_bytes(paper), (holds(story.code, item, 1, 1, date),))


def goat() -> Iterator[Drop]:
    """珠溪镇青杠岭村: everything but the department's and the district's minutes."""
    form = replace(COLOUR, skew=1.1)
    yield scan_drop("扫描件0001.pdf", GOAT, 1, survey.filled_form(GOAT), form)
    report = reports.assessment(GOAT, "陈启航")
    yield scan_drop(
        "黑山羊项目/评估报告（盖章版）.pdf", GOAT, 2, report, replace(SMALL_COLOUR, fold=True), "2024-12-05"
    )
    agreement = agreements.cooperation(GOAT)
    yield scan_drop(
        "黑山羊项目/岭上牧业协议 复印件.pdf", GOAT, 3, agreement, replace(COPY, holes=True), "2018-05-20"
    )
    record = records.record(GOAT, by_hand=True)
    yield scan_drop("村上交的/青杠岭村会议记录.pdf", GOAT, 4, record, SMALL_COLOUR, "2024-11-11", {2: 180})
    yield scan_drop(
        "20241128纪要.pdf",
        GOAT,
        5,
        minutes.township_minutes(GOAT, "〔2024〕28号"),
        SMALL_COLOUR,
        "2024-11-18",
    )
    path = "微信图片_20241112162244.jpg"
    yield Drop(path, photographed(disposal.notice(GOAT), path), (holds(GOAT.code, 8, date="2024-11-12"),))


def fungi() -> Iterator[Drop]:
    """中敖镇麻柳沟村: all eight items."""
    form = survey.filled_form(FUNGI, by_hand=True)
    yield scan_drop("中敖镇/摸底表.pdf", FUNGI, 1, form, replace(FINE_COLOUR, skew=0.5))
    yield _third_party_report("中敖镇/第三方核查报告.pdf")
    yield scan_drop(
        "中敖镇/承包合同.pdf",
        FUNGI,
        3,
        agreements.lease(FUNGI),
        replace(SMALL_COLOUR, fold=True),
        "2019-03-18",
    )
    path = "中敖镇/IMG_20241110_164512.jpg"
    yield Drop(
        path, photographed(records.short_record(FUNGI), path, 6), (holds(FUNGI.code, 4, date="2024-11-10"),)
    )
    path = "中敖镇/IMG_20241110_164530.jpg"
    yield Drop(
        path, photographed(records.attendance(FUNGI), path), (holds(FUNGI.code, 4, date="2024-11-10"),)
    )
    head = replace(
        minutes.township_minutes(FUNGI, "〔2024〕19号"),
        textbox="中敖镇人民政府专题会议纪要",
        header="中敖镇党政办公室",
    )
    yield docx_drop("中敖镇/专题会议纪要19期.docx", FUNGI, 5, head, "2024-11-15")
    issued = minutes.township_minutes(FUNGI, "〔2024〕19号", sealed=True)
    yield scan_drop("中敖镇/专题会议纪要19期（盖章扫描）.pdf", FUNGI, 5, issued, SMALL_COLOUR, "2024-11-15")
    yield scan_drop(
        "农业农村委/SKM_C22724121209410.pdf", FUNGI, 6, _agri_minutes(), SMALL_COLOUR, "2024-12-12"
    )
    yield _joint("区政府办/扫描_20250110.pdf")
    yield docx_drop(
        "中敖镇/资产处置方案（报批稿）.docx", FUNGI, 8, disposal.disposal_plan(FUNGI), "2025-02-18"
    )
    yield _handover("中敖镇/移交清单.tif")
    settled = disposal.settlement(FUNGI, FUNGI.members[1])
    yield scan_drop("中敖镇/债权债务清算确认表.pdf", FUNGI, 8, settled, SMALL_COLOUR, "2025-04-10")


def _third_party_report(path: str) -> Drop:
    unit = "重庆衡岳农业咨询有限公司"
    report = reports.assessment(FUNGI, "常怀瑾", unit)
    *body, signed = report.blocks
    if not isinstance(signed, Signed):
        raise TypeError("the report must end with its closing block")
    page = Paper((Text(f"（本页为{FUNGI.row.name}核查评估报告签章页）", "flush"), signed), page_numbers=False)
    pages = scanned(page, path, SMALL_COLOUR)
    plain = text_pdf(replace(report, blocks=tuple(body)))
    data = with_scan_appended(plain, pages)
    return Drop(path, data, (holds(FUNGI.code, 2, 1, _page_count(data), "2024-12-03"),))


def _page_count(data: bytes) -> int:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def _agri_minutes() -> Paper:
    present = "柏承志、向东篱、乔丽君、区财政局连海波、区审计局芮雪"
    return minutes.department_minutes(
        FUNGI,
        "〔2024〕41号",
        "专题会议",
        "柏承志",
        "2024年12月12日",
        present,
        "产业发展科辛一鸣、计划财务科岑静",
    )


def _joint(path: str) -> Drop:
    pages = scanned(minutes.district_minutes(FUNGI, PEPPER, "〔2025〕6号"), path, replace(COLOUR, quality=36))
    truth = tuple(holds(story.code, 7, 1, len(pages), "2025-01-08") for story in (FUNGI, PEPPER))
    return Drop(path, image_pdf(pages), truth)


def _handover(path: str) -> Drop:
    pages = [image for image, _ in scanned(disposal.handover(FUNGI, FUNGI.legal), path, COPY)]
    return Drop(path, tiff(pages, COPY.dpi), (holds(FUNGI.code, 8, 1, len(pages), "2025-03-20"),))


def pepper() -> Iterator[Drop]:
    """宝兴镇响水岩村: one scan of three items, and minutes with a useless text layer."""
    path = "扫描件0003.pdf"
    parts: tuple[tuple[int, Paper, str, dict[int, int]], ...] = (
        (1, survey.filled_form(PEPPER), "", {2: 90}),
        (3, agreements.cooperation(PEPPER, short=True), "2017-04-06", {}),
        (4, records.record(PEPPER, prints=True), "2024-11-13", {}),
    )
    pages: list[tuple[Image.Image, Scan]] = []
    truth: list[Truth] = []
    for item, paper, date, turns in parts:
        part = scanned(paper, f"{path}#{item}", replace(SMALL_COLOUR, quality=40), turns)
        truth.append(holds(PEPPER.code, item, len(pages) + 1, len(pages) + len(part), date))
        pages += part
    yield Drop(path, image_pdf(pages), tuple(truth))
    path = "宝兴镇政府纪要27.pdf"
    pages = scanned(minutes.township_minutes(PEPPER, "〔2024〕27号"), path, GREY)
    data = image_pdf(pages, hidden_text="~,~7;=1 ]Jrx t^ll 4ij%% :ii: fl-p l1lI ;;_ QA,'' 2O24")
    yield Drop(path, data, (holds(PEPPER.code, 5, 1, len(pages), "2024-11-20"),))


def rice() -> Iterator[Drop]:
    """三驱镇柏杨湾村二期: a zip from Windows with GBK names, and the form of its twin, the first phase."""
    report = scanned(reports.assessment(RICE, "陈启航"), "rice-report", SMALL_GREY)
    form = photographed(survey.filled_form(RICE, whole=False, by_hand=True), "rice-form")
    members = {
        "柏杨湾二期/会议记录.docx": (
            docx_bytes(records.record(RICE)),
            holds(RICE.code, 4, date="2024-11-14"),
        ),
        "柏杨湾二期/核查评估报告.pdf": (image_pdf(report), holds(RICE.code, 2, 1, len(report), "2024-12-06")),
        "柏杨湾二期/调查表照片.jpg": (form, holds(RICE.code, 1)),
    }
    data = gbk_zip({name: content for name, (content, _) in members.items()})
    yield Drop(
        "三驱镇报送材料.zip", data, (), tuple((name, (truth,)) for name, (_, truth) in members.items())
    )
    twin = survey.twin_form(
        BY_CODE["DZ-2019-0033"],
        "薄弱类",
        "不属于闲置或淘汰项目。一期田块生产正常，存在的短板是冷链和销售渠道不足，拟升级改造。",
    )
    page = scanned(twin, "摸底表.png", replace(SMALL_GREY, noise=0.4))[0][0]
    yield Drop("摸底表.png", png(page, 150), (holds("DZ-2019-0033", 1),))


def oil() -> Iterator[Drop]:
    """铁山镇桐子垭村: photographs, a Word file and a bad copy."""
    path = "微信图片_20241118093015.jpg"
    form = survey.filled_form(OIL, whole=False)
    yield Drop(path, photographed(form, path), (holds(OIL.code, 1),))
    record = records.record(OIL, by_hand=True, loose=True)
    for page, path in ((1, "铁山镇/IMG_20241109_153321.jpg"), (2, "铁山镇/IMG_20241109_153340.jpg")):
        yield Drop(path, photographed(record, path, page=page), (holds(OIL.code, 4, date="2024-11-09"),))
    yield docx_drop(
        "铁山镇/纪要（定稿）.docx", OIL, 5, minutes.township_minutes(OIL, "〔2024〕22号"), "2024-11-16"
    )
    present = "林牧之、桑梓、区财政局连海波、区审计局芮雪"
    party = minutes.department_minutes(
        OIL, "〔2024〕15号", "党组会议", "林牧之", "2024年12月10日", present, "产业科竺可"
    )
    yield scan_drop("林业局党组会.pdf", OIL, 6, party, OLD_COPY, "2024-12-10")


def negatives() -> Iterator[Drop]:
    """What does not belong into any project's archive."""
    path = "微信图片_20241203170211.jpg"
    yield Drop(path, photographed(strays.invoice(), path, width=1280), ({"negative": "invoice"},))
    path = "扫描件0002.pdf"
    yield Drop(path, image_pdf(scanned(strays.fire_notice(), path, SMALL_GREY)), ({"negative": "notice"},))
    yield Drop("摸底调查表（空表）.docx", docx_bytes(survey.blank_form()), ({"negative": "blank-form"},))
    yield Drop(
        "珠溪镇专题会议纪要31期.docx", docx_bytes(strays.safety_minutes()), ({"negative": "other-matter"},)
    )
    yield Drop(
        "村上交的/石梯村会议记录.docx", docx_bytes(strays.clean_record()), ({"negative": "other-matter"},)
    )


def broken(earlier: dict[str, bytes]) -> Iterator[Drop]:
    """Files that cannot be used, a second copy, and what every share is full of."""
    page = scanned(agreements.cooperation(OIL, short=True), "加密", SMALL_GREY)[:1]
    yield Drop(
        "铁山镇/油茶合作协议（加密）.pdf", image_pdf(page, password="tieshan2018"), ({"reject": "encrypted"},)
    )
    yield Drop("新建 PDF 文档.pdf", b"", ({"reject": "empty"},))
    whole = image_pdf(scanned(strays.fire_notice(), "截断", SMALL_GREY))
    yield Drop("铁山镇/扫描未完成.pdf", whole[: len(whole) * 2 // 5], ({"reject": "truncated"},))
    yield Drop("备份/20241128纪要 - 副本.pdf", earlier["20241128纪要.pdf"], ({"negative": "duplicate"},))
    yield Drop(
        "中敖镇/Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1528), ({"negative": "ignored"},)
    )
    lock = b"\x05party" + b" " * 49 + "党政办".encode("utf-16-le") + bytes(102)
    yield Drop("中敖镇/~$题会议纪要19期.docx", lock, ({"negative": "ignored"},))


def all_drops() -> Iterator[Drop]:
    """Yield every file of the inbox; truncated, locked and doubled ones last."""
    seen: dict[str, bytes] = {}
    for make in (goat, fungi, pepper, rice, oil, negatives):
        for drop in make():
            seen[drop.path] = drop.data
            yield drop
    yield from broken(seen)
