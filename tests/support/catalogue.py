"""The catalogue's items as the data says them, so that tests of all items go on when there is another one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from archivist.workspace.rulebook import load_items
from support.places import SCHEMAS

ITEMS = load_items(SCHEMAS)
NUMBERS = tuple(rule.number for rule in ITEMS)
REQUIRED = tuple(rule.number for rule in ITEMS if rule.required)
NO_ITEM = max(NUMBERS) + 1
"""A number that no item has."""


def required_but(*there: int) -> tuple[int, ...]:
    """The items that must be there, without those ``there``."""
    return tuple(number for number in REQUIRED if number not in there)


NEW_ITEM = f"""[[item]]
number = {NO_ITEM}
name = "××镇街处置结果公告"
short = "处置结果公告"
remark = "原件"
clause = "附件4第{NO_ITEM}项"
kinds = ["outcome-of-a-test"]
required = true
seal = true
signature = false

"""
NEW_KIND = """[[kind]]
slug = "outcome-of-a-test"
name = "处置结果公告"
endings = ["处置结果公告"]
cues = [["处置结果如下", 3], ["特此公告", 2], ["公告期", 2]]

"""


def with_another_item(folder: Path) -> str:
    """Give a workspace rules of its own whose catalogue has one item more; return what the item's folder is called."""
    own = Path(shutil.copytree(SCHEMAS, folder / "schemas")) / "annex4.toml"
    text = own.read_text("utf-8")
    at = text.index("\n[[kind]]\n") + 1
    own.write_text(f"{text[:at]}{NEW_ITEM}{NEW_KIND}{text[at:]}", "utf-8")
    return f"{NO_ITEM:02d} 处置结果公告"


def with_other_slugs(folder: Path) -> None:
    """Give a workspace rules of its own in which every kind of document has another slug, wherever one is named."""
    own = Path(shutil.copytree(SCHEMAS, folder / "schemas")) / "annex4.toml"
    text = own.read_text("utf-8")
    for slug in re.findall(r'\[\[kind\]\]\nslug = "(\w+)"', text):
        text = text.replace(f'"{slug}"', f'"{slug[::-1]}-renamed"')
    own.write_text(text, "utf-8")
