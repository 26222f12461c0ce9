"""Documents made of the examples (生成公文)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from archivist.core.project import Category, Project
from archivist.drafts import (
    CatalogueEntry,
    build_context,
    catalogue_rows,
    find_kind,
    load_kinds,
    read_data,
    render,
)
from archivist.workspace.rulebook import load_annex
from support.places import ROOT

KINDS = load_kinds(ROOT / "schemas", ROOT / "doc_templates")


SLUGS = [kind.slug for kind in KINDS]


EXAMPLES = ROOT / "tests" / "templates" / "examples"


ANNEX = load_annex(ROOT / "schemas")


TODAY = date(2024, 12, 20)


PROJECT = Project(
    code="DZ-2018-0017",
    name="珠溪镇青杠岭村黑山羊标准化养殖场项目",
    township="珠溪镇",
    village="青杠岭村",
    category=Category.ELIMINATED,
    year="2018",
    amount=Decimal(865000),
    department="区农业农村委",
    operator="重庆市大足区岭上牧业专业合作社",
    contact="唐守业",
    ownership="村集体",
    poor_village=True,
)


ENTRIES = (
    CatalogueEntry(1, "大足区珠溪镇经营性帮扶产业项目摸底调查表", "2024-11-19", 2, "原件"),
    CatalogueEntry(4, "青杠岭村村民代表会议记录", "2024-11-11", 3, "原件"),
    CatalogueEntry(8, "退出协议", "2024-12-28", 3, "复印件"),
    CatalogueEntry(8, "公示照片", "2024-11-12", None, None),
)


def make(slug: str, data: Mapping[str, object] | None = None, project: Project = PROJECT) -> bytes:
    kind = find_kind(KINDS, slug)
    rows = catalogue_rows(ANNEX.items, ENTRIES, project)
    filled = read_data(EXAMPLES / f"{slug}.yaml") if data is None else data
    return render(kind, build_context(kind, project, rows, filled, TODAY))
