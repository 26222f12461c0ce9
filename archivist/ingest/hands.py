"""Who did something in a folder (谁放的): as far as the system tells whose the file is; else the folder, without a name.

What is decided so is filing and nothing else, whoever it was: an owner is no signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.authority import FOLDER
from archivist.system.owners import person_who_owns

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.store.vault import Store


@contextmanager
def by_whoever_owns(index: Index, store: Store, path: Path | None) -> Iterator[str]:
    """What is decided within is told as decided by the owner of the file at ``path``; gives their name.

    Nobody is named of what lay in an archive (``path`` is None), nor on a share, where the mount says whose all files are;
    then, and where the owner is no person, it is whom the pass runs for.
    """
    before = index.actor
    account = None if store.on_share or path is None else person_who_owns(path)
    if account is None:
        yield before.name
        return
    index.act_as(replace(before, name=f"{_called(index, account)}（{FOLDER}）"))
    try:
        yield index.actor.name
    finally:
        index.act_as(before)


def _called(index: Index, account: str) -> str:
    """The person whose account it is by the register of people; else the account."""
    found = (one for one in index.people.all() if one.account.casefold() == account.casefold())
    return next((one.name for one in found), account)
