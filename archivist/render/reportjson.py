"""A report as JSON Lines: its records, one a line, UTF-8."""

from __future__ import annotations

import json
from typing import BinaryIO

from archivist.core.reports.report import Report


def write(report: Report, stream: BinaryIO) -> None:
    """Write the records of ``report``, each as it is read."""
    for record in report.records():
        stream.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
