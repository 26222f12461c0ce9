# ruff: noqa: E501 - wording and XML in one line read better than broken ones
"""The first edition of the papers that go with a deregistration: reports, requests, agreements, notices, lists, forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from make_closing import SEAL
from make_templates import (
    EMPTY,
    GAP,
    LAST_ABOVE_TABLE,
    each,
    h1,
    imprint,
    keep,
    lines,
    signature,
    title,
    when,
)

from archivist.drafts.wordml import (
    HEITI,
    KAITI,
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    RED,
    cell,
    control_row,
    package,
    para,
    row,
    run,
    table,
)

TINY = para(style="GwTiny")
"""Behind a table: LibreOffice keeps no heading with what follows directly behind one."""
TAB = "<w:r><w:tab/></w:r>"
LINE = '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="{}"/></w:tabs>'
SPACE = '<w:spacing w:before="{}" w:after="{}" w:line="320" w:lineRule="exact"/>'
DAY = "年　　　月　　　日"
BOX = "□"
OPEN_DAY = "　　　　年　　月　　日"


class Column(NamedTuple):
    """A column of a table: its head, its width in twips, what stands in a cell, whether from the left, how large, and what
    stands in small type below it.
    """

    head: str
    width: int
    text: str
    left: bool = False
    small: bool = False
    under: str = ""


def column(name: str, width: int, *, head: str = "", left: bool = False, small: bool = False) -> Column:
    return Column(head or name, width, f"{{{{ 行.{name} }}}}", left, small)


def number(width: int = 600) -> Column:
    return Column("序号", width, "{{ loop.index }}")


def grid(columns: Sequence[Column], loop: str, *totals: str, split: bool = False) -> str:
    """A row for every entry, 无 where there is none; the head is repeated on each page."""
    widths = [one.width for one in columns]
    whole = sum(widths)
    assert whole in (PORTRAIT_WIDTH, LANDSCAPE_WIDTH), whole
    count = len(columns)
    cells = []
    for one in columns:
        style = "GwSmall" if one.small else "GwCellLeft" if one.left else "GwCell"
        place = '<w:jc w:val="left"/>' if one.left else ""
        body = para(one.text, style=style, extra=place)
        if one.under:
            body += para(one.under, style="GwSmall", extra=place)
        cells.append(cell(body, one.width))
    return table(
        widths,
        row(*(cell(one.head, one.width, style="GwHead") for one in columns), height=560, header=True),
        control_row(f"{{%tr for 行 in {loop} %}}", whole, count),
        row(*cells, height=500, split=split),
        control_row("{%tr else %}", whole, count),
        row(cell("无", whole, span=count), height=500),
        control_row("{%tr endfor %}", whole, count),
        *totals,
    )


def total(columns: Sequence[Column], sums: dict[str, str], word: str = "合　计") -> str:
    """The last row: what the columns of ``sums`` add up to, by their heads."""
    first = next(at for at, one in enumerate(columns) if one.head in sums)
    cells = [cell(word, sum(one.width for one in columns[:first]), span=first, style="GwHead")]
    for one in columns[first:]:
        text = f"{{{{ {sums[one.head]} }}}}" if one.head in sums else ""
        cells.append(cell(text, one.width, style="GwSmall" if one.small else "GwCell"))
    return row(*cells, height=500)


def apart(columns: Sequence[Column], claims: Sequence[tuple[str, str]]) -> str:
    """Of claims and of debts a row each: what is owed is never added to what is to be received.

    ``claims`` are pairs (word, field) for each row in four cells: 债权合计 | n | 其中未结清 | n.
    """
    widths = [one.width for one in columns]
    half = next(at for at in range(2, len(widths)) if sum(widths[:at]) >= sum(widths) / 2)
    rows = []
    for at in range(0, len(claims), 2):
        (one, first), (two, second) = claims[at], claims[at + 1]
        left, right = widths[:half], widths[half:]
        lead, tail = max(1, len(left) - 1), max(1, len(right) - 1)
        rows.append(
            row(
                cell(one, sum(left[:lead]), span=lead, style="GwHead"),
                cell(f"{{{{ {first} }}}}", sum(left[lead:]), span=len(left) - lead, style="GwSmall"),
                cell(two, sum(right[:tail]), span=tail, style="GwHead"),
                cell(f"{{{{ {second} }}}}", sum(right[tail:]), span=len(right) - tail, style="GwSmall"),
                height=500,
            )
        )
    return "".join(rows)


def facts(*rows: Sequence[tuple[str, str]], label: int = 1700, height: int = 500) -> str:
    """A table of labels and values, one or two to a row."""
    value = (PORTRAIT_WIDTH - 2 * label) // 2
    made = []
    for pairs in rows:
        wide = len(pairs) == 1
        cells = []
        for word, text in pairs:
            cells.append(cell(word, label, style="GwHead"))
            width = PORTRAIT_WIDTH - label if wide else value
            cells.append(cell(text, width, span=3 if wide else 1, style="GwCellLeft"))
        made.append(row(*cells, height=height))
    return table([label, value, label, value], *made)


PROJECT = (
    [("项目名称", "{{ 项目名称 }}")],
    [("项目编号", "{{ 项目编号 }}"), ("项目地点", "{{ 项目地点 }}")],
    [("建设年度", "{{ 建设年度 }}"), ("投入帮扶资金\n（万元）", "{{ 投入帮扶资金 }}")],
    [("主管部门", "{{ 主管部门 }}"), ("经营主体", "{{ 经营主体 }}")],
)
ABOUT = (
    "项目编号{{ 项目编号 }}，位于{{ 项目地点 }}，{{ 建设年度 }}年建设，投入帮扶资金{{ 投入帮扶资金 }}万元，"
    "主管部门为{{ 主管部门 }}，经营主体为{{ 经营主体 }}。"
)
"""What is known of the project; its number leads, because programs break lines at its hyphens further on."""
DEBTS = (
    "债权合计{{ 债权合计 }}万元、债务合计{{ 债务合计 }}万元。"
    "{% if 未结清债务笔数 == 0 and 未结清债权笔数 == 0 %}债权债务已全部结清。{% else %}"
    "{% if 未结清债务笔数 != 0 %}尚有{{ 未结清债务笔数 }}笔债务、{{ 未结清债务金额 }}万元没有清偿。{% endif %}"
    "{% if 未结清债权笔数 != 0 %}尚有{{ 未结清债权笔数 }}笔债权、{{ 未结清债权金额 }}万元没有收回。{% endif %}{% endif %}"
)
"""Claims and debts, each for itself; 已全部结清 only where every row says so."""


def below(text: str, extra: str = "") -> str:
    """A line in small type, above or below a table."""
    return para(text, style="GwCellLeft", extra=extra + SPACE.format(100, 60))


def seals(*hands: tuple[str, str, Sequence[str]], day: str = OPEN_DAY) -> str:
    """Who signs and seals: a row each (word, name, what is to be signed), with a free place of 45 mm for the seal.

    The rows hold together: no place to sign stands alone on a page.
    """
    label, seal = 2100, SEAL + 120
    room = PORTRAIT_WIDTH - label - seal
    rows = [
        row(
            cell("", label, style="GwHead"),
            cell("签字和日期", room, style="GwHead"),
            cell("盖　章", seal, style="GwHead"),
            height=420,
        )
    ]
    for word, name, signs in hands:
        named = para(run(word, HEITI, 24), style="GwCell", extra="<w:keepNext/>")
        if name:
            named += para(name, style="GwCell")
        write = "".join(
            para(f"{sign}：", TAB, style="GwCellLeft", extra=LINE.format(room - 220) + SPACE.format(200, 60))
            for sign in signs
        )
        write += para(
            day,
            style="GwCellLeft",
            extra=SPACE.format(300, 0) + '<w:ind w:right="200"/><w:jc w:val="right"/>',
        )
        rows.append(row(cell(named, label), cell(write, room), cell("", seal), height=SEAL))
    together = table([label, room, seal], *rows)
    last = together.rindex("<w:tr>")
    held = together[:last].replace('<w:pStyle w:val="GwHead"/>', '<w:pStyle w:val="GwHead"/><w:keepNext/>')
    return held + together[last:]


def opinion(word: str, hands: str = "负责人（签字）", height: int = SEAL) -> str:
    """A place for an opinion by hand: words, signature, day, and the seal beside them."""
    label, seal = 1300, SEAL + 120
    room = PORTRAIT_WIDTH - label - seal
    write = para("意见：", style="GwCellLeft", extra=SPACE.format(40, 900))
    write += para(f"{hands}：", TAB, style="GwCellLeft", extra=LINE.format(room - 220) + SPACE.format(0, 100))
    write += para(
        OPEN_DAY,
        style="GwCellLeft",
        extra=SPACE.format(60, 0) + '<w:ind w:right="200"/><w:jc w:val="right"/>',
    )
    return row(
        cell(word, label, style="GwHead"),
        cell(write, room),
        cell(para("（盖章处）", style="GwSmall"), seal, top=True),
        height=height,
    )


def opinions(*words: str) -> str:
    """The opinions below one another; they hold together, so that none stands alone on a page."""
    label, seal = 1300, SEAL + 120
    whole = table([label, PORTRAIT_WIDTH - label - seal, seal], *(opinion(word) for word in words))
    last = whole.rindex("<w:tr>")
    held = whole[:last].replace('<w:pStyle w:val="GwHead"/>', '<w:pStyle w:val="GwHead"/><w:keepNext/>')
    return held + whole[last:]


def red_head(signer: bool = False) -> str:
    """发文机关标志, 发文字号 and the red rule (GB/T 9704-2012, 7.2.4–7.2.8); upwards (上行文) with 签发人 at the right."""
    mark = para(
        "{{ 发文机关 }}文件",
        style="GwMark",
        extra='<w:spacing w:before="1766" w:after="0" w:line="900" w:lineRule="exact"/>',
    ).replace("<w:r>", '<w:r><w:rPr><w:sz w:val="52"/><w:szCs w:val="52"/></w:rPr>', 1)
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="{RED}"/></w:pBdr>'
    if not signer:
        return mark + EMPTY + EMPTY + para("{{ 发文字号 }}", style="GwCenter", extra=rule) + EMPTY + EMPTY
    ends = f'<w:tabs><w:tab w:val="right" w:pos="{PORTRAIT_WIDTH - 315}"/></w:tabs><w:ind w:left="315"/>'
    both = para(
        "{{ 发文字号 }}", TAB, run("签发人："), run("{{ 签发人 }}", KAITI), style="GwFlush", extra=rule + ends
    )
    return mark + EMPTY + EMPTY + both + EMPTY + EMPTY


def attachments(loop: str = "附件") -> str:
    """附件说明: a line each, the names under one another; nothing where there is none."""
    first, rest = '<w:ind w:left="2205" w:hanging="1575"/>', '<w:ind w:left="2205" w:hanging="630"/>'
    return when(
        loop,
        GAP,
        para(f"{{%p for 件 in {loop} %}}"),
        para("{%p if loop.first %}"),
        para("附件：{{ loop.index }}.{{ 件 }}", extra=keep(first)),
        para("{%p else %}"),
        para("{{ loop.index }}.{{ 件 }}", extra=keep(rest)),
        para("{%p endif %}"),
        para("{%p endfor %}"),
    )


def signed(body: str = "{{ 发文机关 }}", note: str = "") -> str:
    """The signature, with room for a seal of 45 mm above and below its middle; ``note`` (附注) stays with it."""
    day = signature(body, "{{ 成文日期 }}")
    if note:
        style = '<w:pStyle w:val="GwSign"/>'
        at = day.rindex(style) + len(style)
        day = day[:at] + "<w:keepNext/>" + day[at:] + para(note)
    return GAP + GAP + day


# --- 核查评估情况报告 --------------------------------------------------------------------------------------------------


def assessment_report() -> bytes:
    money = [
        number(),
        column("年度", 1000),
        column("资金来源", 3244, left=True),
        column("金额", 1500, head="金额\n（万元）", small=True),
        column("凭据", 2500, left=True),
    ]
    assets = [
        number(),
        column("资产名称", 1700, left=True),
        column("单位", 880),
        column("数量", 1100, small=True),
        column("原值", 1340, head="原值\n（万元）", small=True),
        column("现状", 1524, left=True),
        column("权属和确权登记", 1700, head="权属和\n确权登记", left=True),
    ]
    debts = [
        number(),
        column("类型", 700),
        column("对方名称", 2200, head="债权人或债务人", left=True),
        column("金额", 1340, head="金额\n（万元）", small=True),
        column("凭据", 1600, left=True),
        column("处理意见", 1404, head="纠纷和\n处理意见", left=True),
        column("是否结清", 1000, head="是否\n结清"),
    ]
    wishes = [
        number(),
        column("利益相关方", 2000, left=True),
        column("诉求", 3000, left=True),
        column("核实和处理意见", 3244, left=True),
    ]
    held = [
        ("债权合计", "债权合计"),
        ("其中未结清", "未结清债权金额"),
        ("债务合计", "债务合计"),
        ("其中未结清", "未结清债务金额"),
    ]
    return package(
        title("{{ 项目名称 }}\n核查评估情况报告")
        + EMPTY
        + h1("一、核查评估工作情况")
        + para(
            "{% if 委托单位 %}受{{ 委托单位 }}委托，{% endif %}{{ 核查评估单位 }}于{{ 核查时间 }}对{{ 项目名称 }}进行了核查评估，"
            "参加人员：{{ 核查评估人员|join('、') }}。"
        )
        + lines("核查方法")
        + h1("二、项目基本情况")
        + para(ABOUT)
        + lines("项目现状")
        + h1("三、发展停滞、失败淘汰的主要原因")
        + lines("主要原因")
        + h1("四、投入帮扶资金数额")
        + para("经核查，该项目投入帮扶资金{{ 投入帮扶资金 }}万元{% if 资金明细 %}，明细如下{% endif %}。")
        + when("资金明细", grid(money, "资金明细", total(money, {"金额\n（万元）": "资金合计"})) + TINY)
        + h1("五、资产现状及确权情况")
        + lines("资产现状")
        + when("资产清单", grid(assets, "资产清单", total(assets, {"原值\n（万元）": "资产原值合计"})) + TINY)
        + para("资产权属：{{ 资产权属 }}。")
        + lines("确权情况")
        + h1("六、债权债务纠纷情况")
        + when("债权债务清单", para(DEBTS), grid(debts, "债权债务清单", apart(debts, held)) + TINY)
        + when("债权债务纠纷", lines("债权债务纠纷"), otherwise=(para("没有债权债务纠纷。"),))
        + h1("七、利益相关方诉求")
        + when(
            "诉求清单", grid(wishes, "诉求清单") + TINY, otherwise=(para("核查中没有利益相关方提出诉求。"),)
        )
        + h1("八、处置建议")
        + para("建议认定为{{ 建议类别 }}。")
        + lines("处置建议")
        + attachments()
        + para("以上情况由核查评估单位签字盖章确认。", extra=keep())
        + seals(
            ("核查评估单位", "{{ 核查评估单位 }}", ("负责人（签字）", "核查评估人员（签字）")),
            day="{{ 成文日期 }}",
        )
        + TINY
    )


# --- 资产处置方案的请示 ------------------------------------------------------------------------------------------------


def disposal_request() -> bytes:
    return package(
        red_head(signer=True)
        + title("{{ 发文机关 }}关于审定\n{{ 项目名称 }}\n资产处置方案的请示")
        + EMPTY
        + para("{{ 主送机关 }}：", style="GwFlush")
        + para(
            "按照分类推进帮扶产业的要求，我单位拟定了{{ 项目名称 }}资产处置方案，现随文报上，请予审定。有关情况如下："
        )
        + h1("一、项目基本情况")
        + para(ABOUT)
        + lines("项目现状")
        + h1("二、申报和核查情况")
        + lines("申报核查情况")
        + h1("三、资产处置方案要点")
        + each("段 in 方案要点", para("{{ loop.index }}.{{ 段 }}"))
        + h1("四、请示事项")
        + each("段 in 请示事项", para("{{ loop.index }}.{{ 段 }}"))
        + para("妥否，请批示。", extra=keep())
        + attachments()
        + signed(note="（联系电话：{{ 联系电话 }}；联系人：{{ 镇街机关 }}{{ 联系人 }}）")
        + GAP
        + imprint()
    )


# --- 退出协议、替代项目协议 ------------------------------------------------------------------------------------------------


def parties() -> str:
    """The parties, one below another, the third only where there is one."""

    def one(word: str) -> str:
        return para(run(f"{word}：", HEITI), f"{{{{ {word} }}}}", style="GwFlush") + para(
            f"负责人：{{{{ {word}负责人 }}}}　　联系电话：{{{{ {word}电话 }}}}", style="GwFlush"
        )

    about = "".join(
        para(run(f"{word}：", HEITI), f"{{{{ {word} }}}}", style="GwFlush")
        for word in ("项目名称", "项目编号")
    )
    return (
        about
        + one("甲方")
        + one("乙方")
        + when("丙方", para(run("丙方（见证方）：", HEITI), "{{ 丙方 }}", style="GwFlush"))
    )


def hands() -> str:
    """Where the parties sign and seal; the witness only where there is one."""
    label, seal = 2100, SEAL + 120
    room = PORTRAIT_WIDTH - label - seal
    whole = seals(
        ("甲方", "{{ 甲方 }}", ("负责人（签字）",)),
        ("乙方", "{{ 乙方 }}", ("负责人（签字）",)),
        ("丙方（见证方）", "{{ 丙方 }}", ("负责人（签字）",)),
    )
    last = whole.rindex("<w:tr>")
    end = whole.rindex("</w:tbl>")
    assert room > 0
    return (
        whole[:last]
        + control_row("{%tr if 丙方 %}", PORTRAIT_WIDTH, 3)
        + whole[last:end]
        + control_row("{%tr endif %}", PORTRAIT_WIDTH, 3)
        + whole[end:]
    )


def exit_agreement() -> bytes:
    assets = [
        number(),
        column("资产名称", 2200, left=True),
        column("规格型号", 1500, left=True),
        column("单位", 880),
        column("数量", 1100, small=True),
        column("现状", 1264, left=True),
        column("移交去向", 1300, left=True),
    ]
    debts = [
        number(),
        column("类型", 700),
        column("对方名称", 2100, head="债权人或债务人", left=True),
        column("金额", 1340, head="金额\n（万元）", small=True),
        column("承担和清偿办法", 2024, left=True),
        column("清偿期限", 2080, small=True),
    ]
    held = [("债权合计", "债权合计"), ("债务合计", "债务合计")]
    return package(
        title("{{ 项目名称 }}\n退出协议")
        + EMPTY
        + parties()
        + para(
            "甲乙双方于{{ 原协议日期 }}签订《{{ 原协议名称 }}》，由乙方承接经营{{ 项目名称 }}（位于{{ 项目地点 }}，"
            "{{ 建设年度 }}年建设，投入帮扶资金{{ 投入帮扶资金 }}万元）。因{{ 退出原因 }}，"
            "经双方协商一致，就乙方退出该项目达成如下协议："
        )
        + h1("第一条　原协议的终止和退出时间")
        + para(
            "《{{ 原协议名称 }}》自{{ 终止日期 }}起终止，乙方于{{ 退出期限 }}前退出项目并移交全部项目资产。"
        )
        + h1("第二条　资产移交")
        + para(
            "使用帮扶资金形成的资产归{{ 资产权属 }}所有，乙方按下列清单移交，移交时双方清点签字：",
            extra=keep(),
        )
        + grid(assets, "移交资产")
        + TINY
        + when("资产移交约定", lines("资产移交约定"))
        + h1("第三条　债权债务处理")
        + when(
            "债权债务",
            grid(debts, "债权债务", apart(debts, held)) + TINY,
            otherwise=(para("双方确认，该项目没有债权债务。"),),
        )
        + lines("债权债务约定")
        + h1("第四条　土地和设施")
        + lines("土地和设施约定")
        + h1("第五条　违约责任")
        + lines("违约责任")
        + h1("第六条　争议解决")
        + para("本协议履行中发生争议，由双方协商解决；协商不成的，{{ 争议解决 }}。")
        + h1("第七条　其他")
        + when("其他约定", lines("其他约定"))
        + para("本协议一式{{ 份数 }}份，{{ 份数分配 }}，自各方签字盖章之日起生效。", extra=keep())
        + below("签订地点：{{ 签订地点 }}　　　签订日期：{{ 签订日期 }}", keep())
        + hands()
        + TINY
    )


def replacement_agreement() -> bytes:
    money = [
        number(),
        column("出资方", 2400, left=True),
        column("出资方式", 2200, left=True),
        column("金额", 1500, head="金额\n（万元）", small=True),
        column("到位期限", 2144, left=True),
    ]
    return package(
        title("{{ 替代项目名称 }}\n替代项目协议")
        + EMPTY
        + parties()
        + para(
            "{{ 项目名称 }}（位于{{ 项目地点 }}）调整退出后，拟在{{ 替代项目地点 }}引入{{ 替代项目名称 }}。"
            "经甲乙双方协商一致，达成如下协议："
        )
        + h1("第一条　项目内容和期限")
        + para("建设和经营内容：{{ 建设内容 }}。合作期限自{{ 开始日期 }}起至{{ 截止日期 }}止。")
        + h1("第二条　投资")
        + para("项目投资由各方按下表承担：", extra=keep())
        + grid(money, "出资明细", total(money, {"金额\n（万元）": "出资合计"}))
        + TINY
        + h1("第三条　前期谋划和入库管理")
        + lines("前期和入库")
        + h1("第四条　原有资产的使用和确权登记")
        + lines("资产使用和确权")
        + h1("第五条　收益分配和联农带农")
        + lines("收益分配")
        + h1("第六条　绩效评估和监督")
        + lines("绩效评估")
        + h1("第七条　双方权利义务")
        + lines("权利义务")
        + h1("第八条　违约责任")
        + lines("违约责任")
        + h1("第九条　争议解决")
        + para("本协议履行中发生争议，由双方协商解决；协商不成的，{{ 争议解决 }}。")
        + h1("第十条　其他")
        + when("其他约定", lines("其他约定"))
        + para("本协议一式{{ 份数 }}份，{{ 份数分配 }}，自各方签字盖章之日起生效。", extra=keep())
        + below("签订地点：{{ 签订地点 }}　　　签订日期：{{ 签订日期 }}", keep())
        + hands()
        + TINY
    )


# --- 公示、公示无异议证明 -------------------------------------------------------------------------------------------------


def disposal_notice() -> bytes:
    assets = [
        number(),
        column("资产名称", 1664, left=True),
        column("单位", 880),
        column("数量", 1100, small=True),
        column("原值", 1340, head="原值\n（万元）", small=True),
        column("净值或评估值", 1340, head="净值或\n评估值\n（万元）", small=True),
        column("现状", 1020, left=True),
        column("处置方式", 900, head="处置\n方式"),
    ]
    return package(
        title("{{ 项目名称 }}\n资产处置公示")
        + EMPTY
        + para(
            "项目编号{{ 项目编号 }}，{{ 项目名称 }}位于{{ 项目地点 }}，{{ 建设年度 }}年建设，投入帮扶资金{{ 投入帮扶资金 }}万元。"
            "{{ 决定情况 }}现将项目资产处置情况公示如下："
        )
        + h1("一、拟处置的资产")
        + grid(
            assets,
            "资产清单",
            total(assets, {"原值\n（万元）": "资产原值合计", "净值或\n评估值\n（万元）": "资产净值合计"}),
        )
        + TINY
        + h1("二、处置方式和收益分配")
        + lines("处置方式")
        + lines("收益分配")
        + when("债权债务说明", h1("三、债权债务"), lines("债权债务说明"))
        + h1("{% if 债权债务说明 %}四{% else %}三{% endif %}、公示时间、地点和意见反映")
        + para("公示时间：{{ 公示开始日期 }}至{{ 公示截止日期 }}，共{{ 公示天数 }}天。")
        + para("公示地点：{{ 公示地点|join('、') }}。")
        + para(
            "对公示内容有异议的，请在公示期内向{{ 受理单位 }}反映。以单位名义反映的，请加盖公章；以个人名义反映的，请写明姓名和联系电话。"
        )
        + para("联系人：{{ 联系人 }}；联系电话：{{ 联系电话 }}。", extra=keep())
        + para("监督电话：{{ 监督电话 }}。", extra=keep())
        + signed("{{ 公示单位 }}")
    )


def no_objection() -> bytes:
    return package(
        title("{{ 项目名称 }}\n资产处置公示无异议证明")
        + EMPTY
        + para("{{ 出具对象 }}：", style="GwFlush")
        + para(
            "项目编号{{ 项目编号 }}，{{ 项目名称 }}（位于{{ 项目地点 }}）的{{ 公示内容 }}，自{{ 公示开始日期 }}起至{{ 公示截止日期 }}止，"
            "在{{ 公示地点|join('、') }}公示，共{{ 公示天数 }}天。"
        )
        + para(
            "公示期间收到异议{{ 异议件数 }}件{% if 异议件数 == '0' %}，没有单位和个人对公示内容提出异议{% endif %}。"
        )
        + when("公示说明", lines("公示说明"))
        + para("特此证明。", extra=keep())
        + attachments()
        + para(style="GwTiny", extra=keep())
        + side_by_side(
            PORTRAIT_WIDTH, "证明单位：{{ 公示单位 }}", "监督单位：村（居）务监督委员会", day="{{ 成文日期 }}"
        )
        + TINY
    )


# --- 销号申请 ------------------------------------------------------------------------------------------------------


def deregistration_application() -> bytes:
    return package(
        title("{{ 项目名称 }}\n销号申请")
        + EMPTY
        + para("{{ 主送机关 }}：", style="GwFlush")
        + para("现申请{{ 项目名称 }}销号，有关情况报告如下：")
        + h1("一、项目基本情况")
        + para(ABOUT)
        + lines("项目现状")
        + h1("二、认定情况")
        + para("该项目认定为{{ 项目类别 }}，依据：{{ 认定依据 }}。")
        + lines("主要原因")
        + h1("三、资产处置和权属登记情况")
        + lines("资产处置情况")
        + lines("权属登记情况")
        + h1("四、债权债务清偿情况")
        + when(
            "债权债务清单", para("经清理，该项目" + DEBTS), otherwise=(para("经清理，该项目没有债权债务。"),)
        )
        + when(
            "债权债务清单",
            each(
                "行 in 债权债务清单",
                para(
                    "{{ loop.index }}.{{ 行.类型 }}，{{ 行.对方名称 }}，{{ 行.金额 }}万元，{{ 行.是否结清 }}{% if 行.凭据 %}，凭据：{{ 行.凭据 }}{% endif %}{% if 行.处理意见 %}，{{ 行.处理意见 }}{% endif %}。"
                ),
            ),
        )
        + h1("五、遗留问题和档案资料")
        + when("遗留问题", lines("遗留问题"), otherwise=(para("没有遗留问题。"),))
        + lines("档案资料情况")
        + h1("六、申请事项")
        + para("申请将{{ 项目名称 }}销号退出。", extra=keep())
        + attachments()
        + signed("{{ 申请单位 }}", "（联系人：{{ 联系人 }}；联系电话：{{ 联系电话 }}）")
        + GAP
        + opinions("受理单位\n核查意见")
        + TINY
    )


# --- 缺件催办通知、督办清单 ------------------------------------------------------------------------------------------------


def chasing_notice() -> bytes:
    missing = [
        number(),
        column("项目编号", 1720, small=True),
        column("项目名称", 2222, left=True),
        column("缺少的材料", 2222, left=True),
        column("完成时限", 2080, small=True),
    ]
    return package(
        red_head()
        + title("关于补齐淘汰类产业项目归档材料的通知")
        + EMPTY
        + para("{{ 主送机关 }}：", style="GwFlush")
        + para(
            "按照大足区淘汰类产业项目归档目录核对，截至{{ 统计日期 }}，你单位有关项目的归档材料还缺"
            "{{ 缺件数 }}件（见下表）。请于{{ 完成时限 }}前补齐并报送。"
        )
        + grid(missing, "催办清单")
        + TINY
        + each("段 in 办理要求", para("{{ loop.index }}.{{ 段 }}"))
        + para("联系人：{{ 联系人 }}；联系电话：{{ 联系电话 }}。", extra=keep())
        + signed()
        + GAP
        + imprint()
    )


def supervision_list() -> bytes:
    columns = [
        number(640),
        column("议定事项", 2920, left=True),
        column("纪要位置", 1700, left=True),
        column("责任单位", 1700, left=True),
        column("配合单位", 1700, left=True),
        column("完成时限", 2080, small=True),
        column("办理状态", 900, head="办理\n状态"),
        column("备注", 1116, left=True),
    ]
    return package(
        title("{{ 标题 }}")
        + para(
            "会议：{{ 会议名称 }}（{{ 会议日期 }}，{{ 纪要编号 }}）　　项目：{{ 项目名称 }}（{{ 项目编号 }}）",
            style="GwCellLeft",
            extra=keep(SPACE.format(120, 40)),
        )
        + para(
            "督办单位：{{ 督办单位 }}　　更新日期：{{ 更新日期 }}",
            style="GwCellLeft",
            extra=keep(LAST_ABOVE_TABLE),
        )
        + grid(columns, "督办事项")
        + below(
            "共{{ 事项数 }}项，已办结{{ 已办结数 }}项，办理中{{ 办理中数 }}项，未启动{{ 未启动数 }}项，超期{{ 超期数 }}项。　　填表人：{{ 填表人 }}　　审核人：{{ 审核人 }}"
        ),
        landscape=True,
    )


# --- 资产移交清单、债权债务清偿凭证汇总、确权登记表 ---------------------------------------------------------------------------


def side_by_side(whole: int, *words: str, day: str = OPEN_DAY) -> str:
    """Who signs and seals, beside one another, each with a free place of 45 mm for the seal over the date."""
    width = whole // len(words)
    cells = []
    for word in words:
        body = para(run(word, HEITI, 24), style="GwCellLeft", extra="<w:keepNext/>" + SPACE.format(60, 60))
        body += para(
            "负责人（签字）：",
            TAB,
            style="GwCellLeft",
            extra="<w:keepNext/>" + LINE.format(width - 300) + SPACE.format(60, SEAL - 700),
        )
        body += para(
            "（盖章）　　" + day, style="GwCellLeft", extra=SPACE.format(0, 40) + '<w:jc w:val="right"/>'
        )
        cells.append(cell(body, width, top=True))
    return table([width] * len(words), row(*cells, height=SEAL + 500))


def under_title(first: str, second: str) -> str:
    """The two lines between a title and its table."""
    one = para(first, style="GwCellLeft", extra=keep(SPACE.format(120, 0)))
    return one + para(second, style="GwCellLeft", extra=keep(SPACE.format(0, 80)))


def asset_handover() -> bytes:
    columns = [
        number(640),
        column("资产名称", 1900, left=True),
        column("规格型号", 1400, left=True),
        column("单位", 880),
        column("数量", 1160, small=True),
        column("购建年度", 760, head="购建\n年度"),
        column("原值", 1340, head="原值\n（万元）", small=True),
        column("净值或评估值", 1340, head="净值或\n评估值\n（万元）", small=True),
        column("现状", 1236, left=True),
        column("权属", 700),
        column("附带资料", 1400, head="附带资料、\n钥匙等", left=True),
    ]
    return package(
        title("资产移交清单")
        + under_title(
            "项目名称：{{ 项目名称 }}　　项目编号：{{ 项目编号 }}　　地点：{{ 项目地点 }}",
            "移交依据：{{ 移交依据 }}　　移交日期：{{ 移交日期 }}",
        )
        + grid(
            columns,
            "资产清单",
            total(columns, {"原值\n（万元）": "资产原值合计", "净值或\n评估值\n（万元）": "资产净值合计"}),
        )
        + below(
            "本清单共{{ 资产项数 }}项，一式{{ 份数 }}份，移交方、接收方、监交方各执一份。{% if 移交说明 %}说明：{{ 移交说明|join('；') }}{% endif %}",
            keep(),
        )
        + side_by_side(
            LANDSCAPE_WIDTH,
            "移交方：{{ 移交方 }}",
            "接收方：{{ 接收方 }}",
            "监交方：{{ 监交方 }}",
            day="{{ 移交日期 }}",
        )
        + TINY,
        landscape=True,
    )


def settlement_vouchers() -> bytes:
    columns = [
        number(640),
        column("类型", 700),
        column("对方名称", 2000, head="债权人或债务人", left=True),
        column("应清金额", 1340, head="应清金额\n（万元）", small=True),
        column("已清金额", 1340, head="已清金额\n（万元）", small=True),
        column("清偿日期", 2080, small=True),
        column("凭证名称和编号", 2140, left=True, small=True),
        column("凭证页数", 716, head="凭证\n页数"),
        column("是否结清", 900, head="是否\n结清"),
        column("备注", 900, left=True),
    ]

    def totals(kind: str) -> str:
        widths = [one.width for one in columns]
        return row(
            cell(f"{kind}合计", sum(widths[:3]), span=3, style="GwHead"),
            cell(f"{{{{ {kind}应清合计 }}}}", widths[3], style="GwSmall"),
            cell(f"{{{{ {kind}已清合计 }}}}", widths[4], style="GwSmall"),
            cell("未结清笔数", sum(widths[5:7]), span=2, style="GwHead"),
            cell(f"{{{{ 未结清{kind}笔数 }}}}", sum(widths[7:]), span=3),
            height=500,
        )

    return package(
        title("债权债务清偿凭证汇总表")
        + under_title(
            "项目名称：{{ 项目名称 }}　　项目编号：{{ 项目编号 }}　　地点：{{ 项目地点 }}",
            "截至日期：{{ 截至日期 }}",
        )
        + grid(columns, "凭证清单", totals("债权"), totals("债务"))
        + below(
            "债权（应收回的）和债务（应清偿的）分开合计。凭证原件或复印件附后，由{{ 保管单位 }}保管。{% if 情况说明 %}说明：{{ 情况说明|join('；') }}{% endif %}",
            keep(),
        )
        + side_by_side(LANDSCAPE_WIDTH, "填报单位：{{ 填报单位 }}", "镇街审核：{{ 镇街单位 }}")
        + TINY,
        landscape=True,
    )


def title_registration() -> bytes:
    columns = [
        number(),
        column("资产名称", 1364, left=True),
        column("坐落", 1160, left=True),
        column("单位", 880),
        column("数量", 1000, small=True),
        column("原值", 1340, head="原值\n（万元）", small=True),
        column("权属", 700),
        column("登记编号", 1800, head="确权登记编号\n（证号）", small=True),
    ]
    return package(
        title("{{ 项目名称 }}\n资产确权登记表")
        + EMPTY
        + facts(
            *PROJECT,
            [("权利人", "{{ 权利人 }}"), ("权利人类型", "{{ 权利人类型 }}")],
            [("取得方式", "{{ 取得方式 }}"), ("登记日期", "{{ 登记日期 }}")],
            [("登记依据", "{{ 登记依据 }}")],
            [("登记平台\n或登记机构", "{{ 登记机构 }}")],
        )
        + TINY
        + below("　")
        + grid(columns, "资产清单", total(columns, {"原值\n（万元）": "资产原值合计"}))
        + TINY
        + below("{% if 权属说明 %}权属说明：{{ 权属说明|join('；') }}{% else %}　{% endif %}")
        + below(
            "{{ 项目名称 }}（{{ 项目编号 }}）　　填表人：{{ 填表人 }}　　填表日期：{{ 填表日期 }}", keep()
        )
        + opinions("权利人\n确认", "镇街\n审核意见")
        + TINY
    )


# --- 备案表 --------------------------------------------------------------------------------------------------------


def filing_form() -> bytes:
    def long(word: str, name: str) -> Sequence[tuple[str, str]]:
        inner = (
            para(f"{{%p for 段 in {name} %}}", style="GwCellLeft")
            + para("{{ 段 }}", style="GwCellLeft")
            + para("{%p endfor %}", style="GwCellLeft")
        )
        return [(word, inner)]

    return package(
        title("大足区帮扶产业项目\n认定和处置方案备案表")
        + para(
            "报备单位：{{ 报备单位 }}　　　报备日期：{{ 报备日期 }}",
            style="GwCellLeft",
            extra=keep(SPACE.format(120, 80)),
        )
        + facts(
            *PROJECT,
            [("认定类别", "{{ 项目类别 }}"), ("核查评估报告", "{{ 核查评估报告 }}")],
            long("核查评估\n结论", "核查评估结论"),
            long("部门会同\n财政、审计\n集体研究情况", "集体研究情况"),
            [("会议纪要", "{{ 会议纪要 }}")],
            long("处置方案\n要点", "处置方案要点"),
            long("责任单位\n和时限", "责任单位和时限"),
            [("附送材料", "{{ 附送材料|join('；') }}")],
            [("联系人", "{{ 联系人 }}"), ("联系电话", "{{ 联系电话 }}")],
        )
        + TINY
        + below("{{ 项目名称 }}（{{ 项目编号 }}）", keep())
        + opinions("报备单位", "区委农办\n备案意见")
        + TINY
    )


# --- 集中认定纪要 ------------------------------------------------------------------------------------------------------


def collective_minutes() -> bytes:
    mark = para(
        "{{ 发文机关 }}",
        style="GwMark",
        extra='<w:spacing w:before="1766" w:after="0" w:line="900" w:lineRule="exact"/>',
    ).replace("<w:r>", '<w:r><w:rPr><w:sz w:val="60"/><w:szCs w:val="60"/></w:rPr>', 1)
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="{RED}"/></w:pBdr>'
    settled = [
        number(),
        Column("项目名称", 2300, "{{ 行.项目名称 }}", True, under="{{ 行.项目编号 }}"),
        column("镇街和村", 1240, left=True),
        column("认定类别", 1180, small=True),
        column("会议意见", 1100),
        Column(
            "条件和要求",
            2424,
            "{{ 行.条件和要求 }}{% if 行.责任单位 %}（责任单位：{{ 行.责任单位 }}{% if 行.完成时限 %}；完成时限：{{ 行.完成时限 }}{% endif %}）{% elif 行.完成时限 %}（完成时限：{{ 行.完成时限 }}）{% endif %}",
            True,
        ),
    ]
    outcomes = ("同意", "原则同意", "暂缓", "另行研究", "退回修改", "不同意", "听取")
    counted = "".join(
        f"{{% if {word}个数 != 0 %}}，{word}{{{{ {word}个数 }}}}个{{% endif %}}" for word in outcomes
    )
    people = EMPTY + para(run("出席：", HEITI), "{{ 出席|join('，') }}", style="GwNames", extra=keep())
    for word in ("请假", "列席"):
        people += when(
            word,
            para(
                run(f"{word}：", HEITI),
                f"{{{{ {word}|join('，') }}}}",
                style="GwNames",
                extra="<w:keepNext/>",
            ),
        )
    return package(
        mark
        + para("专题会议纪要", style="GwMark")
        + EMPTY
        + para("{{ 纪要编号 }}", style="GwCenter", extra=rule)
        + EMPTY
        + title("{{ 标题 }}")
        + EMPTY
        + para(
            "{{ 会议日期 }}，{{ 主持人 }}在{{ 会议地点 }}主持召开{{ 会议名称 }}，{{ 议题 }}。现将会议议定事项纪要如下："
        )
        + h1("一、会议研究情况")
        + lines("会议听取")
        + each("段 in 会议认为", para("会议认为，{{ 段 }}"))
        + h1("二、逐个项目的认定和处置意见")
        + para(f"会议逐个研究了{{{{ 项目个数 }}}}个项目{counted}。各项目的意见如下：", extra=keep())
        + grid(settled, "项目意见", split=True)
        + TINY
        + when("共同要求", h1("三、会议要求"), each("段 in 共同要求", para("{{ loop.index }}.{{ 段 }}")))
        + people
        + GAP
        + imprint()
    )


# --- 村（社区）会议记录手写表 -------------------------------------------------------------------------------------------------


def village_record_form() -> bytes:
    label = 1500

    def ruled(count: int, height: int = 560) -> str:
        """Lines to write on, in a frame; each is a row, so that a page never ends within one."""
        return table([PORTRAIT_WIDTH], *(row(cell("", PORTRAIT_WIDTH), height=height) for _ in range(count)))

    def boxes(*words: str) -> str:
        return "　".join(f"{BOX}{word}" for word in words)

    def blank(word: str, text: str = "", height: int = 560) -> str:
        return row(
            cell(word, label, style="GwHead"),
            cell(text, PORTRAIT_WIDTH - label, span=3, style="GwCellLeft"),
            height=height,
        )

    def two(one: str, first: str, other: str, second: str) -> str:
        value = (PORTRAIT_WIDTH - 2 * label) // 2
        return row(
            cell(one, label, style="GwHead"),
            cell(first, value, style="GwCellLeft"),
            cell(other, label, style="GwHead"),
            cell(second, value, style="GwCellLeft"),
            height=560,
        )

    value = (PORTRAIT_WIDTH - 2 * label) // 2
    head = table(
        [label, value, label, value],
        blank("项目名称", "{{ 项目名称 }}\n项目编号：{{ 项目编号 }}"),
        blank("议　题", "{{ 会议议题 }}", 700),
        blank(
            "动议来源",
            boxes(
                "村（社区）党组织提议",
                "村（居）民委员会提议",
                "十分之一以上村（居）民或三分之一以上代表联名",
                "其他：　　　　　",
            ),
            760,
        ),
        blank(
            "会议形式",
            boxes(
                "村（社区）党组织会议",
                "村（社区）“两委”会议",
                "党员大会",
                "{{ 居民称呼 }}会议",
                "{{ 居民称呼 }}代表会议",
                "集体经济组织成员（代表）大会",
            ),
            760,
        ),
        blank("会议时间", "　　　　年　　月　　日　　时　　分至　　时　　分"),
        two("会议地点", "", "散会时间", "　　　　时　　　　分"),
        two("主持人", "", "记录人", ""),
        two("应到人数", "　　　　　　　　人", "实到人数", "　　　　　　　　人"),
        blank("缺席人员\n和原因"),
        blank("列席人员"),
    )
    steps = [
        ("党组织提议", ""),
        ("“两委”会议商议", ""),
        ("党员大会审议", ""),
        ("{{ 居民称呼 }}会议或\n{{ 居民称呼 }}代表会议决议", ""),
        ("决议公开", ""),
        ("实施结果公开", ""),
    ]
    widths = [700, 2300, 1900, 2044, 1900]
    chain = table(
        widths,
        row(
            *(
                cell(word, width, style="GwHead")
                for word, width in zip(
                    ("序号", "步骤", "日期", "结果（公开地点）", "负责人签字"), widths, strict=True
                )
            ),
            height=480,
            header=True,
        ),
        *(
            row(
                cell(str(at), widths[0]),
                cell(word, widths[1], style="GwCellLeft"),
                cell("年　　月　　日", widths[2]),
                cell("", widths[3]),
                cell("", widths[4]),
                height=620,
            )
            for at, (word, _) in enumerate(steps, 1)
        ),
    )
    votes = [2211] * 4
    vote = table(
        votes,
        row(
            cell("表决方式", votes[0], style="GwHead"),
            cell(boxes("举手", "无记名投票", "其他：　　　　　"), sum(votes[1:]), span=3, style="GwCellLeft"),
            height=560,
        ),
        row(
            *(
                cell(word, votes[0], style="GwHead")
                for word in ("同意人数", "反对人数", "弃权人数", "表决结果")
            ),
            height=480,
        ),
        row(
            cell("人", votes[0]),
            cell("人", votes[0]),
            cell("人", votes[0]),
            cell("", votes[0]),
            height=620,
        ),
    )
    watch = table(
        [label, PORTRAIT_WIDTH - label],
        row(
            cell("村（居）务\n监督委员会\n意见", label, style="GwHead"),
            cell(
                para(style="GwCellLeft", extra=SPACE.format(900, 0))
                + para(
                    "负责人（签字）：　　　　　　　　　" + DAY,
                    style="GwCellLeft",
                    extra='<w:jc w:val="right"/>',
                ),
                PORTRAIT_WIDTH - label,
            ),
            height=1500,
        ),
    )
    stops = '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="4200"/><w:tab w:val="right" w:leader="underscore" w:pos="8844"/></w:tabs>'
    signers = para("主持人（签字）：", TAB, "　记录人（签字）：", TAB, style="GwFlush", extra=stops)
    names = [1474] * 6
    attendance = table(
        names,
        row(
            *(cell(word, names[0], style="GwHead") for word in ("姓名", "签字") * 3), height=480, header=True
        ),
        *(row(*(cell("", names[0]) for _ in range(6)), height=600) for _ in range(12)),
    )
    officials = [1800, 3644, 3400]
    town = table(
        officials,
        row(
            *(
                cell(word, width, style="GwHead")
                for word, width in zip(("姓名", "单位及职务", "签字"), officials, strict=True)
            ),
            height=480,
            header=True,
        ),
        *(row(*(cell("", width) for width in officials), height=600) for _ in range(3)),
    )
    return package(
        title("{{ 镇街 }}{{ 村 }}会议记录")
        + para(
            "（手写，用蓝黑或黑色墨水；四议两公开各步骤每次会议一份）",
            style="GwCell",
            extra=keep(SPACE.format(60, 80)),
        )
        + head
        + TINY
        + h1("一、发言记录（写明发言人姓名）")
        + ruled(22)
        + TINY
        + h1("二、表决情况")
        + vote
        + TINY
        + h1("三、会议决议")
        + ruled(7)
        + TINY
        + h1("四、四议两公开办理情况")
        + chain
        + TINY
        + h1("五、监督意见")
        + watch
        + TINY
        + EMPTY
        + signers
        + para("六、参会人员签字", style="GwH1", extra="<w:pageBreakBefore/>")
        + attendance
        + TINY
        + h1("七、镇街参会人员签字")
        + town
        + TINY
    )


MAKERS: dict[str, Callable[[], bytes]] = {
    "assessment-report": assessment_report,
    "disposal-request": disposal_request,
    "exit-agreement": exit_agreement,
    "replacement-agreement": replacement_agreement,
    "disposal-notice": disposal_notice,
    "no-objection": no_objection,
    "deregistration-application": deregistration_application,
    "chasing-notice": chasing_notice,
    "supervision-list": supervision_list,
    "asset-handover": asset_handover,
    "settlement-vouchers": settlement_vouchers,
    "title-registration": title_registration,
    "filing-form": filing_form,
    "collective-minutes": collective_minutes,
    "village-record-form": village_record_form,
}
