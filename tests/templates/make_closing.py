# ruff: noqa: E501 - wording and XML in one line read better than broken ones
"""The first edition of the papers that close a project: 销号审批表 and 销号决定, both signed by hand."""

from __future__ import annotations

from archivist.drafts.wordml import (
    HEITI,
    PORTRAIT_WIDTH,
    cell,
    control_row,
    fonts,
    package,
    para,
    row,
    run,
    table,
)

SEAL = 2660
"""47 mm: the largest seal, 45 mm (国发〔1999〕25号), and a little room to set it down."""
TIGHT = '<w:spacing w:before="{}" w:after="{}" w:line="320" w:lineRule="exact"/>'
NEW_PAGE = "<w:pageBreakBefore/>"
PAGE_TITLE = '<w:spacing w:before="0" w:after="80" w:line="440" w:lineRule="exact"/><w:jc w:val="center"/>'
LINE = '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="{}"/></w:tabs>'
TAB = "<w:r><w:tab/></w:r>"
DAY = "年　　　月　　　日"


def code(text: str, size: int) -> str:
    """Digits in one upright face, large enough to be read by eye and by machine."""
    return (
        f'<w:r><w:rPr>{fonts(HEITI, HEITI)}<w:spacing w:val="10"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def heading(text: str) -> str:
    return para(run(text, HEITI, 28), style="GwFlush", extra="<w:keepNext/>" + TIGHT.format(160, 80))


def head_lines(extra: str = "") -> str:
    """The project's number and the root code, on lines of their own, as people and machines find them."""
    return para(
        run("项目编号：{{ 项目编号 }}", HEITI, 24),
        style="GwFlush",
        extra=f"{extra}<w:keepNext/>{TIGHT.format(60, 0)}",
    ) + para(
        run("归档根码：", HEITI, 28),
        code("{{ 归档根码 }}", 30),
        style="GwFlush",
        extra="<w:keepNext/>" + TIGHT.format(60, 100).replace("320", "400"),
    )


def attachment(text: str) -> str:
    return (
        para(run("附件1", HEITI, 28), style="GwFlush", extra=NEW_PAGE + "<w:keepNext/>" + TIGHT.format(0, 60))
        + para(run(text, HEITI, 32), style="GwFlush", extra="<w:keepNext/>" + PAGE_TITLE)
        + para(
            run("{{ 项目名称 }}（{{ 项目编号 }}）", size=24),
            style="GwFlush",
            extra="<w:keepNext/>" + TIGHT.format(0, 100),
        )
    )


def small(text: str) -> str:
    return para(text, style="GwCellLeft", extra="<w:keepLines/>" + TIGHT.format(100, 0))


# --- 销号审批表 ------------------------------------------------------------------------------------------------------


def approval_form() -> bytes:
    return package(
        para("大足区淘汰类产业项目销号审批表", style="GwTitle")
        + head_lines()
        + _about()
        + heading("一、归档目录各项内容")
        + _contents()
        + para(style="GwTiny")  # LibreOffice keeps no heading with what follows directly behind a table
        + heading("二、要说明的事项")
        + _remarks()
        + _opinions()
        + attachment("证据清单")
        + _proofs(
            [("归档\n内容", 700), ("材料编号", 1200), ("文件名", 2500), ("页", 700), ("sha256", 3744)],
            "证据清单",
        )
        + small("归档根码：{{ 归档根码 }}")
        + small("归档根码全码：{{ 归档根码全码 }}")
        + small(
            "归档根码由上表各行的归档内容序号、材料编号和 sha256 计算得出，代表全部证据的每一个字节；不含印有归档根码的审批表本身。"
            "任何一份材料增减或改动，根码都会改变。"
        )
        + small(
            "打印时间：{{ 打印时间 }}。本表打印后逐级签字、盖章，扫描件放进收件箱归档。归档根码与档案不一致的，要重新打印办理。"
        )
        + para(style="GwTiny")
    )


def _about() -> str:
    label, value = 1700, (PORTRAIT_WIDTH - 2 * 1700) // 2

    def single(word: str, name: str) -> str:
        return row(
            cell(word, label, style="GwHead"),
            cell(f"{{{{ {name} }}}}", PORTRAIT_WIDTH - label, span=3, style="GwCellLeft"),
            height=460,
        )

    def pair(one: str, first: str, two: str, second: str) -> str:
        return row(
            cell(one, label, style="GwHead"),
            cell(f"{{{{ {first} }}}}", value, style="GwCellLeft"),
            cell(two, label, style="GwHead"),
            cell(f"{{{{ {second} }}}}", value, style="GwCellLeft"),
            height=460,
        )

    return table(
        [label, value, label, value],
        single("项目名称", "项目名称"),
        pair("镇街、村", "项目地点", "项目类别", "项目类别"),
        pair("建设年度", "建设年度", "投入帮扶资金\n（万元）", "投入帮扶资金"),
        pair("主管部门", "主管部门", "经营主体", "经营主体"),
    )


def _grouped(headings: list[tuple[str, int]], name: str, inner: list[tuple[str, str]], last: str = "") -> str:
    """A row per paper, the number and the name of its item merged over its papers."""
    widths = [width for _, width in headings]
    assert sum(widths) == PORTRAIT_WIDTH, sum(widths)
    marked = [("{% vm %}{{ 项.序号 }}", "GwCell"), ("{% vm %}{{ 项.归档内容 }}", "GwCellLeft")]
    cells = [*marked, *inner]
    count = len(widths)
    return table(
        widths,
        row(*(cell(word, width, style="GwHead") for word, width in headings), height=440, header=True),
        control_row(f"{{%tr for 项 in {name} %}}", PORTRAIT_WIDTH, count),
        control_row("{%tr for 件 in 项.材料 %}", PORTRAIT_WIDTH, count),
        row(
            *(cell(text, width, style=style) for (text, style), width in zip(cells, widths, strict=True)),
            height=420,
        ),
        control_row("{%tr endfor %}", PORTRAIT_WIDTH, count),
        control_row("{%tr endfor %}", PORTRAIT_WIDTH, count),
        *([last] if last else []),
    )


def _contents() -> str:
    headings = [
        ("序号", 620),
        ("归档内容", 2740),
        ("材料名称", 2464),
        ("日期", 1400),
        ("页数", 700),
        ("状态", 920),
    ]
    inner = [("{{ 件.题名 }}", "GwCellLeft")]
    inner += [(f"{{{{ 件.{name} }}}}", "GwCell") for name in ("日期", "页数")]
    return _grouped(headings, "归档情况", [*inner, ("{% vm %}{{ 件.状态 }}", "GwCell")])


def _remarks() -> str:
    """Each with its explanation, or a line to write it on. Nothing is left open where there is nothing to say."""
    line = LINE.format(PORTRAIT_WIDTH)
    wide = TIGHT.format(0, 0).replace("320", "480")
    text = TIGHT.format(40, 0)
    return (
        para("{%p for 行 in 要说明的事项 %}")
        + para(run("{{ loop.index }}. {{ 行.事项 }}", size=24), style="GwFlush", extra=text)
        + para("{%p if 行.说明 %}")
        + para(run("说明：{{ 行.说明 }}", HEITI, 24), style="GwFlush", extra=text)
        + para("{%p else %}")
        + para(run("说明：", HEITI, 24), TAB, style="GwFlush", extra=line + wide)
        + para("{%p endif %}")
        + para("{%p else %}")
        + para(run("核对没有发现要说明的事项。", size=24), style="GwFlush", extra=text)
        + para("{%p endfor %}")
    )


def _opinions() -> str:
    """The chain of the plan's order on a page of its own, which says again what it is about."""
    label, room = 1500, PORTRAIT_WIDTH - 1500 - SEAL - 120
    seal = SEAL + 120
    steps = [
        ("镇街意见", "{{ 镇街单位 }}"),
        ("行业主管部门意见", "{{ 主管部门 }}"),
        ("工作专班（区农业农村委）意见", ""),
        ("区政府意见", ""),
    ]
    left = '<w:ind w:left="80" w:right="80"/>'

    def step(word: str, body: str) -> str:
        named = para(run(word, HEITI, 24), style="GwCell")
        named += para(body, style="GwSmall") if body else ""
        write = para("意见：", style="GwCellLeft", extra=left)
        write += para(
            style="GwCellLeft", extra='<w:spacing w:before="0" w:after="0" w:line="960" w:lineRule="exact"/>'
        )
        stop = LINE.format(room - 200)
        write += para("负责人（签字）：", TAB, style="GwCellLeft", extra=stop + TIGHT.format(0, 140) + left)
        write += para(
            DAY, style="GwCellLeft", extra=TIGHT.format(60, 0) + '<w:ind w:right="200"/><w:jc w:val="right"/>'
        )
        return row(
            cell(named, label),
            cell(write, room),
            cell("", seal),
            height=SEAL,
        )

    head = row(
        cell("", label, style="GwHead"),
        cell("意见、签字和日期", room, style="GwHead"),
        cell("盖章", seal, style="GwHead"),
        height=400,
    )
    return (
        para(
            run("三、审批意见", HEITI, 28),
            style="GwFlush",
            extra=NEW_PAGE + "<w:keepNext/>" + TIGHT.format(0, 40),
        )
        + head_lines()
        + table([label, room, seal], head, *(step(*one) for one in steps))
    )


def _proofs(headings: list[tuple[str, int]], name: str, more: str = "") -> str:
    widths = [width for _, width in headings]
    assert sum(widths) == PORTRAIT_WIDTH, sum(widths)
    digest = para("{{ 件.校验值 }}", style="GwSmall") + more
    cells = [
        cell("{{ 件.序号 }}", widths[0], style="GwSmall"),
        cell("{{ 件.材料编号 }}", widths[1], style="GwSmall"),
        cell(para("{{ 件.文件名 }}", style="GwSmall", extra='<w:jc w:val="left"/>'), widths[2]),
        cell("{{ 件.页 }}", widths[3], style="GwSmall"),
        cell(digest, widths[4]),
    ]
    count = len(widths)
    return table(
        widths,
        row(*(cell(word, width, style="GwSmallHead") for word, width in headings), height=440, header=True),
        control_row(f"{{%tr for 件 in {name} %}}", PORTRAIT_WIDTH, count),
        row(*cells, height=420),
        control_row("{%tr else %}", PORTRAIT_WIDTH, count),
        row(cell("无", PORTRAIT_WIDTH, span=count, style="GwSmall"), height=420),
        control_row("{%tr endfor %}", PORTRAIT_WIDTH, count),
    )


# --- 销号决定 --------------------------------------------------------------------------------------------------------


def decision() -> bytes:
    headings = [
        ("序号", 620),
        ("归档内容", 2300),
        ("材料名称", 2300),
        ("页", 700),
        ("日期", 1324),
        ("签章", 1600),
    ]
    inner = [("{{ 件.题名 }}", "GwCellLeft")]
    inner += [(f"{{{{ 件.{name} }}}}", "GwCell") for name in ("页", "日期")]
    inner += [("{{ 件.签章 }}", "GwCellLeft")]
    original = (
        "{% if 件.原件校验值 %}" + para("收到的原件：{{ 件.原件校验值 }}", style="GwSmall") + "{% endif %}"
    )
    original = (
        para("{%p if 件.原件校验值 %}")
        + para("收到的原件：{{ 件.原件校验值 }}", style="GwSmall")
        + para("{%p endif %}")
    )
    body = TIGHT.format(40, 0).replace("320", "440")
    return package(
        para("大足区淘汰类产业项目销号决定", style="GwTitle")
        + head_lines()
        + para(run("{{ 决定 }}", size=28), style="GwBody", extra=body + '<w:ind w:firstLine="560"/>')
        + heading("一、各项内容依据的材料")
        + _grouped(headings, "证据", inner)
        + para(style="GwTiny")
        + heading("二、核对过的规则")
        + para("{%p for 段 in 核对情况 %}")
        + para(run("{{ 段 }}", size=24), style="GwFlush", extra=TIGHT.format(40, 0))
        + para("{%p endfor %}")
        + heading("三、说明理由的事项")
        + para("{%p for 行 in 说明的理由 %}")
        + para(run("{{ loop.index }}. {{ 行.事项 }}", size=24), style="GwFlush", extra=TIGHT.format(40, 0))
        + para(
            run("理由：{{ 行.理由 }}（{{ 行.说明人 }}）", HEITI, 24),
            style="GwFlush",
            extra=TIGHT.format(20, 40),
        )
        + para("{%p else %}")
        + para(run("无。", size=24), style="GwFlush", extra=TIGHT.format(40, 0))
        + para("{%p endfor %}")
        + _hands()
        + attachment("校验值")
        + _proofs(
            [("归档\n内容", 700), ("材料编号", 1200), ("文件名", 2500), ("页", 700), ("sha256", 3744)],
            "校验值",
            original,
        )
        + small("归档根码：{{ 归档根码 }}")
        + small("归档根码全码：{{ 归档根码全码 }}")
        + small("事件记录末端：{{ 事件末端 }}")
        + para("{%p for 行 in 规则文件 %}")
        + small("规则文件 {{ 行.文件 }}：{{ 行.校验值 }}")
        + para("{%p endfor %}")
        + para(style="GwTiny")
    )


def _hands() -> str:
    """Three to sign, each with the day; held together, and never on a page without words above."""
    widths = [1700, 4544, 2600]
    rows = [
        row(
            cell(word, widths[0], style="GwHead"),
            cell("签字：", widths[1], style="GwCellLeft"),
            cell(DAY, widths[2]),
            height=900,
        )
        for word in ("经　办", "审　核", "批　准")
    ]
    grid = table(widths, *rows).replace(
        '<w:pStyle w:val="GwHead"/>', '<w:pStyle w:val="GwHead"/><w:keepNext/>'
    )
    return heading("四、签字") + grid
