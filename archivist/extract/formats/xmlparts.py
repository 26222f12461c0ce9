"""Parts of an OOXML package, read within bounds and parsed with everything dangerous switched off.

python-docx would refuse macro documents and templates by their content type although they read the same; this
reads the parts themselves.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from archivist.extract import failures
from archivist.extract.failures import Refused

_MAX_PART = 48 << 20
_MAX_NAMES = 20_000
_PROLOGUE = 1 << 16
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>]*\[", re.IGNORECASE)


class Package:
    """An open OOXML zip. ``names`` are its members; reading is bounded by real bytes.

    Raises:
        Refused: cut off, damaged, password.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile:
            raise Refused(failures.TRUNCATED) from None
        self.names = tuple(info.filename for info in self._zip.infolist()[:_MAX_NAMES])
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise Refused(failures.OFFICE_PASSWORD)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """Return a member's bytes; refuse one that unpacks beyond reason, whatever size it declares."""
        with self._zip.open(name) as stream:
            data = stream.read(_MAX_PART + 1)
        if len(data) > _MAX_PART:
            raise Refused(failures.TOO_LARGE)
        return data

    def xml(self, name: str) -> Any:
        """Return a member parsed (no entities, no network, no huge trees), or None when it is not there or
        broken.

        Raises:
            Refused: what no program that writes such files makes: definitions of entities, nesting without end.
        """
        if name not in self.names:
            return None
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
        )
        data = self.read(name)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if defines_entities(data):
                raise Refused(failures.ENTITIES) from None
            if "depth" in str(error).lower():
                raise Refused(failures.NESTED) from None
            return None
        if root.getroottree().docinfo.internalDTD is not None:
            raise Refused(failures.ENTITIES)
        return root


def defines_entities(data: bytes) -> bool:
    """Whether a part begins with definitions of its own (DOCTYPE), which no office program writes; in UTF-16, too."""
    return _DOCTYPE.search(data[:_PROLOGUE].replace(b"\0", b"")) is not None


def local(element: Any) -> str:
    """Return an element's name without its namespace (ordinary and strict OOXML differ only there)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Return an attribute by local name, or ""."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""
