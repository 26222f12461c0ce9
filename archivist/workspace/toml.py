"""The only caller of the TOML library: bytes → a table, or a sentence that says where the writing is wrong."""

from __future__ import annotations

import re
import tomllib
from typing import Any


class TomlError(ValueError):
    """The bytes are no TOML; ``str()`` says in Chinese where."""


def parse_toml(raw: bytes) -> dict[str, Any]:
    """Return the table that ``raw`` (UTF-8, with or without a byte order mark) says.

    Raises:
        UnicodeDecodeError: the bytes are not UTF-8.
        TomlError: they are, and are no TOML.
    """
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        where = f"第 {found[1]} 行第 {found[2]} 列附近" if found else "文件末尾附近，可能没有写完"
        raise TomlError(where) from None
