"""Whom people at the folders ask (联系谁) for what they cannot do there: pages and notes call them 管理员.

Who that is the settings say ([workspace] contact); where they do not, whoever looks after the software.
"""

from __future__ import annotations

NOBODY_NAMED = "管理本软件的人"


def whom_to_ask(contact: str) -> str:
    """Who it is, as a sentence names them. ``contact`` is as the settings have it, "" for nobody named."""
    return contact.strip() or NOBODY_NAMED


def on_pages(contact: str) -> str:
    """The sentence at the end of a page."""
    return f"这里办不了的事（写理由、登记日期、改台账、放回原件等），请联系{whom_to_ask(contact)}。"


def on_notes(contact: str) -> str:
    """The sentence at the end of a note."""
    return (
        f"软件不看这份说明，写在里面没有用，拖动文件才算数。看不懂、办不了的，请联系{whom_to_ask(contact)}。"
    )
