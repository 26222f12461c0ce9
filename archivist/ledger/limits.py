"""How large a register may be: far above a district's, far below what hurts the machine."""

from __future__ import annotations

from archivist.errors import BadInputError

MAX_FILE_BYTES = 100 * 2**20
MAX_CSV_BYTES = 32 * 2**20
MAX_PARTS = 2000
"""Members of an .xlsx package."""
MAX_XML_BYTES = 64 * 2**20
"""All XML of an .xlsx package, unpacked; pictures are not read and do not count."""
MAX_ROWS = 50_000
"""Rows that are not empty, in one sheet."""
MAX_COLUMNS = 200
MAX_MERGED = 200_000
"""Cells covered by merged cells, in one sheet."""


def too_many_rows(name: str) -> BadInputError:
    """Return the refusal of a table that is too long."""
    return BadInputError(
        f"{name} 的行数超过 {MAX_ROWS}，不像项目登记表。请删去多余的行，或分成几个文件再导入。"
    )
