"""Odd ways of handing papers in: pages out of order, ends missing, saves that grow, blank backs, certified copies."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from PIL import Image

from tests.bench.second import dressing, files, wear
from tests.bench.second.blocks import Paper, Seal
from tests.bench.second.setting import set_paper
from tests.bench.second.sheet import Look, Sheet
from tests.bench.second.textpdf import save_text_pdf
from tests.bench.second.truth import DOCUMENTS, LITTER, VERSION, File
from tests.bench.second.world import Project

if TYPE_CHECKING:
    from tests.bench.second.corpus import Corpus

NUMBERS = ("dash", "page", "slash")


def _long(corpus: Corpus, papers: list[Paper]) -> list[tuple[Paper, Sheet]]:
    """Papers of several pages with printed numbers."""
    found = []
    for paper in papers:
        if paper.landscape or paper.pen or not paper.item:
            continue
        before, paper.numbering = paper.numbering, corpus.chance.choice(NUMBERS)
        sheet = corpus.sheet(paper, 17)
        if len(sheet.images) >= 2:
            found.append((paper, sheet))
        else:
            paper.numbering = before
    return found


def _scan(corpus: Corpus, pages: list[Image.Image], name: str) -> tuple[str, str]:
    kind, worn = wear.choose(wear.SCANS[:3], corpus.chance, corpus.seed)
    name = corpus.free(name)
    files.save_pdf([worn(page, corpus.chance) for page in pages], corpus.inbox / name, 150, 72)
    return name, kind


def misordered(corpus: Corpus, papers: list[Paper], project: Project, number: int) -> list[Paper]:
    """A paper whose pages came out of order, or two through a one-sided feeder; returns what is left."""
    long = _long(corpus, papers)
    if not long:
        return papers
    used, pages = [long[0][0]], long[0][1].images
    order, why = pages[::-1], "2,1"
    if len(pages) >= 3:
        order, why = [pages[0], pages[2], pages[1], *pages[3:]], "1,3,2"
    elif len(long) >= 2 and len(long[1][1].images) == 2 and number % 2:
        other = long[1][1].images
        order, why = [pages[0], other[0], other[1], pages[1]], "duplex"
        used.append(long[1][0])
    name, kind = _scan(corpus, order, f"扫描{corpus.chance.randint(1000, 9999)}.pdf")
    known = [corpus.known(paper, 1, len(order)) for paper in used]
    corpus.truth.files[name] = File(
        DOCUMENTS, known, wait=why, pages=len(order), form="misordered", wear=kind
    )
    return [paper for paper in papers if paper not in used]


def odd(corpus: Corpus, papers: list[Paper], project: Project) -> list[Paper]:
    """One odd way for one paper of several pages, another for a paper of one; returns what is left."""
    long = _long(corpus, papers)
    left = list(papers)
    if long:
        paper, sheet = long[0]
        left.remove(paper)
        way = corpus.chance.choice([_part, _growing, _backs, _photos, _photos])
        way(corpus, paper, sheet, project)
    if left and corpus.chance.random() < 0.5:
        agreements = [paper for paper in left if paper.item in {3, 1} and not paper.landscape]
        if agreements:
            left.remove(agreements[0])
            _copy(corpus, agreements[0], project)
    if len(left) >= 2 and corpus.chance.random() < 0.4:
        _packed(corpus, [left.pop(), left.pop()], project)
    return left


def _photos(corpus: Corpus, paper: Paper, sheet: Sheet, project: Project) -> None:
    """Photographed page by page, numbered in a folder."""
    corpus.photos(paper, sheet, project)


def _part(corpus: Corpus, paper: Paper, sheet: Sheet, project: Project) -> None:
    """Only the beginning, or only the end, was laid on the glass."""
    start = corpus.chance.random() < 0.6
    pages = sheet.images[:-1] if start else sheet.images[-1:]
    name, kind = _scan(corpus, pages, corpus.name(paper, project, "pdf"))
    why = "lacks its end" if start else "lacks its beginning"
    known = [corpus.known(paper, 1, len(pages))]
    corpus.truth.files[name] = File(DOCUMENTS, known, wait=why, pages=len(pages), form="part", wear=kind)


def _growing(corpus: Corpus, paper: Paper, sheet: Sheet, project: Project) -> None:
    """A scanner that saves page 1, then 1 and 2, then all: versions of one paper."""
    kind, worn = wear.choose(wear.SCANS[:3], corpus.chance, corpus.seed)
    pages = [worn(page, corpus.chance) for page in sheet.images]
    stem = f"Scan{corpus.chance.randint(10000, 99999)}"
    names = []
    for count in range(1, len(pages) + 1):
        name = corpus.free(f"{stem}_{count:02d}.pdf")
        files.save_pdf(pages[:count], corpus.inbox / name, 150, 75)
        names.append(name)
    known = [corpus.known(paper, 1, len(pages), kind not in wear.COLOURLESS)]
    corpus.truth.files[names[-1]] = File(DOCUMENTS, known, pages=len(pages), form="growing", wear=kind)
    for count, name in enumerate(names[:-1], 1):
        corpus.truth.files[name] = File(VERSION, of=names[-1], pages=count, form="growing", wear=kind)


def _backs(corpus: Corpus, paper: Paper, sheet: Sheet, project: Project) -> None:
    """Scanned on both sides: a blank back after every page but the last."""
    pages = []
    for page in sheet.images:
        pages += [page, Image.new("RGB", page.size, (250, 250, 247))]
    pages.pop()
    name, kind = _scan(corpus, pages, corpus.name(paper, project, "pdf"))
    known = [corpus.known(paper, 1, len(pages), kind not in wear.COLOURLESS)]
    corpus.truth.files[name] = File(DOCUMENTS, known, pages=len(pages), form="backs", wear=kind)


def _copy(corpus: Corpus, paper: Paper, project: Project) -> None:
    """A certified copy."""
    sheet = corpus.sheet(paper)
    stamp = Seal(project.place.body)
    pages = [wear.copied(page, corpus.chance) for page in sheet.images[:-1]]
    pages.append(dressing.certified(sheet.images[-1], stamp, corpus.chance))
    name = corpus.free(corpus.name(paper, project, "pdf"))
    files.save_pdf(pages, corpus.inbox / name, sheet.dpi, 75)
    known = corpus.known(paper, 1, len(pages))
    known.sealed, known.copy = True, True
    known.owners.append(sorted(stamp.owner.names()))
    corpus.truth.files[name] = File(DOCUMENTS, [known], pages=len(pages), form="copy", wear="certified copy")


def _packed(corpus: Corpus, papers: list[Paper], project: Project) -> None:
    """Two scans in a zip."""
    pack = corpus.free(f"{project.village}报送.zip")
    with zipfile.ZipFile(corpus.inbox / pack, "w") as box:
        for number, paper in enumerate(papers, 1):
            sheet = corpus.sheet(paper)
            pages = [wear.flatbed(page, corpus.chance) for page in sheet.images]
            held = io.BytesIO()
            files.save_pdf(pages, held, sheet.dpi, 75)
            member = f"{number}{paper.title.replace(chr(10), '')[:20]}.pdf"
            box.writestr(member, held.getvalue())
            known = [corpus.known(paper, 1, len(pages))]
            corpus.truth.files[f"{pack}!/{member}"] = File(
                DOCUMENTS, known, pages=len(pages), form="zip", wear="flatbed"
            )
    corpus.truth.files[pack] = File(LITTER, pages=0, form="zip")


def printed(corpus: Corpus, paper: Paper, project: Project) -> None:
    """Printed straight to PDF, unsigned and unsealed; sometimes with radicals for plain characters."""
    look = corpus.chance.choice([Look(), Look("kai", "hei", "heib", 15), Look("song", "bold", "hei", 14)])
    sheet = set_paper(paper, look, 150, corpus.chance)
    radicals = corpus.chance.random() < 0.35
    name = corpus.name(paper, project, "pdf")
    save_text_pdf(sheet, corpus.inbox / name, radicals)
    known = corpus.known(paper, 1, len(sheet.images))
    known.sealed, known.owners = False, []
    known.signed = None if known.signed is None else False
    corpus.truth.files[name] = File(
        DOCUMENTS, [known], pages=len(sheet.images), form="textpdf", wear="radicals" if radicals else "none"
    )
