"""Whose a file is, where the system tells (文件的主人): a person's account, or nobody that could be named.

The superuser, accounts of services, the nobody of other computers and the account that the software itself runs as say
nothing of who put a file into a folder. On a share each file has the owner that the mount gives it: not asked there.
"""

from __future__ import annotations

import os
from pathlib import Path

_FIRST_PERSON, _LAST_PERSON = 1000, 59_999
"""User numbers of people, as Linux systems give them (UID_MIN, UID_MAX): those below are services', nobody is above."""


def person_who_owns(path: Path) -> str | None:
    """The account of the person who owns a file; None where the system names no person, as on Windows."""
    try:
        import pwd
    except ImportError:
        return None
    try:
        uid = path.lstat().st_uid
        if not is_a_persons(uid, os.geteuid()):
            return None
        return pwd.getpwuid(uid).pw_name or None
    except (OSError, KeyError):
        return None


def is_a_persons(uid: int, own: int) -> bool:
    """Whether a user number may be that of a person who put something into a folder. ``own``: the software's."""
    return _FIRST_PERSON <= uid <= _LAST_PERSON and uid != own
