"""Seen, not seen, cannot tell (看到、没看到、看不准): the three honest answers about seals and signatures."""

from __future__ import annotations

from collections.abc import Mapping

from archivist.core.model import Seen

SEEN: Mapping[str, str] = {Seen.YES: "看到了", Seen.NO: "没看到", Seen.UNKNOWN: "看不准"}
"""In sentences (盖章看到了); the plain value serves as key as well."""

THERE: Mapping[str, str] = {Seen.YES: "有", Seen.NO: "无", Seen.UNKNOWN: "不能判断"}
"""In a column of a table."""
