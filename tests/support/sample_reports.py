"""Reports made up of every kind of section, plain and hostile, and one of a whole district."""

from __future__ import annotations

from archivist.core.reports.report import (
    Facts,
    Grid,
    GridCell,
    GridRow,
    Listing,
    Report,
    Section,
    Trend,
    Words,
)
from archivist.core.reports.table import BAD, GOOD, Table

EVIL = (
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "@SUM(A1)",
    "-2+3",
    "\t=1",
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "长" * 300,
    "x" * 300,
    "控\x00\x07\x1b[31m制",
    "半\ud800个",
    "右\u202e左\u2066",
    "]]>&amp;",
    "一\n二",
    '" onmouseover="x',
)
ITEMS = tuple(f"{number} 归档内容{number}" for number in range(1, 9))


def report(*sections: Section, title: str = "题名", unit: str = "某区专班") -> Report:
    return Report("sample", title, unit, "2025-03-31", "依据", ("总的一句。",), sections, lambda: [{"甲": 1}])


def grid(names: tuple[str, ...] = ("石坝镇", "龙井镇"), link: bool = False) -> Grid:
    rows = tuple(
        GridRow(
            name,
            tuple(GridCell((at * 3 + column) % 11, 10 + at % 3) for column in range(9)),
            f"t{at}" if link else "",
        )
        for at, name in enumerate(names)
    )
    return Grid("各镇街、各项归档内容", ("镇街", *ITEMS, "齐全的项目"), rows, "格子里是个数。")


def every_section(words: str = "平常的话") -> tuple[Section, ...]:
    """One of each but pictures, with ``words`` wherever words can stand."""
    table = Table(
        words,
        ("项目编号", words, "份数", "状态"),
        (("A-1", words, 2, "齐全"), ("A-2", None, 3, "缺"), (words, words, 5, words)),
        words,
        (words,),
        tones={"齐全": GOOD, "缺": BAD},
    )
    return (
        Facts(words, ((words, words),)),
        Words(words, (words,)),
        Trend(words, ((words, 1), ("2025年3月", 4)), words),
        Grid(
            words,
            ("镇街", words),
            (GridRow(words, (GridCell(1, 3),)), GridRow("空", (GridCell(0, 0),))),
            words,
        ),
        Listing(words, table, totals=frozenset({"份数"})),
        Listing(words, Table(words, (words,), ())),
    )


def district(townships: int = 27, projects: int = 10) -> Report:
    """A district's page as it is at its largest: so many townships, each with so many projects of long names."""
    names = tuple(f"某某街道{at:02d}" for at in range(townships))
    columns = ("项目编号", "项目名称", "结论", "缺件的项", "待确认的项", "不合格的项", "待核的项", "销号日期")
    months = tuple((f"2024年{month}月", month * 7) for month in range(1, 13))
    lists = tuple(
        Listing(
            f"{name}的项目",
            Table(
                "",
                columns,
                tuple(
                    (
                        f"DZ-2018-{at:02d}{one:02d}",
                        f"{name}某某村黑山羊标准化养殖场项目",
                        "缺3项",
                        "2、4、5",
                        "3",
                        "",
                        "6",
                        "",
                    )
                    for one in range(projects)
                ),
            ),
            anchor=f"t{at}",
            folded=True,
        )
        for at, name in enumerate(names)
    )
    oldest = Table(
        "",
        ("项目编号", "项目名称", "镇街", "结论", "最近一次收到材料", "至今（天）"),
        tuple(
            (
                f"DZ-2018-00{at:02d}",
                "某某街道某某村黑山羊标准化养殖场项目",
                "某某街道00",
                "缺3项",
                "2024-01-02",
                300 + at,
            )
            for at in range(10)
        ),
    )
    note = "月末每一项都有归档材料（或已定免交）的项目数，按事件日志；日志没有记当时检查的结论，所以不论材料合格不合格。"
    return report(
        grid(names, link=True),
        Trend("材料到齐的项目（月末）", months, note),
        Trend("已销号的项目（月末）", months, note),
        Listing("最久没有进展的项目", oldest),
        *lists,
        title="归档材料齐全情况",
    )
