"""CSV bytes → a sheet: UTF-8 (with or without BOM), UTF-16 with BOM, GB18030; comma, semicolon or tab."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from archivist.core.register import Row, Sheet
from archivist.errors import BadInputError
from archivist.ledger.limits import MAX_COLUMNS, MAX_ROWS, too_many_rows

_DELIMITERS = ",;\t，"
_PROBED_ROWS = 60


def read_csv(data: bytes, name: str) -> Sheet:
    """Read a CSV file; row numbers count records, as a spreadsheet program shows them.

    Raises:
        BadInputError: the bytes are no text, or the quotes never end.
    """
    text = _decode(data, name)
    delimiter = _delimiter(text)
    try:
        return Sheet("", tuple(_rows(_lone_quotes_doubled(text, delimiter), delimiter, name)))
    except csv.Error:
        raise BadInputError(
            f"{name} 的内容不像 CSV 表格（有超长的单元格或没有配对的引号）。"
            "请用 Excel 或 WPS 另存为 .xlsx 再导入。"
        ) from None


def _decode(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\0") * 100 <= len(text):
            return text.replace("\0", "")
    raise BadInputError(
        f"{name} 不是能读的表格：既不是 .xlsx，也不是 UTF-8 或 GB18030 编码的文字。"
        "请用 Excel 或 WPS 另存为 .xlsx 再导入。"
    )


def _delimiter(text: str) -> str:
    """Return the delimiter that parts the first lines into most cells."""
    head = "\n".join(text.splitlines()[:_PROBED_ROWS])

    def cells(delimiter: str) -> int:
        try:
            return sum(len(record) - 1 for record in _records(head, delimiter))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=cells)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _lone_quotes_doubled(text: str, delimiter: str) -> str:
    """Write cells that hold nothing but one quote (a ditto, typed by hand) as CSV has it, in four.

    Such a quote would begin a cell that swallows all to the next one. It is a cell of its own only where the line has as
    many cells as the table with it, and another number without.
    """
    if '"' not in text:
        return text
    lines = text.splitlines(keepends=True)
    widths = Counter(line.count(delimiter) + 1 for line in lines if line.strip() and '"' not in line)
    width = max(widths, key=lambda one: (widths[one], one), default=0)
    lone = re.compile(
        rf'(?:(?<=^)|(?<={re.escape(delimiter)}))[ \t]*"[ \t]*(?={re.escape(delimiter)}|[\r\n]*$)'
    )
    return "".join(_doubled(line, delimiter, width, lone) for line in lines)


def _doubled(line: str, delimiter: str, width: int, lone: re.Pattern[str]) -> str:
    if '"' not in line or not lone.search(line):
        return line
    doubled = lone.sub('""""', line)
    try:
        as_written, as_doubled = (list(_records(one, delimiter)) for one in (line, doubled))
    except csv.Error:
        return line
    fits = [len(record) for record in as_doubled] == [width]
    return doubled if fits and [len(record) for record in as_written] != [width] else line


def _rows(text: str, delimiter: str, name: str) -> Iterable[Row]:
    kept = 0
    for number, record in enumerate(_records(text, delimiter), start=1):
        if any(cell.strip() for cell in record):
            kept += 1
            if kept > MAX_ROWS:
                raise too_many_rows(name)
            yield Row(number, tuple(record[:MAX_COLUMNS]))
