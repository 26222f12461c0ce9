"""The first edition of the lists of an archive: 归档文件目录, 案卷封面, 卷内目录 and 备考表."""

from __future__ import annotations

from archivist.drafts.wordml import (
    HEITI,
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    cell,
    control_row,
    package,
    para,
    row,
    run,
    table,
)

BELOW_TITLE = '<w:keepNext/><w:spacing w:before="80" w:after="80" w:line="300" w:lineRule="exact"/>'
LEFT = '<w:jc w:val="left"/>'
FIGURES = {"档号": 16, "页号": 18}
"""Half-points of columns whose figures are long: a 档号 of 28 characters stands on one line, in whatever face."""


def _list(headings: list[tuple[str, int, str]], total: int) -> str:
    """A row per paper; ``headings`` are (column, width, alignment)."""
    widths = [width for _, width, _ in headings]
    assert sum(widths) == total, sum(widths)
    cells = [
        cell(
            para(run(f"{{{{ 行.{name} }}}}", size=FIGURES.get(name, 0)), style="GwSmall", extra=extra),
            width,
        )
        for name, width, extra in headings
    ]
    count = len(widths)
    return table(
        widths,
        row(
            *(cell(name, width, style="GwSmallHead") for name, width, _ in headings), height=480, header=True
        ),
        control_row("{%tr for 行 in 目录 %}", total, count),
        control_row("{%tr if 行.题名|length > 120 or 行.备注|length > 120 %}", total, count),
        row(*cells, height=440, split=True),  # taller than a page, as likely as not
        control_row("{%tr else %}", total, count),
        row(*cells, height=440),
        control_row("{%tr endif %}", total, count),
        control_row("{%tr else %}", total, count),
        row(cell("没有归档的材料", total, span=count, style="GwSmall"), height=440),
        control_row("{%tr endfor %}", total, count),
    )


def archive_list() -> bytes:
    headings = [
        ("序号", 520, ""),
        ("档号", 2900, ""),
        ("文号", 1450, ""),
        ("责任者", 1560, LEFT),
        ("题名", 2846, LEFT),
        ("日期", 1200, ""),
        ("密级", 560, ""),
        ("页数", 680, ""),
        ("备注", 1040, LEFT),
    ]
    lines = (
        "全宗号：{{ 全宗号 }}　　全宗名称：{{ 全宗名称 }}",
        "年度：{{ 年度 }}　　保管期限：{{ 保管期限 }}{% if 机构 %}　　机构（问题）：{{ 机构 }}{% endif %}　　"
        "编制日期：{{ 编制日期 }}",
        "项目：{{ 项目名称 }}（{{ 项目编号 }}）　　共 {{ 件数 }} 件 {{ 页数 }} 页",
    )
    return package(
        para("归档文件目录", style="GwTitle")
        + "".join(para(run(line), style="GwCellLeft", extra=BELOW_TITLE) for line in lines)
        + _list(headings, LANDSCAPE_WIDTH)
        + para(style="GwTiny"),
        landscape=True,
    )


def volume_list() -> bytes:
    headings = [
        ("顺序号", 640, ""),
        ("文号", 1300, ""),
        ("责任者", 1480, LEFT),
        ("题名", 2484, LEFT),
        ("日期", 1200, ""),
        ("页号", 900, ""),
        ("备注", 840, LEFT),
    ]
    return package(
        para("卷内目录", style="GwTitle")
        + para(run("案卷题名：{{ 案卷题名 }}"), style="GwCellLeft", extra=BELOW_TITLE)
        + para(run("档号：{{ 档号 }}"), style="GwCellLeft", extra=BELOW_TITLE)
        + para(run("全宗：{{ 全宗号 }} {{ 全宗名称 }}"), style="GwCellLeft", extra=BELOW_TITLE)
        + para(run("项目：{{ 项目名称 }}（{{ 项目编号 }}）"), style="GwCellLeft", extra=BELOW_TITLE)
        + _list(headings, PORTRAIT_WIDTH)
        + para(style="GwTiny")
    )


def volume_cover() -> bytes:
    label, value = 1700, (PORTRAIT_WIDTH - 2 * 1700) // 2
    widths = [label, value, label, PORTRAIT_WIDTH - 2 * label - value]

    def pair(one: str, first: str, two: str, second: str) -> str:
        return row(
            cell(one, label, style="GwHead"),
            cell(f"{{{{ {first} }}}}", value),
            cell(two, label, style="GwHead"),
            cell(f"{{{{ {second} }}}}", widths[3]),
            height=760,
        )

    def single(one: str, text: str) -> str:
        return row(cell(one, label, style="GwHead"), cell(text, PORTRAIT_WIDTH - label, span=3), height=760)

    gap = '<w:spacing w:before="0" w:after="0" w:line="1400" w:lineRule="exact"/><w:jc w:val="center"/>'
    big = '<w:spacing w:before="0" w:after="0" w:line="800" w:lineRule="atLeast"/><w:jc w:val="center"/>'
    return package(
        para(run("{{ 全宗名称 }}"), style="GwTitle")
        + para(style="GwFlush", extra=gap.replace("1400", "500"))
        + para(run("{{ 类目名称 }}", HEITI, 36), style="GwFlush", extra=big)
        + para(style="GwFlush", extra=gap)
        + para(run("{{ 案卷题名 }}", HEITI, 44), style="GwFlush", extra=big)
        + para(style="GwFlush", extra=gap)
        + table(
            widths,
            single("项目", "{{ 项目名称 }}（{{ 项目编号 }}）"),
            single("起止日期", "{{ 起止日期 }}"),
            pair("年　度", "年度", "保管期限", "保管期限"),
            pair("件　数", "件数", "页　数", "页数"),
            pair("全宗号", "全宗号", "密　级", "密级"),
            single("档　号", "{{ 档号 }}"),
        )
        + para(style="GwTiny")
    )


def volume_note() -> bytes:
    """What is to say of the papers of a volume or box; whoever arranged and checked them signs by hand."""
    label = 2200
    whole = '{% if 整理方式 == "件" %}'

    def either(piece: str, volume: str) -> str:
        return f"{whole}{piece}{{% else %}}{volume}{{% endif %}}"

    line = '<w:spacing w:before="60" w:after="0" w:line="400" w:lineRule="exact"/>'
    return package(
        para(run(either("备考表", "卷内备考表")), style="GwTitle")
        + para(run("{{ 案卷题名 }}"), style="GwCellLeft", extra=BELOW_TITLE)
        + para(
            run("项目：{{ 项目名称 }}（{{ 项目编号 }}）"),
            style="GwCellLeft",
            extra=BELOW_TITLE,
        )
        + para(run("整理方式：按{{ 整理方式 }}整理"), style="GwCellLeft", extra=BELOW_TITLE)
        + para(
            run(either("盒内文件情况说明", "本卷情况说明"), HEITI, 28),
            style="GwFlush",
            extra="<w:keepNext/>" + line,
        )
        + para("{%p for 段 in 情况说明 %}")
        + para(run("{{ 段 }}", size=24), style="GwFlush", extra=line)
        + para("{%p endfor %}")
        + para("{%p for 段 in 补充说明 %}")
        + para(run("{{ 段 }}", size=24), style="GwFlush", extra=line)
        + para("{%p endfor %}")
        + para(style="GwFlush")
        + table(
            [label, PORTRAIT_WIDTH - label],
            *(
                row(
                    cell(para(run(word), style="GwHead", extra=keep), label),
                    cell("", PORTRAIT_WIDTH - label),
                    height=900,
                )
                for word, keep in (
                    (either("整 理 人", "立 卷 人"), "<w:keepNext/>"),
                    ("检 查 人", "<w:keepNext/>"),
                    (either("日　　期", "立卷时间"), ""),
                )
            ),
        )
        + para(style="GwTiny")
    )
