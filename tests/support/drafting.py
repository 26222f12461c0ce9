"""Documents made of the examples (生成公文)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from archivist.core.archive.lists import ArchiveLists, archive_lists
from archivist.core.archive.rules import Fonds
from archivist.core.catalogue.itemname import item_name
from archivist.core.checks import findings_of, run_checks
from archivist.core.checks.values import ProjectFile
from archivist.core.decision import About, Decision, Deregistration
from archivist.core.document import Holding
from archivist.core.drafts.closing import Closing, closing
from archivist.core.gate import Judged, Reason, decision
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
from archivist.workspace.archivebook import load_archive
from archivist.workspace.rulebook import load_annex
from support.checking import IN_ORDER, RULES, whole
from support.places import ROOT

KINDS = load_kinds(ROOT / "schemas", ROOT / "doc_templates")


SLUGS = [kind.slug for kind in KINDS]


EXAMPLES = ROOT / "tests" / "templates" / "examples"


ANNEX = load_annex(ROOT / "schemas")


TODAY = date(2024, 12, 20)


NO_FONDS = Fonds()
"""An office that has set nothing."""


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


def asks_for_more(slug: str) -> bool:
    """Whether a kind has places that print 【待填】 when nobody fills them in; what is written by hand has none."""
    fields = find_kind(KINDS, slug).fields
    return any(one.open for field in fields for one in (field, *field.columns))


def closed(project: Project = PROJECT, file: ProjectFile | None = None, decided: bool = True) -> Closing:
    """What papers that close a project print: of a whole file, or of ``file``; with the decision made on it."""
    file = file or whole(IN_ORDER)
    papers = tuple(_of(project, one) for one in file.documents)
    file = replace(
        file, code=project.code, name=project.name, category="淘汰类", register=project, documents=papers
    )
    if decided:
        passed = passing(project, file)
        file = replace(file, gate=Deregistration(project.code, passed.at, passed.actor, passed))
    return closing(file, RULES, project, findings_of(file, RULES, TODAY), {})


def _of(project: Project, one: Holding) -> Holding:
    """A document of the project, scanned, with a title and bytes of its own."""
    title = one.title or item_name(ANNEX.item(one.item or 1), project)
    digest = sha256(one.id.encode()).hexdigest()
    scan = replace(one.file, kind="pdf", sha256=digest)
    named = tuple(replace(guess, project=project.code) for guess in one.candidates)
    return replace(one, project=project.code, title=title, file=scan, path_sha256=digest, candidates=named)


def passing(project: Project, file: ProjectFile) -> Decision:
    """The decision of the gate on a file: whatever the checks find was passed with a reason."""
    checks = run_checks(file, RULES, TODAY)
    reasons = tuple(Reason(finding, "已看过原件") for one in checks for finding in one.findings)
    about = About(project.code, "淘汰类", project.name, project.township, project.village, project.department)
    called = {item.number: item_name(item, project) for item in ANNEX.items}
    proof = {
        "at": "2024-12-18T10:00:00+08:00",
        "actor": "覃立新",
        "hashed": {"files": 9, "bytes": 12345},
        "rules": dict.fromkeys(("annex4.toml", "procedure.toml"), "ab" * 32),
        "head": {"seq": 41, "hash": "cd" * 32},
        "software": "1",
    }
    return decision(file, about, called, RULES, checks, Judged((), (), reasons), proof)


ARCHIVE = load_archive(ROOT / "schemas" / "archive.toml", [item.number for item in ANNEX.items])


def listed(
    project: Project = PROJECT, fonds: Fonds = NO_FONDS, file: ProjectFile | None = None
) -> ArchiveLists:
    """What the lists of an archive say of a whole file, or of ``file``, whose papers have no numbers yet."""
    file = file or whole(IN_ORDER)
    papers = tuple(_of(project, one) for one in file.documents)
    file = replace(file, code=project.code, name=project.name, documents=papers)
    return archive_lists(file, project, (), {}, ANNEX.items, fonds, ARCHIVE)


def make(slug: str, data: Mapping[str, object] | None = None, project: Project = PROJECT) -> bytes:
    kind = find_kind(KINDS, slug)
    rows = catalogue_rows(ANNEX.items, ENTRIES, project)
    filled = read_data(EXAMPLES / f"{slug}.yaml") if data is None else data
    draft = build_context(kind, project, rows, filled, TODAY, closing=closed(project), lists=listed(project))
    return render(kind, draft)
