"""使用说明.html: one sheet for people who have never seen the system. A workspace may have a template of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from archivist.core.words.numbers import in_words
from archivist.errors import SettingsError
from archivist.pages.html import TemplateFault, fill_text, listed

if TYPE_CHECKING:
    from pathlib import Path


def guide_html(template: Path, names: Mapping[str, str], folders: Sequence[str]) -> bytes:
    """Return the page.

    Args:
        template: in Jinja2; it may extend ``base.html`` and is given ``names``, ``项数`` and, as ``<li>`` elements,
            ``归档目录``.
        names: what the workspace calls its folders, by the names that templates call them.
        folders: the folders of the catalogue's items (归档内容).

    Raises:
        SettingsError: the template cannot be read or filled.
    """
    try:
        text = template.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"使用说明的模板 {template} 读不出来（{error}）。请检查或重新安装本软件。"
        ) from error
    values = {**names, "归档目录": listed(folders), "项数": in_words(len(folders))}
    try:
        return fill_text(text, **values).encode()
    except TemplateFault as fault:
        if "{%" not in text:
            return _marks_filled(text, values).encode()
        where = f"第 {fault.line} 行" if fault.line else ""
        raise SettingsError(
            f"使用说明的模板 {template} {where}写得不对（{fault}）。请改正，或删掉它，用本软件自带的。"
        ) from fault


def _marks_filled(text: str, values: Mapping[str, str]) -> str:
    """Fill a page from before templates had a language: only known marks ``{{名}}`` mean anything in it."""
    from markupsafe import escape

    return re.sub(
        r"\{\{\s*(\w+)\s*\}\}",
        lambda mark: str(escape(values[mark[1]])) if mark[1] in values else mark[0],
        text,
    )
