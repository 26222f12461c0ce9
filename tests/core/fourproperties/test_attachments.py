"""Attachments as papers tell of them: those that are listed, and heads of them."""

from __future__ import annotations

import pytest

from archivist.core.fourproperties.attachments import Attached, attached

LISTED = "附件：1.资产清单\n　　　2．债权债务表\n\n石坝镇人民政府\n2024年11月5日"


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        (["会议纪要\n议定事项"], (0, 0)),
        ([LISTED], (2, 0)),
        ([LISTED, "附件1\n资产清单", "附件 2\n债权债务表"], (2, 2)),
        (["附件：资产清单\n2024年", "附件\n资产清单"], (1, 1)),
        (["附件: 3、清单"], (3, 0)),
        (["附件一：\n清单"], (0, 1)),
        (["见附件：清单"], (0, 0)),
        (["附件：清单\n说明\n5.别的一条"], (1, 0)),
        (["附件：1.5亩土地清单"], (1, 0)),
        (["附 件 ：\n1.清单\n2.表"], (0, 1)),
        ([], (0, 0)),
    ],
)
def test_attachments_are_counted_as_they_are_told(pages: list[str], found: tuple[int, int]) -> None:
    assert attached(pages) == Attached(*found)
