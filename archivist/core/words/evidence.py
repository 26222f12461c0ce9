"""Where something was read (依据), as people look it up."""

from __future__ import annotations

from archivist.core.model import Evidence

BY_CODE, BY_NAME, NEAR_NAME, JOINED = (
    "项目编号相符",
    "项目名称相符",
    "项目名称相近",
    "与前一张照片是同一份材料",
)
"""What identification says names a project: its number, its name, nearly its name, another page of the same paper."""
NAMING = (BY_CODE, BY_NAME, JOINED)


def pages(first: int, last: int) -> str:
    """Pages of a source: 第3页, 第3-5页."""
    return f"第{first}页" if first == last else f"第{first}-{last}页"


def cited(evidence: Evidence) -> str:
    """The page, the rule and the words it used."""
    return f"第{evidence.page}页：{evidence.rule}（“{evidence.quote}”）"
