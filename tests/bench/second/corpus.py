"""One seed of the second corpus on disk: an inbox, the register, and what is true of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random

from PIL import Image

from tests.bench.second import dressing, files, oddities, wear
from tests.bench.second.blocks import Paper, Para
from tests.bench.second.papers import Maker, makers
from tests.bench.second.register import write_register
from tests.bench.second.setting import set_paper
from tests.bench.second.sheet import Look, Sheet
from tests.bench.second.truth import DOCUMENTS, DUPLICATE, PHOTO, STRAY, File, Known, Truth
from tests.bench.second.world import DISTRICT, Case, Project, World

LOOKS = [
    Look(), Look("song", "bold", "hei", 14, 1.7, 26, 24, 28, 26), Look("kai", "hei", "heib", 15, 1.65, 25, 25, 30, 28),
    Look("serif", "bold", "bold", 13, 1.8, 30, 26, 30, 28), Look("micro", "heib", "heib", 12, 1.7, 24, 22, 24, 24),
]  # fmt: skip
LATE_LOOKS = [
    Look("zen", "slant", "zen", 13, 1.75, 26, 26, 26, 26),
    Look("ukai", "heib", "bold", 16, 1.7, 28, 26, 34, 30),
]
BOTH = {"deal land back", "deal exit", "deal mediation", "third deal ended"}
"""Agreements on a project's end: item 3 by their kind, item 8 by the plan's list; either is right."""


_FUND = re.compile(r"(?:投入|帮扶|补助|财政)[^。；\n]{0,14}?资金(\d+(?:\.\d+)?)万元")


class Corpus:
    """Builds one seed under ``folder``: ``inbox``, ``register.xlsx``, ``truth.json``."""

    def __init__(self, seed: int, folder: Path, share: float) -> None:
        self.seed, self.share = seed, share
        self.inbox = folder / "inbox"
        self.inbox.mkdir(parents=True)
        self.chance = Random(f"second corpus {seed}")
        self.world = World(seed)
        self.truth = Truth(seed)
        self.turns: dict[int, Iterator[Maker]] = {}
        self.number = 0
        for item in range(9):
            kinds = makers(item, seed)
            self.chance.shuffle(kinds)
            self.turns[item] = cycle(kinds)
        write_register(self.world, folder / "register.xlsx")

    def build(self) -> Truth:
        """Everything."""
        closing = self.world.closing[: max(3, round(len(self.world.closing) * self.share))]
        waiting: list[tuple[Project, list[Paper]]] = []
        for number, project in enumerate(closing):
            case = Case(self.world, project, Random(f"{self.seed} {project.code}"))
            wanted = self._wanted(number)
            made = [next(self.turns[item])(case) for item in wanted]
            for paper in made:
                dressing.redate(paper, self.chance)
            waiting.append((project, made))
        for (one, papers), (_, others) in zip(waiting[6::7], waiting[7::7], strict=False):
            if len(papers) > 2 and len(others) > 2:
                self._combined([papers.pop(), others.pop()], one)
        for number, (project, papers) in enumerate(waiting):
            self._hand_in(number, project, papers)
        for _ in range(max(4, round(20 * self.share))):
            self._stray()
        self._duplicates()
        self._missing()
        return self.truth

    def _wanted(self, number: int) -> list[int]:
        if number in {2, 9}:
            return [1, 2, 3, 4, 5, 6, 7, 8]
        count = self.chance.choice([3, 3, 4, 4, 5])
        return sorted(self.chance.sample([1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8], count))

    def _hand_in(self, number: int, project: Project, papers: list[Paper]) -> None:
        """One project's papers: some bundled, some out of order, the rest one by one."""
        way = number % 7
        if way == 1 and len(papers) >= 3:
            self._combined(papers[:3], project)
            papers = papers[3:]
        elif way == 3 and len(papers) >= 2:
            self._combined(papers[:2], project)
            papers = papers[2:]
        elif way == 5:
            papers = oddities.misordered(self, papers, project, number)
        elif way in {2, 4, 6}:
            papers = oddities.odd(self, papers, project)
        for paper in papers:
            self._single(paper, project)

    def sheet(self, paper: Paper, points: float = 0) -> Sheet:
        """Its pages, in the look of some office."""
        look = self.chance.choice([*LOOKS, *(LATE_LOOKS if self.seed > 100 else [])])
        if points:
            look = Look(look.body, look.title, look.head, points, 1.9)
        return set_paper(paper, look, self.chance.choice([150, 150, 170, 200]), self.chance)

    def known(self, paper: Paper, first: int, last: int, colour: bool = True) -> Known:
        """What is true of a paper that stands on these pages."""
        seals = paper.seals()
        dark = all(one.look == "dark" for one in seals)
        items = [paper.item] + ([8] if paper.variant in BOTH else [])
        return Known(
            first,
            last,
            paper.projects,
            items,
            paper.dates,
            paper.undated,
            dict(paper.traps),
            paper.outcomes,
            owners=[sorted(one.owner.names()) for one in seals],
            sealed=bool(seals),
            colour=colour and not dark,
            signed=paper.signed(),
            optional=paper.draft,
            names_project=paper.names_project,
            variant=paper.variant,
            loose=paper.loose,
            facts=paper.facts | _fund(paper),
            bodies=_bodies(paper),
        )

    def _single(self, paper: Paper, project: Project) -> None:
        chance = self.chance
        inked = bool(paper.seals()) or paper.signed()
        if not paper.pen and chance.random() < (0.07 if inked else 0.35):
            self._word(paper, project)
            return
        if not paper.pen and chance.random() < 0.08:
            oddities.printed(self, paper, project)
            return
        sheet = self.sheet(paper)
        if chance.random() < 0.3:
            self.photos(paper, sheet, project)
            return
        pages = sheet.images
        kind, worn = wear.choose(wear.SCANS, chance, self.seed)
        if len(pages) == 2 and chance.random() < 0.2 and not paper.landscape:
            pages = [worn(files.side_by_side(pages), chance)]
            form = "a3"
        else:
            pages, form = (
                [
                    worn(wear.noted(page, chance) if chance.random() < 0.08 else page, chance)
                    for page in pages
                ],
                "scan",
            )
        turned = chance.choice([90, 180, 270]) if chance.random() < 0.06 else 0
        if turned:
            pages = [page.rotate(turned, expand=True) for page in pages]
        ending = "tif" if chance.random() < 0.08 and kind not in wear.COLOURLESS else "pdf"
        name = self.name(paper, project, ending)
        if ending == "tif":
            files.save_tiff(pages, self.inbox / name, sheet.dpi)
        else:
            files.save_pdf(pages, self.inbox / name, sheet.dpi, chance.randint(55, 85))
        known = self.known(paper, 1, len(pages), kind not in wear.COLOURLESS)
        if kind == "faxed":
            known.traps[wear.FAXED] = "fax line"
        entry = File(
            DOCUMENTS,
            [known],
            pages=len(pages),
            form=form,
            wear=kind + (f" turned {turned}" if turned else ""),
            texts=texts_of(sheet),
        )
        self.truth.files[name] = entry

    def _word(self, paper: Paper, project: Project) -> None:
        name = self.name(paper, project, "docx")
        files.save_docx(paper, self.inbox / name, self.chance)
        known = self.known(paper, 1, 1)
        known.sealed, known.owners = False, []
        known.signed = None if known.signed is None else False
        self.truth.files[name] = File(DOCUMENTS, [known], whole=True, form="docx", wear="none")

    def photos(self, paper: Paper, sheet: Sheet, project: Project) -> None:
        """Photographed page by page: numbered in a folder, or one picture alone; some with the stamp of a camera app."""
        chance = self.chance
        kind, worn = wear.choose(wear.PHOTOS, chance, self.seed)
        stamped = chance.random() < 0.3
        day = f"2024年12月{chance.randint(1, 28):02d}日"
        names, many = self._photo_names(paper, project, len(sheet.images)), len(sheet.images) > 1
        for number, page in enumerate(sheet.images, 1):
            picture = worn(page, chance)
            if stamped:
                picture = wear.camera_stamp(
                    picture,
                    chance,
                    f"{day} {chance.randint(8, 18):02d}:{number + 20}",
                    f"重庆市大足区·{project.town}{project.village}",
                )
            elif self.seed > 100 and chance.random() < 0.15:
                picture = wear.app_mark(picture, chance)
            files.save_photo(picture, self.inbox / names[number - 1], chance.randint(66, 88))
        known = self.known(paper, 1, 1)
        if stamped:
            known.traps = {
                **known.traps,
                day.replace("年", "-").replace("月", "-").replace("日", ""): "camera stamp",
            }
        self.truth.files[names[0]] = File(
            DOCUMENTS,
            [known],
            whole=many,
            photos=names if many else [],
            form="photo",
            wear=kind + (" stamped" if stamped else ""),
            texts=texts_of(sheet),
        )
        for name in names[1:]:
            self.truth.files[name] = File(PHOTO, of=names[0], whole=True, form="photo", wear=kind)

    def _photo_names(self, paper: Paper, project: Project, count: int) -> list[str]:
        """One name, or names that tell which pictures belong together: a folder and numbers, a stem, one minute."""
        chance = self.chance
        if count == 1:
            return [self.name(paper, project, "jpg")]
        way = chance.choice(["folder", "folder", "stem", "minute"])
        about = re.sub(r'[\\/:*?"<>|\n]', "", paper.title)
        if way == "stem":
            stem = f"{project.village}{about[-8:]}{self._next()}"
            return [f"{stem}（{number}）.jpg" for number in range(1, count + 1)]
        if way == "minute":
            start = (
                f"IMG_202412{chance.randint(1, 28):02d}_{chance.randint(9, 17):02d}{self._next() % 60:02d}"
            )
            return [f"{start}{4 + number * 3:02d}.jpg" for number in range(count)]
        folder = (
            f"{project.village}{chance.choice([about[-10:], about[-10:], '材料', '会议记录'])}{self._next()}"
        )
        (self.inbox / folder).mkdir()
        return [f"{folder}/{number}.jpg" for number in range(1, count + 1)]

    def _combined(self, papers: list[Paper], project: Project) -> None:
        """Several papers in one scan, in a heap's order."""
        kind, worn = wear.choose(wear.SCANS, self.chance, self.seed)
        pages: list[Image.Image] = []
        found: list[Known] = []
        texts: list[list[list[str]]] = []
        for paper in papers:
            sheet = self.sheet(paper)
            first = len(pages) + 1
            pages += [worn(page, self.chance) for page in sheet.images]
            texts += texts_of(sheet)
            found.append(self.known(paper, first, len(pages), kind not in wear.COLOURLESS))
        name = self.free(
            self.chance.choice(
                [
                    f"{project.village}全套资料.pdf",
                    f"{project.village}项目材料扫描件.pdf",
                    f"SKM_C2272412{self.chance.randint(10, 28)}{self.chance.randint(100, 999)}.pdf",
                ]
            )
        )
        files.save_pdf(pages, self.inbox / name, 150, 70)
        self.truth.files[name] = File(
            DOCUMENTS, found, pages=len(pages), form="combined", wear=kind, texts=texts
        )

    def _stray(self) -> None:
        case = Case(self.world, self.chance.choice(self.world.projects), Random(self.chance.random()))
        paper = next(self.turns[0])(case)
        if self.chance.random() < 0.15 and not paper.signed() and not paper.seals():
            name = self.name(paper, case.project, "docx")
            files.save_docx(paper, self.inbox / name, self.chance)
            self.truth.files[name] = File(STRAY, form="docx", wear=paper.stray)
            return
        sheet = self.sheet(paper)
        kind, worn = wear.choose(
            wear.PHOTOS if self.chance.random() < 0.4 else wear.SCANS, self.chance, self.seed
        )
        pages = [worn(page, self.chance) for page in sheet.images]
        photo = len(pages) == 1 and self.chance.random() < 0.5
        name = self.name(paper, case.project, "jpg" if photo else "pdf")
        if photo:
            files.save_photo(pages[0], self.inbox / name, 78, "2024:12:05 10:12:33")
        else:
            files.save_pdf(pages, self.inbox / name, sheet.dpi, 72)
        self.truth.files[name] = File(
            STRAY,
            pages=len(pages),
            form="photo" if photo else "scan",
            wear=f"{kind} {paper.stray}",
            texts=texts_of(sheet),
        )

    def _duplicates(self) -> None:
        whole = [
            name for name, one in self.truth.files.items() if one.role == DOCUMENTS and one.form == "scan"
        ]
        for name in self.chance.sample(whole, min(2, len(whole))):
            other = self.free(f"{Path(name).stem}（1）{Path(name).suffix}")
            (self.inbox / other).write_bytes((self.inbox / name).read_bytes())
            self.truth.files[other] = File(DUPLICATE, of=name, pages=self.truth.files[name].pages)

    def _missing(self) -> None:
        sure: dict[str, set[int]] = {one.code: set() for one in self.world.closing}
        maybe: dict[str, set[int]] = {one.code: set() for one in self.world.closing}
        for entry in self.truth.files.values():
            for known in entry.documents:
                for code in known.projects:
                    settled = known.outcomes.get(code, "同意") in {"同意", "原则同意"}
                    unsure = (
                        bool(entry.wait)
                        or known.optional
                        or known.loose
                        or len(known.items) > 1
                        or not settled
                    )
                    (maybe if unsure else sure)[code].update(known.items)
        for code, items in sure.items():
            self.truth.missing[code] = [item for item in range(1, 8) if item not in items]
            self.truth.open[code] = sorted(maybe[code] - items)

    def _next(self) -> int:
        self.number += 1
        return self.number

    def free(self, name: str) -> str:
        """A name nobody has yet."""
        while (self.inbox / name).exists():
            name = f"{Path(name).stem}_{self._next()}{Path(name).suffix}"
        return name

    def name(self, paper: Paper, project: Project, ending: str) -> str:
        """A name such as people, scanners and telephones give."""
        chance = self.chance
        day = f"202412{chance.randint(1, 28):02d}"
        stamp = f"{day}{chance.randint(80000, 180000):06d}"
        title = paper.name.replace("/", "")[:40]
        if ending == "jpg":
            stems = [
                f"IMG_{day}_{chance.randint(80000, 180000):06d}",
                f"微信图片_{stamp}",
                f"mmexport17{chance.randint(10**10, 10**11 - 1)}",
                title,
            ]
        elif ending == "docx":
            stems = [title, f"{project.village}{title}", f"新建文档{self._next()}", f"{title}（定稿）"]
        else:
            stems = [
                title,
                f"{project.town}-{title}",
                f"{stamp}",
                f"扫描件{self._next():04d}",
                f"img{day}_{self._next():04d}",
                f"{project.village}{chance.randint(1, 9)}",
            ]
        return self.free(f"{chance.choice(stems)}.{ending}")


def _bodies(paper: Paper) -> list[str]:
    """Names of the bodies that may be called the paper's own (责任者)."""
    whose = [one.owner for one in paper.seals()] + ([paper.body] if paper.body else [])
    whose += [DISTRICT] if paper.item == 7 else []
    return sorted({name for one in whose for name in one.names()})


def _fund(paper: Paper) -> dict[str, str]:
    """The money put in, where a sentence of a paper on one project tells it: in 元."""
    if len(paper.projects) != 1:
        return {}
    told = [block.text for block in paper.blocks if isinstance(block, Para)]
    found = [_FUND.search(text) for text in told]
    return next(({"fund": str(round(float(one[1]) * 10_000))} for one in found if one), {})


def texts_of(sheet: Sheet) -> list[list[list[str]]]:
    """What is printed clear of seals on each page: in black, and in red."""
    return [[plain, red] for plain, red in zip(sheet.plain, sheet.reds, strict=True)]


def build(seed: int, folder: Path, share: float = 1.0) -> Truth:
    """Write a corpus and its truth."""
    corpus = Corpus(seed, folder, share)
    truth = corpus.build()
    truth.save(folder / "truth.json")
    return truth
