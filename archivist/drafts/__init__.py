"""Generated documents (生成公文): from doc_templates/ and schemas/documents/ to the bytes of a Word file.

Heavy libraries are imported where they are used, so that importing this package costs next to nothing.
"""

from __future__ import annotations

from archivist.core.drafts.catalogue import CatalogueEntry, catalogue_rows
from archivist.core.drafts.context import Draft, build_context
from archivist.core.drafts.kinds import DocumentKind
from archivist.core.drafts.sources import Office
from archivist.drafts.data import parse_sets, read_data
from archivist.drafts.kinds import find_kind, load_kinds
from archivist.drafts.output import write_new
from archivist.drafts.render import render
from archivist.drafts.template import check_template

__all__ = [
    "CatalogueEntry",
    "DocumentKind",
    "Draft",
    "Office",
    "build_context",
    "catalogue_rows",
    "check_template",
    "find_kind",
    "load_kinds",
    "parse_sets",
    "read_data",
    "render",
    "write_new",
]
