# ruff: noqa: E501 - wording and XML in one line read better than broken ones
"""The first edition of doc_templates/*.docx. Officers edit these in Word afterwards: they are the templates.

Run ``python tests/templates/make_templates.py FOLDER`` to see the first edition again; it never overwrites.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import make_closing
import make_volume

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
    section,
    table,
)

ABOVE_TABLE = '<w:spacing w:before="120" w:after="60" w:line="300" w:lineRule="exact"/>'
"""Room around the line between a title and its table."""
BELOW_TITLE = '<w:spacing w:before="120" w:after="40" w:line="300" w:lineRule="exact"/>'
LAST_ABOVE_TABLE = '<w:spacing w:before="0" w:after="80" w:line="300" w:lineRule="exact"/>'
FOOT = (
    '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="0" w:bottomFromText="0" w:vertAnchor="margin" '
    'w:horzAnchor="page" w:tblpX="1588" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
)
"""Makes a table stand on the lower edge of the text area of the page its anchor is on."""
EMPTY = para(style="GwFlush")


def keep(style_extra: str = "") -> str:
    """Paragraph properties that hold it on one page with the next one."""
    return "<w:keepNext/>" + style_extra


GAP = para(style="GwFlush", extra=keep())


def each(loop: str, *paragraphs: str) -> str:
    """The paragraphs once for every entry; the marks themselves leave no line behind."""
    return para(f"{{%p for {loop} %}}") + "".join(paragraphs) + para("{%p endfor %}")


def when(condition: str, *paragraphs: str, otherwise: tuple[str, ...] = ()) -> str:
    """The paragraphs only if ``condition`` holds, else those of ``otherwise``."""
    middle = para("{%p else %}") + "".join(otherwise) if otherwise else ""
    return para(f"{{%p if {condition} %}}") + "".join(paragraphs) + middle + para("{%p endif %}")


def title(text: str) -> str:
    return para(text, style="GwTitle")


def h1(text: str) -> str:
    return para(text, style="GwH1")


def lines(name: str) -> str:
    return each(f"段 in {name}", para("{{ 段 }}"))


def signature(body: str, day: str) -> str:
    """Issuer and date: the date four characters from the right edge, the issuer centred over it."""
    place = f'<w:ind w:left="{PORTRAIT_WIDTH - 4960}"/>'
    return para(body, style="GwSign", extra=keep(place)) + para(day, style="GwSign", extra=place)


# --- 会议记录 -------------------------------------------------------------------------------------------------------


def village_record() -> bytes:
    label, value = 1560, (PORTRAIT_WIDTH - 2 * 1560) // 2
    wide = PORTRAIT_WIDTH - label

    def pair(one: str, first: str, two: str, second: str) -> str:
        return row(
            cell(one, label, style="GwHead"),
            cell(first, value, style="GwCellLeft"),
            cell(two, label, style="GwHead"),
            cell(second, value, style="GwCellLeft"),
            height=520,
        )

    def single(one: str, text: str) -> str:
        return row(cell(one, label, style="GwHead"), cell(text, wide, span=3, style="GwCellLeft"), height=520)

    facts = table(
        [label, value, label, value],
        single("会议名称", "{{ 会议名称 }}"),
        pair("会议时间", "{{ 会议时间 }}", "会议地点", "{{ 会议地点 }}"),
        pair("主持人", "{{ 主持人 }}", "记录人", "{{ 记录人 }}"),
        pair("应到人数", "{{ 应到人数 }}", "实到人数", "{{ 实到人数 }}"),
        pair("缺席人数", "{{ 缺席人数 }}", "缺席原因", "{{ 缺席原因 }}"),
        single("列席人员", "{{ 列席人员|join('、') }}"),
        single("项目名称", "{{ 项目名称 }}"),
        pair("项目编号", "{{ 项目编号 }}", "建设年度", "{{ 建设年度 }}"),
    )
    stops = '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="4200"/><w:tab w:val="right" w:leader="underscore" w:pos="8844"/></w:tabs>'
    line = "<w:r><w:tab/></w:r>"
    hands = para(
        "主持人（签字）：",
        line,
        "　记录人（签字）：",
        line,
        style="GwFlush",
        extra=f"<w:keepNext/>{stops}",
    )
    return package(
        title("{{ 镇街 }}{{ 村 }}会议记录")
        + EMPTY
        + facts
        + h1("一、会议议题")
        + lines("会议议题")
        + h1("二、发言记录")
        + each("言 in 发言记录", para(run("{{ 言.发言人 }}：", KAITI), "{{ 言.内容 }}"))
        + h1("三、表决情况")
        + para(
            "会议应到{{ 应到人数 }}人，实到{{ 实到人数 }}人。采用{{ 表决方式 }}方式表决，同意{{ 同意人数 }}人，"
            "反对{{ 反对人数 }}人，弃权{{ 弃权人数 }}人。{{ 表决结果 }}"
        )
        + h1("四、会议决议")
        + lines("会议决议")
        + _together(
            para("{{ 散会时间 }}散会。"),
            EMPTY,
            hands,
            para("年　　月　　日", style="GwFlush", extra='<w:ind w:right="1260"/><w:jc w:val="right"/>'),
        )
        + h1("五、参会人员签字")
        + _attendance()
        + h1("六、镇街参会人员签字")
        + _officials()
        + para(style="GwTiny")
    )


def _together(*paragraphs: str) -> str:
    """Paragraphs that no page break parts, in Word and LibreOffice: a row without borders that does not split."""
    width = PORTRAIT_WIDTH + 2 * 57
    return table([width], row(cell("".join(paragraphs), width, top=True)), borders={})


def _attendance() -> str:
    name, sign = 1200, 1748
    head = [
        part
        for _ in range(3)
        for part in (cell("姓名", name, style="GwHead"), cell("签字", sign, style="GwHead"))
    ]
    body = [part for at in range(3) for part in (cell(f"{{{{ 组[{at}] }}}}", name), cell("", sign))]
    return table(
        [name, sign] * 3,
        row(*head, height=480, header=True),
        control_row("{%tr for 组 in 出席人员|batch(3, '') %}", PORTRAIT_WIDTH, 6),
        row(*body, height=620),
        control_row("{%tr endfor %}", PORTRAIT_WIDTH, 6),
    )


def _officials() -> str:
    widths = [1800, 3644, 3400]
    return table(
        widths,
        row(
            *(
                cell(word, width, style="GwHead")
                for word, width in zip(("姓名", "单位及职务", "签字"), widths, strict=True)
            ),
            height=480,
            header=True,
        ),
        control_row("{%tr for 人 in 镇街参会人员 %}", PORTRAIT_WIDTH, 3),
        row(
            cell("{{ 人.姓名 }}", widths[0]),
            cell("{{ 人.职务 }}", widths[1]),
            cell("", widths[2]),
            height=620,
        ),
        control_row("{%tr endfor %}", PORTRAIT_WIDTH, 3),
    )


# --- 会议纪要 -------------------------------------------------------------------------------------------------------


def minutes(meeting: str = "会议纪要") -> bytes:
    # The mark's top edge is 35 mm below the text area's top (GB/T 9704-2012, 10.3): 1984 twips, of which the first
    # line's leading is a part.
    mark = para(
        "{{ 发文机关 }}",
        style="GwMark",
        extra='<w:spacing w:before="1766" w:after="0" w:line="900" w:lineRule="exact"/>',
    )
    mark = mark.replace("<w:r>", '<w:r><w:rPr><w:sz w:val="60"/><w:szCs w:val="60"/></w:rPr>', 1)
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="{RED}"/></w:pBdr>'
    head = (
        mark
        + para(meeting, style="GwMark")
        + EMPTY
        + para("{{ 纪要编号 }}", style="GwCenter", extra=rule)
        + EMPTY
        + title("{{ 标题 }}")
        + EMPTY
    )
    body = (
        para(
            "{{ 会议日期 }}，{{ 主持人 }}在{{ 会议地点 }}主持召开{{ 会议名称 }}，研究{{ 议题 }}。现将会议议定事项纪要如下："
        )
        + h1("一、项目基本情况")
        + para(
            "{{ 项目名称 }}（项目编号：{{ 项目编号 }}）位于{{ 项目地点 }}，{{ 建设年度 }}年建设，投入帮扶资金"
            "{{ 投入帮扶资金 }}万元，主管部门为{{ 主管部门 }}，经营主体为{{ 经营主体 }}。"
        )
        + lines("项目现状")
        + h1("二、会议研究情况")
        + lines("会议听取")
        + each("段 in 会议认为", para("会议认为，{{ 段 }}"))
        + h1("三、会议议定事项")
        + each(
            "项 in 议定事项",
            para("{{ 项.事项 }}", style="GwH2"),
            para(
                "{{ 项.内容 }}{% if 项.责任单位 %}（责任单位：{{ 项.责任单位 }}{% if 项.完成时限 %}；完成时限：{{ 项.完成时限 }}{% endif %}）{% elif 项.完成时限 %}（完成时限：{{ 项.完成时限 }}）{% endif %}"
            ),
        )
        + when("工作要求", h1("四、工作要求"), lines("工作要求"))
    )
    people = EMPTY + "".join(
        para(run(f"{word}：", HEITI), f"{{{{ {word}|join('，') }}}}", style="GwNames", extra=keep())
        for word in ("出席",)
    )
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
    return package(head + body + people + GAP + imprint())


def imprint() -> str:
    """版记: who gets it, who printed it and when; the outer rules 0.35 mm, the inner one 0.25 mm.

    Its last rule is the lower edge of the last page's text area (GB/T 9704-2012, 7.4.1).
    """
    left, right = 4422, PORTRAIT_WIDTH - 4422
    day = para("{{ 印发日期 }}印发", style="GwImprint", extra='<w:jc w:val="right"/>')
    return table(
        [left, right],
        control_row("{%tr if 抄送 %}", PORTRAIT_WIDTH, 2),
        row(cell("抄送：{{ 抄送|join('，') }}。", PORTRAIT_WIDTH, span=2, style="GwImprint"), height=480),
        control_row("{%tr endif %}", PORTRAIT_WIDTH, 2),
        row(cell("{{ 印发机关 }}", left, style="GwImprint"), cell(day, right), height=480),
        borders={"top": 8, "bottom": 8, "insideH": 6},
        place=FOOT,
    ) + para(style="GwTiny")


# --- 资产处置方案 ---------------------------------------------------------------------------------------------------


def disposal_plan() -> bytes:
    body = (
        title("{{ 项目名称 }}\n资产处置方案")
        + EMPTY
        + h1("一、项目基本情况")
        + para(
            "{{ 项目名称 }}（项目编号：{{ 项目编号 }}）位于{{ 项目地点 }}，{{ 建设年度 }}年建设，资金来源为{{ 资金来源 }}，"
            "投入帮扶资金{{ 投入帮扶资金 }}万元，主管部门为{{ 主管部门 }}，经营主体为{{ 经营主体 }}。"
        )
        + lines("项目现状")
        + h1("二、资产情况")
        + para(
            "经清理，现有资产{{ 资产项数 }}项，账面原值合计{{ 资产原值合计 }}万元，净值或评估值合计{{ 资产净值合计 }}万元，"
            "明细见附件1。资产权属：{{ 资产权属 }}。"
        )
        + h1("三、认定依据和主要原因")
        + lines("主要原因")
        + para("依据：{{ 认定依据 }}。该项目认定为{{ 项目类别 }}。")
        + h1("四、清产核资和评估情况")
        + para(
            "由{{ 评估单位 }}开展清产核资和评估，基准日为{{ 评估基准日 }}，报告编号为{{ 评估报告编号 }}。{{ 评估结论 }}"
        )
        + h1("五、债权债务清算情况")
        + when(
            "债权债务清单",
            para(
                "经清理，该项目债权合计{{ 债权合计 }}万元、债务合计{{ 债务合计 }}万元，明细见附件2。"
                "{% if 未结清债务笔数 == 0 and 未结清债权笔数 == 0 %}债权债务已全部结清。{% else %}"
                "{% if 未结清债务笔数 != 0 %}尚有{{ 未结清债务笔数 }}笔债务、{{ 未结清债务金额 }}万元没有清偿，{% endif %}"
                "{% if 未结清债权笔数 != 0 %}尚有{{ 未结清债权笔数 }}笔债权、{{ 未结清债权金额 }}万元没有收回，{% endif %}"
                "结清前不予销号。{% endif %}"
            ),
            otherwise=(para("经清理，该项目无债权债务。"),),
        )
        + when("债权债务说明", lines("债权债务说明"))
        + h1("六、处置方式和程序")
        + lines("处置方式")
        + each("步 in 处置程序", para("{{ loop.index }}.{{ 步 }}"))
        + h1("七、处置收益分配和资金管理")
        + lines("收益分配")
        + h1("八、遗留问题和风险防控")
        + when("遗留问题", lines("遗留问题"), otherwise=(para("没有遗留问题。"),))
        + when("替代项目", para("替代项目：{{ 替代项目 }}"))
        + h1("九、组织实施")
        + each(
            "项 in 组织实施",
            para(
                "{{ loop.index }}.{{ 项.工作内容 }}。责任单位：{{ 项.责任单位 }}；责任人：{{ 项.责任人 }}；完成时限：{{ 项.完成时限 }}。"
            ),
        )
        + h1("十、档案归集和销号")
        + para(
            "按照大足区淘汰类产业项目归档目录的八项内容归集档案，由{{ 归档责任单位 }}负责，{{ 归档时限 }}前完成。"
            "档案齐全、债权债务结清、资产处置到位后，按程序销号退出。",
            extra=keep(),
        )
        + GAP
        + para("附件：1.资产清单", extra=keep('<w:ind w:left="1890" w:hanging="1260"/>'))
        + para("2.债权债务清单", extra=keep('<w:ind w:left="1890" w:hanging="315"/>'))
        + GAP
        + signature("{{ 发文机关 }}", "{{ 成文日期 }}")
        + section(ends_here=True)
    )
    return package(body + _assets() + _debts(), landscape=True)


def _attachment(number: int, text: str) -> str:
    # The name is short enough to stand on one line, so that the table begins on the attachment's first page.
    new_page = "<w:pageBreakBefore/>" if number > 1 else ""
    return (
        para(run(f"附件{number}", HEITI), style="GwFlush", extra=f"<w:keepNext/>{new_page}")
        + GAP
        + para(text, style="GwTitle")
        + para(
            "{{ 项目名称 }}（{{ 项目编号 }}）　　金额单位：万元", style="GwCellLeft", extra=keep(ABOVE_TABLE)
        )
    )


def _grid(headings: list[tuple[str, int]], loop: str, cells: list[str], total: str, left: set[int]) -> str:
    widths = [width for _, width in headings]
    assert sum(widths) == LANDSCAPE_WIDTH, sum(widths)
    count = len(widths)
    return table(
        widths,
        row(*(cell(word, width, style="GwHead") for word, width in headings), height=620, header=True),
        control_row(f"{{%tr for 行 in {loop} %}}", LANDSCAPE_WIDTH, count),
        row(
            *(
                cell(text, width, style="GwCellLeft" if at in left else "GwCell")
                for at, (text, width) in enumerate(zip(cells, widths, strict=True))
            ),
            height=520,
        ),
        control_row("{%tr else %}", LANDSCAPE_WIDTH, count),
        row(cell("无", LANDSCAPE_WIDTH, span=count), height=520),
        control_row("{%tr endfor %}", LANDSCAPE_WIDTH, count),
        total,
    )


def _assets() -> str:
    headings = [
        ("序号", 640),
        ("资产名称", 1400),
        ("类别", 640),
        ("规格型号", 1340),
        ("单位", 640),
        ("数量", 760),
        ("购建\n年度", 760),
        ("原值", 1080),
        ("净值或\n评估值", 1080),
        ("权属", 740),
        ("确权登记\n编号", 1176),
        ("现状", 1300),
        ("处置方式", 1200),
    ]
    cells = ["{{ loop.index }}"] + [
        f"{{{{ 行.{name} }}}}"
        for name in (
            "资产名称",
            "类别",
            "规格型号",
            "单位",
            "数量",
            "购建年度",
            "原值",
            "净值或评估值",
            "权属",
            "确权登记编号",
            "现状",
            "处置方式",
        )
    ]
    widths = [width for _, width in headings]
    total = row(
        cell("合　计", sum(widths[:7]), span=7, style="GwHead"),
        cell("{{ 资产原值合计 }}", widths[7]),
        cell("{{ 资产净值合计 }}", widths[8]),
        cell("", sum(widths[9:]), span=4),
        height=520,
    )
    return _attachment(1, "资产清单") + _grid(headings, "资产清单", cells, total, {1, 3, 11, 12})


def _debts() -> str:
    headings = [
        ("序号", 640),
        ("类型", 900),
        ("债权人或债务人", 2700),
        ("金额", 1300),
        ("凭据", 2716),
        ("处理意见", 3200),
        ("是否结清", 1300),
    ]
    cells = ["{{ loop.index }}"] + [
        f"{{{{ 行.{name} }}}}" for name in ("类型", "对方名称", "金额", "凭据", "处理意见", "是否结清")
    ]
    widths = [width for _, width in headings]

    def totals(kind: str) -> str:
        """Of claims and of debts apart: what is owed is never added to what is to be received."""
        return row(
            cell(f"{kind}合计", sum(widths[:2]), span=2, style="GwHead"),
            cell(f"{{{{ {kind}合计 }}}}", widths[2]),
            cell("其中未结清", sum(widths[3:5]), span=2, style="GwHead"),
            cell(f"{{{{ 未结清{kind}金额 }}}}", sum(widths[5:]), span=2),
            height=520,
        )

    total = totals("债权") + totals("债务")
    return (
        _attachment(2, "债权债务清单")
        + _grid(headings, "债权债务清单", cells, total, {2, 4, 5})
        + para(style="GwTiny")
    )


# --- 归档目录 -------------------------------------------------------------------------------------------------------


def catalogue() -> bytes:
    headings = [
        ("序号", 640),
        ("归档内容", 3000),
        ("材料题名", 3000),
        ("日期", 2480),
        ("页数", 820),
        ("原件或\n复印件", 1130),
        ("备注", 1686),
    ]
    widths = [width for _, width in headings]
    marked = [("{% vm %}{{ 项.序号 }}", "GwCell"), ("{% vm %}{{ 项.归档内容 }}", "GwCellLeft")]
    plain = [
        ("{{ 件.题名 }}", "GwCellLeft"),
        *((f"{{{{ 件.{name} }}}}", "GwCell") for name in ("日期", "页数", "原件或复印件")),
        ("{{ 件.备注 }}", "GwCellLeft"),
    ]
    cells = [
        cell(text, width, style=style) for (text, style), width in zip([*marked, *plain], widths, strict=True)
    ]
    info = para(
        "项目名称：{{ 项目名称 }}　　项目编号：{{ 项目编号 }}", style="GwCellLeft", extra=keep(BELOW_TITLE)
    ) + para(
        "镇街、村（社区）：{{ 项目地点 }}　　主管部门：{{ 主管部门 }}",
        style="GwCellLeft",
        extra=keep(LAST_ABOVE_TABLE),
    )
    return package(
        title("大足区淘汰类产业项目归档目录")
        + info
        + table(
            widths,
            row(*(cell(word, width, style="GwHead") for word, width in headings), height=620, header=True),
            control_row("{%tr for 项 in 归档目录 %}", LANDSCAPE_WIDTH, 7),
            control_row("{%tr for 件 in 项.材料 %}", LANDSCAPE_WIDTH, 7),
            row(*cells, height=500),
            control_row("{%tr endfor %}", LANDSCAPE_WIDTH, 7),
            control_row("{%tr endfor %}", LANDSCAPE_WIDTH, 7),
        )
        + para(
            "编制人：{{ 编制人 }}　　　审核人：{{ 审核人 }}　　　编制日期：{{ 编制日期 }}",
            style="GwCellLeft",
            extra='<w:spacing w:before="200" w:after="0" w:line="300" w:lineRule="exact"/>',
        ),
        landscape=True,
    )


# --- 摸底调查表（附件2） ---------------------------------------------------------------------------------------------


SEAL = 2560
"""45 mm, the largest seal there is (区（县）政府): room for it below the words, clear of ticks."""
FORM_NOTES = (
    "1.脱贫攻坚以来，是指2013年以来。",
    "2.存续期，是指帮扶产业经营载体、有关资产尚在，没有完全消亡，处于持续运营或间续运营的时期。",
    "3.导致产业项目闲置或淘汰的主要原因，包括论证不充分、不切合实际，盲目跟风；政策变化，不能继续实施等；有资金支持就管，"
    "无资金来源时就“停摆”，断断续续折腾，长期吸血；技术、人才支撑不够，应对气候变化能力不足；土地租金高、人工成本贵、融资贷款难、"
    "扶持政策“断奶”、市场价格低迷等难以正常经营；缺乏考察论证，盲目引进，市场不认可，产品卖难，业主放弃经营，由镇与村社共同填报。",
    "4.闲置类或淘汰类产业项目债权债务纠纷、现有资产及资产确权、利益相关方诉求等情况，包括现有资产情况，资产确权情况，债权情况，"
    "债务情况，债权债务纠纷情况，利益相关方诉求情况等，由镇和村社共同填报。",
    "5.区县行业主管部门组织专业力量或第三方机构核查评估的情况，由区县行业主管部门填报。",
    "6.主管部门认定情况及工作建议，是指主管部门确定类别，提出巩固、升级、盘活、调整的具体措施。",
)
LEDGER_NOTES = (
    "1.项目编号、项目名称、购建年度、主管单位按项目库提供的信息填写。",
    "2.项目现状和工作举措根据主管部门、区（县）人民政府明确的措施填写。",
    "3.工作进展由各镇街、区级行业主管部门按月进行填报，并同步报区农业农村委备案。",
)
"""填表说明 of 附件2 and 附件3, in the plan's words."""


def form_notes(notes: tuple[str, ...]) -> str:
    """填表说明 below a form, in the plan's words."""
    room = '<w:spacing w:before="80" w:after="0" w:line="260" w:lineRule="exact"/><w:jc w:val="both"/>'
    return para(run("填表说明：", HEITI), run("".join(notes)), style="GwSmall", extra=room)


def survey_form() -> bytes:
    w = [560, 1120, 2100, 1240, 1240, 960, 1624]
    assert sum(w) == PORTRAIT_WIDTH
    label, rest = sum(w[:2]), sum(w[2:])
    flush = '<w:jc w:val="left"/>'

    def tick(field: str, *words: str) -> str:
        chosen = " or ".join(f'{field} == "{word}"' for word in words)
        return f"{{% if {chosen} %}}■{{% else %}}□{{% endif %}}"

    def degree(field: str, word: str, other: str) -> str:
        """一般 or 重大: the one that does not apply is struck out, as people do by hand."""
        struck = f"<w:r><w:rPr><w:strike/></w:rPr><w:t>{word}</w:t></w:r>"
        marks = [run(f"{{%r {mark} %}}") for mark in (f'if {field} == "{other}闲置类"', "else", "endif")]
        return marks[0] + struck + marks[1] + run(word) + marks[2]

    def classes(field: str) -> str:
        return para(
            run(f"优势类{tick(field, '优势类')}   薄弱类{tick(field, '薄弱类')}   闲置类（"),
            degree(field, "一般", "重大") + run("/") + degree(field, "重大", "一般"),
            run(f"）{tick(field, '一般闲置类', '重大闲置类')}  淘汰类{tick(field, '淘汰类')} "),
            style="GwCellLeft",
            extra=keep(),
        )

    def stamp(words: str, width: int) -> str:
        """The words, and below them a free place of 45 mm with 盖章 and the day in its middle, at the right."""
        place = f'<w:ind w:left="{width - SEAL - 114}"/><w:jc w:val="center"/>'
        middle = (SEAL - 600) // 2
        above = f'<w:spacing w:before="{middle}" w:after="0" w:line="300" w:lineRule="exact"/>'
        below = f'<w:spacing w:before="0" w:after="{middle}" w:line="300" w:lineRule="exact"/>'
        return (
            words
            + para("盖章", style="GwCellLeft", extra=keep(above + place))
            + para("　　　年　　月　　日", style="GwCellLeft", extra=below + place)
        )

    def facts(*pairs: tuple[str, str, int, int], first: bool = False) -> str:
        """A row of 项目简介: label, value, and how many columns each takes."""
        cells, at = [], 1
        for word, value, narrow, wide in pairs:
            cells.append(cell(word, sum(w[at : at + narrow]), span=narrow, style="GwHead"))
            at += narrow
            cells.append(cell(value, sum(w[at : at + wide]), span=wide))
            at += wide
        assert at == len(w)
        intro = "项目\n简介" if first else ""
        merge = "restart" if first else "continue"
        return row(cell(intro, w[0], style="GwHead", merge=merge), *cells, height=640)

    def judged(word: str, field: str, first: bool = False) -> str:
        intro = "初步\n认定" if first else ""
        merge = "restart" if first else "continue"
        return row(
            cell(intro, w[0], style="GwHead", merge=merge),
            cell(word, w[1], style="GwHead"),
            cell(stamp(classes(field), rest), rest, span=5, top=True),
        )

    yes, no = tick("是否脱贫村", "是"), tick("是否脱贫村", "否")
    place = para("大足区{{ 镇街 }}{{ 村 }}", style="GwCellLeft", extra=flush) + para(
        f"项目所在村是否为脱贫村：是{yes}  否{no} ", style="GwCellLeft", extra=flush
    )
    wide = [
        ("导致产业项目闲置或淘汰的主要原因", "{{ 主要原因 }}", 1500),
        (
            "闲置类或淘汰类产业项目债权债务纠纷、现有资产及资产确权、利益相关方诉求等情况",
            "{{ 债权债务等情况 }}",
            2200,
        ),
        ("区（县）行业主管部门组织专业力量或第三机构核查评估的情况", "{{ 核查评估情况 }}", 1700),
    ]
    grid = table(
        w,
        facts(("项目名称", "{{ 项目名称 }}", 1, 2), ("项目编号", "{{ 项目编号 }}", 1, 2), first=True),
        facts(("项目地点", place, 1, 3), ("建设\n年度", "{{ 建设年度 }}", 1, 1)),
        facts(
            ("投入帮\n扶资金\n（万元）", "{{ 投入帮扶资金 }}", 1, 1),
            ("项目实施\n主管部门", "{{ 主管部门 }}", 1, 1),
            ("联系人\n及电话", "{{ 联系人及电话 }}", 1, 1),
        ),
        judged("村级初\n步认定", "村级初步认定", first=True),
        judged("镇街认定", "镇街认定"),
        *(
            row(
                cell(word, label, span=2, style="GwHead"),
                cell(text, rest, span=5, style="GwCellLeft"),
                height=height,
                split=True,
            )
            for word, text, height in wide
        ),
        row(
            cell("主管部门认定情况及工作建议", label, span=2, style="GwHead"),
            cell(
                stamp(para("{{ 主管部门认定情况及工作建议 }}", style="GwCellLeft", extra=flush), rest),
                rest,
                span=5,
                top=True,
            ),
        ),
    )
    return package(title("大足区帮扶产业项目摸底调查表") + grid + form_notes(FORM_NOTES))


# --- 管理台账（附件3） -----------------------------------------------------------------------------------------------


def ledger() -> bytes:
    before = [("序号", 440), ("项目编号", 1340), ("项目名称", 1300), ("购建年度", 660), ("资产权属", 760)]
    before += [("主管部门", 800), ("联系人及联系电话", 1300)]
    classes = [(name, 420) for name in ("优势类", "薄弱类", "闲置类", "淘汰类")]
    after = [
        ("闲置类或淘汰类产业项目债权债务纠纷、现有资产及资产确权、利益相关方诉求等情况", 1326),
        ("推进举措", 1050),
        ("目前已取得的成效（请注明截止日期）", 1050),
        ("存在的主要问题及建议", 1050),
    ]
    columns = ["债权债务等情况", "推进举措", "取得的成效", "问题及建议"]
    names = ["", *(name for name, _ in before[1:]), *(name for name, _ in classes), *columns]
    widths = [width for _, width in (*before, *classes, *after)]
    assert sum(widths) == LANDSCAPE_WIDTH
    head = "GwSmallHead"

    def heads(merge: str, middle: list[str]) -> str:
        def outer(columns: list[tuple[str, int]]) -> list[str]:
            return [
                cell(word if merge == "restart" else "", width, style=head, merge=merge)
                for word, width in columns
            ]

        return row(*outer(before), *middle, *outer(after), height=300, header=True)

    cells = ["{{ loop.index }}"] + [f"{{{{ 行.{name} }}}}" for name in names[1:]]
    note = widths[0] + widths[1]
    return package(
        title("大足区推进帮扶产业提质增效管理台账")
        + para(
            "填报单位：{{ 填报单位 }}　　　审核人：{{ 审核人 }}", style="GwCellLeft", extra=keep(BELOW_TITLE)
        )
        + para(
            "填报人及联系电话：{{ 填报人及联系电话 }}　　　更新时间：{{ 更新时间 }}",
            style="GwCellLeft",
            extra=keep(LAST_ABOVE_TABLE),
        )
        + table(
            widths,
            heads("restart", [cell("项目现状", 4 * 420, span=4, style=head)]),
            heads("continue", [cell(name, width, style=head) for name, width in classes]),
            heads("continue", [cell("是/否", width, style=head) for _, width in classes]),
            control_row("{%tr for 行 in 台账 %}", LANDSCAPE_WIDTH, len(widths)),
            row(
                *(cell(text, width, style="GwSmall") for text, width in zip(cells, widths, strict=True)),
                height=520,
                split=True,
            ),
            control_row("{%tr endfor %}", LANDSCAPE_WIDTH, len(widths)),
            row(
                cell("备注说明", note, span=2, style=head),
                cell(
                    "1. 部门原有优势类、薄弱类、闲置类、淘汰类产业项目的数量。2.截至更新时间，目前已盘活和已调整的产业项目数量。\n"
                    "{{ 备注说明|join('；') }}",
                    LANDSCAPE_WIDTH - note,
                    span=len(widths) - 2,
                    style="GwCellLeft",
                ),
                height=520,
            ),
        )
        + form_notes(LEDGER_NOTES),
        landscape=True,
    )


MAKERS: dict[str, Callable[[], bytes]] = {
    "village-record": village_record,
    "township-minutes": minutes,
    "department-minutes": minutes,
    "district-minutes": lambda: minutes("专题会议纪要"),
    "disposal-plan": disposal_plan,
    "catalogue": catalogue,
    "survey-form": survey_form,
    "ledger": ledger,
    "approval-form": make_closing.approval_form,
    "decision": make_closing.decision,
    "archive-list": make_volume.archive_list,
    "volume-cover": make_volume.volume_cover,
    "volume-list": make_volume.volume_list,
    "volume-note": make_volume.volume_note,
}


def makers() -> dict[str, Callable[[], bytes]]:
    """All makers by the kinds' slugs; those of make_papers build on what stands here."""
    import make_papers

    return {**MAKERS, **make_papers.MAKERS}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for slug, make in makers().items():
        with (folder / f"{slug}.docx").open("xb") as stream:
            stream.write(make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
