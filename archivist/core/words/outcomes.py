"""What became of a document (去向), in a word."""

from __future__ import annotations

from collections.abc import Mapping

from archivist.core.model import Status

OUTCOMES: Mapping[str, str] = {
    Status.FILED: "已归档",
    Status.REVIEW: "待确认",
    Status.REJECTED: "退回",
    Status.DUPLICATE: "重复",
}
"""By status; its plain value serves as key as well."""
