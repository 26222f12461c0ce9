"""One seed's corpus on disk: an inbox of about 110 files, the register, and what is true of them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.bench.recognition import files, office
from tests.bench.recognition.naming import TEMPTING, Namer
from tests.bench.recognition.press import COPY, DOCX, PHOTO, SCAN, TEXT_PDF, Pages, Press, page_text
from tests.bench.recognition.register import write_register
from tests.bench.recognition.stamps import picture
from tests.bench.recognition.truth import (
    CONTAINER,
    CONTINUATION,
    DOCUMENTS,
    DUPLICATE,
    IGNORE,
    NEGATIVE,
    REJECT,
    Entry,
    Part,
    Truth,
)
from tests.bench.recognition.wording import Deck, Layout, layouts
from tests.bench.recognition.world import Project, World
from tests.bench.recognition.writing import Document, Writer

Task = tuple[Project, int]
"""A document that has to be made: the project and the item."""
NAMINGS, NAMING_WEIGHTS = ["full", "noprefix", "abbrev", "typo", "code", "district"], [40, 16, 17, 9, 8, 6]
FORMS = [SCAN] * 10 + [PHOTO] * 4 + [COPY] * 2 + [TEXT_PDF] * 3 + [DOCX] * 3
WITHOUT_PDF = "没有 reportlab，原定的文字版 PDF 改为扫描件"


def build(seed: int, folder: Path, share: float = 1.0) -> Truth:
    """Make a corpus in ``folder`` (inbox/, register.xlsx, truth.json).

    Args:
        share: of the single documents and negatives to make; less than 1 only for trials.
    """
    maker = _Maker(seed, folder)
    maker.make(share)
    maker.truth.save(folder / "truth.json")
    return maker.truth


class _Maker:
    def __init__(self, seed: int, folder: Path) -> None:
        self.seed, self.folder, self.inbox = seed, folder, folder / "inbox"
        self.inbox.mkdir(parents=True)
        self.random = Random(f"corpus{seed}")
        self.world, self.deck = World(seed), Deck(seed)
        self.writer = Writer(self.world)
        self.press = Press(self.writer.half, self.random)
        self.namer = Namer(self.world, self.random)
        self.truth = Truth(seed)
        self.present: dict[str, set[int]] = {target.code: set() for target in self.world.targets}
        self.junk = self.deck.negatives()
        self.text_pdf = office.can_write_pdf()
        if not self.text_pdf:
            self.truth.notes.append(WITHOUT_PDF)

    # -- documents ---------------------------------------------------------------------------------------------

    def document(
        self, item: int, projects: list[Project], named: str = "", has_code: bool | None = None
    ) -> Document:
        """Write a document of ``item``, in the next layout."""
        layout = self.deck.choose(f"item{item}", joint=len(projects) > 1)
        named = named or self.random.choices(NAMINGS, NAMING_WEIGHTS)[0]
        if has_code is None:
            has_code = self.random.random() < (0.5 if named in ("full", "district") else 0.22)
        return self.writer.write(layout, projects, named, has_code or named == "code")

    def junk_document(self, layout: Layout) -> Document:
        """Write something that is no archive item."""
        subject = self.random.choice(self.world.targets)
        if layout.subject == "outside":
            subject = self.world.outside[0 if layout.name.endswith("survey") else 1]
        several = any(line.loop == "each" for line in layout.lines)
        others = self.random.sample(self.world.projects, 12) if several else []
        return self.writer.write(layout, [subject, *others])

    def parts(self, document: Document, first: int, last: int, red: bool) -> list[Part]:
        """The truth about one document: a part for each project that it decides on."""
        made = []
        for project in document.projects:
            optional = project.category != "淘汰类"
            if not optional and document.item in range(1, 8):
                self.present[project.code].add(document.item or 0)
            accepted = sorted({day.isoformat() for day in document.accepted})
            own = document.date.isoformat() if document.date else ""
            made.append(
                Part(
                    first,
                    last,
                    project.code,
                    document.item or 0,
                    sorted(accepted, key=lambda day, own=own: day != own),
                    document.level,
                    document.layout,
                    document.named,
                    document.has_code,
                    document.sealed,
                    document.signed,
                    red,
                    optional,
                    len(document.projects) > 1,
                )
            )
        return made

    def path(self, name: str) -> Path:
        """Where a file of the inbox goes."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    # -- one document, one file --------------------------------------------------------------------------------

    def single(
        self,
        document: Document,
        form: str,
        misleading: str = "",
        into: Path | None = None,
        tempting: str = "",
    ) -> tuple[str, Entry]:
        """Write one document as one file; return its name and the truth about it."""
        if document.hand and form in (TEXT_PDF, DOCX):
            form = SCAN
        if form == TEXT_PDF and not self.text_pdf:
            form = SCAN
        entry = Entry(
            NEGATIVE if document.kind else DOCUMENTS, kind=document.kind, format=form, misleading=misleading
        )
        project = None if document.kind else document.projects[0]

        def place(ending: str) -> Path:
            nonlocal name
            if into is not None:
                name = self.namer.unique("", self._member_name(document), ending)
                return into / name
            if tempting:
                name = self.namer.unique("", tempting, ending)
            else:
                name = self.namer.name(document, ending, project, misleading)
            return self.path(name)

        name = ""
        red = True
        if form in (DOCX, TEXT_PDF):
            self._write_native(document, form, entry, place)
        else:
            pages = self.press.pages(document, form)
            entry.texts, entry.mode, entry.dpi, entry.turn = pages.texts, pages.mode, pages.dpi, pages.turn
            entry.pages, red = len(pages.images), pages.keeps_red
            self._write_images(pages, form, place, plain=into is not None)
        if not document.kind:
            entry.parts = self.parts(document, 1, max(1, entry.pages), red)
        return name, entry

    def _member_name(self, document: Document) -> str:
        project = document.projects[0]
        return f"{project.village}{self.random.choice(['材料', '资料', ''])}{self.random.randint(1, 99)}"

    def _write_native(self, document: Document, form: str, entry: Entry, place) -> None:
        """A Word file or a PDF with text. Typed names are no signatures; a Word file has no seal."""
        sheets = self.press.clean(document, 150)
        entry.mode = form
        entry.texts = [page_text(sheet, form, hand=False) for sheet in sheets]
        document.signed = None
        if form == DOCX:
            entry.whole, entry.pages, document.sealed = True, 1, False
            office.to_docx(document, place("docx"), self.random)
        else:
            entry.pages = len(sheets)
            office.to_pdf(sheets, 150, place("pdf"))

    def _write_images(self, pages: Pages, form: str, place, plain: bool) -> None:
        if form == PHOTO and len(pages.images) == 1:
            sideways = self.random.random() < 0.35
            files.save_photo(pages.images[0], place("jpg"), self.random.randint(68, 88), sideways)
        elif form in (SCAN, COPY) and not plain and self.random.random() < 0.14:
            tiff = len(pages.images) > 1 or self.random.random() < 0.4
            files.save_image(
                pages.images, place("tif" if tiff else self.random.choice(["png", "jpg"])), pages.dpi
            )
        else:
            files.save_pdf(pages.images, place("pdf"), pages.dpi, self.random.randint(55, 82))

    def add(self, made: tuple[str, Entry]) -> None:
        """Keep the truth about a file."""
        self.truth.files[made[0]] = made[1]

    # -- the whole ---------------------------------------------------------------------------------------------

    def make(self, share: float) -> None:
        """Make everything."""
        owned = self._owned()
        self._joint_minutes(owned)
        tasks = [(p, item) for p in self.world.targets for item in sorted(owned[p.code])]
        combined = self._choose_combined(owned, tasks)
        for number, batch in enumerate(combined[: max(1, round(len(combined) * share))]):
            self._combined(number, batch)
        taken = {(p.code, item) for batch in combined for p, item in batch}
        rest = [task for task in tasks if (task[0].code, task[1]) not in taken]
        self.random.shuffle(rest)
        rest = rest[: max(3, round(len(rest) * share))]
        rest = self._archives(rest, 3 if share == 1 else 0)
        rest = self._photo_sets(rest, 3 if share == 1 else 0)
        self._singles(rest)
        self._others(share)
        self._negatives(share)
        self._useless()
        self._repeats(4 if share == 1 else 1)
        write_register(self.world, self.folder / "register.xlsx")
        held = self.present
        self.truth.missing = {
            code: [i for i in range(1, 8) if i not in items] for code, items in held.items()
        }

    def _owned(self) -> dict[str, set[int]]:
        """Which items each target has: two have all, one has none."""
        owned = {}
        for number, target in enumerate(self.world.targets):
            items = set(self.random.sample(range(1, 7), self.random.randint(2, 5)))
            items = {1, 2, 3, 4, 5, 6, 7} if number < 2 else set() if number == 9 else items
            if self.random.random() < 0.45 and number != 9:
                items.add(8)
            owned[target.code] = items
        return owned

    def _joint_minutes(self, owned: dict[str, set[int]]) -> None:
        """Minutes of the district on several projects; one of them also names a project that is not 淘汰类."""
        rest = [p for number, p in enumerate(self.world.targets) if number > 1 and number != 9]
        self.random.shuffle(rest)
        idle = [p for p in self.world.projects if p.category == "闲置类" and p.degree == "重大"]
        for projects in ([*rest[:4], self.random.choice(idle)], rest[4:7], rest[7:9]):
            for project in projects:
                project.dates[7] = projects[0].dates[7]
            named = self.random.choice(["full", "full", "noprefix"])
            document = self.document(7, projects, named, self.random.random() < 0.7)
            self.add(self.single(document, self.random.choice([SCAN, SCAN, TEXT_PDF])))
        for project in rest[9:13]:
            owned[project.code].add(7)

    def _choose_combined(self, owned: dict[str, set[int]], tasks: list[Task]) -> list[list[Task]]:
        """Nine batches of documents that somebody scanned in one go; the last is of two projects."""
        rich = [p for p in self.world.targets if len(owned[p.code]) >= 3]
        self.random.shuffle(rich)
        rich.sort(key=lambda p: len(owned[p.code]) < 5)
        batches = []
        for number, project in enumerate(rich[:9]):
            items = sorted(owned[project.code])
            most = min(5 if number < 2 else 3, len(items))
            items = self.random.sample(items, most if number < 2 else self.random.randint(2, most))
            batches.append(
                [(project, item) for item in (items if self.random.random() < 0.3 else sorted(items))]
            )
        last = batches[-1][:2]
        free = [
            task
            for task in tasks
            if task[0] is not last[0][0] and all(task not in batch for batch in batches)
        ]
        batches[-1] = last + free[:2]
        return batches

    def _combined(self, number: int, batch: list[Task]) -> None:
        """Several documents in one PDF, with or without separator sheets; in two of them something strange between."""
        chance, dpi = self.random, self.random.choice([150, 200, 200, 300])
        namings = ["full", "full", "noprefix", "abbrev", "code"]
        papers = [self.document(item, [project], chance.choice(namings)) for project, item in batch]
        own = papers[0]
        if number in (3, 6):
            between = [layout for layout in self.junk if layout.place == "combined"]
            papers.insert(chance.randint(1, len(papers)), self.junk_document(chance.choice(between)))
        entry, images = Entry(DOCUMENTS, format="combined", dpi=dpi), []
        for place, paper in enumerate(papers):
            if place and number in (1, 4, 6):
                images.append(self.press.blank(dpi))
                entry.texts.append(page_text_of_blank())
                entry.blanks.append(len(images))
            pages = self.press.pages(paper, COPY if number == 7 else SCAN, dpi)
            first = len(images) + 1
            images += pages.images
            entry.texts += pages.texts
            entry.turn = entry.turn or pages.turn
            if paper.kind:
                entry.parts.append(Part(first, len(images), negative=paper.kind))
            else:
                entry.parts += self.parts(paper, first, len(images), pages.keeps_red)
        name = self.namer.name(own, "pdf", batch[0][0])
        files.save_pdf(images, self.path(name), dpi, chance.randint(55, 82))
        entry.pages = len(images)
        self.add((name, entry))

    def _archives(self, tasks: list[Task], count: int) -> list[Task]:
        """Archives of three documents and something that does not belong; return the tasks that are left."""
        for number in range(count):
            batch, tasks = tasks[:3], tasks[3:]
            folder = self.folder / f"zip{number}"
            folder.mkdir()
            made = [
                self.single(self.document(item, [p]), self.random.choice([SCAN, DOCX, PHOTO]), into=folder)
                for p, item in batch
            ]
            stray = [layout for layout in self.junk if layout.place == "zip"][number % 2]
            made.append(self.single(self.junk_document(stray), DOCX, into=folder))
            town = batch[0][0].town
            inside = f"{town}/" if number == 1 else ""
            name = self.random.choice(
                [f"{town}报送材料{number}.zip", f"归档资料{number}.zip", f"新建文件夹{number}.zip"]
            )
            members = [(inside + member, (folder / member).read_bytes()) for member, _ in made]
            files.save_zip(self.path(name), members, "utf-8" if number == 2 else "gbk")
            shutil.rmtree(folder)
            self.add((name, Entry(CONTAINER)))
            for member, entry in made:
                self.add((f"{name}!/{inside}{member}", entry))
        return tasks

    def _photo_sets(self, tasks: list[Task], count: int) -> list[Task]:
        """Documents photographed page by page: name_1.jpg, name_2.jpg; return the tasks that are left."""
        long = [task for task in tasks if task[1] in (2, 3, 4)][:count]
        for project, item in long:
            document = self.document(item, [project], self.random.choice(["full", "noprefix"]))
            document.points = 21
            pages = self.press.pages(document, PHOTO)
            base = self.namer.name(document, "jpg", project).removesuffix(".jpg")
            names = [f"{base}_{number}.jpg" for number in range(1, len(pages.images) + 1)]
            for name, image in zip(names, pages.images, strict=True):
                files.save_photo(image, self.path(name), 78, sideways=False)
            parts = self.parts(document, 1, 1, red=True)
            many = len(names) > 1
            form = "photo-set" if many else PHOTO
            entry = Entry(
                DOCUMENTS, parts, format=form, mode=PHOTO, whole=many, pages=1, texts=pages.texts[:1]
            )
            entry.photos = names if many else []
            self.add((names[0], entry))
            for name, text in zip(names[1:], pages.texts[1:], strict=True):
                follow = Part(1, 1, project.code, item)
                self.add((name, Entry(CONTINUATION, [follow], of=names[0], pages=1, texts=[text])))
        return [task for task in tasks if task not in long]

    def _singles(self, tasks: list[Task]) -> None:
        misleading = ["item"] * 8 + ["project"] * 6
        for number, (project, item) in enumerate(tasks):
            form = self.random.choice(FORMS)
            named = self.random.choice(["full", "full", "noprefix", "abbrev"]) if form == COPY else ""
            trick = misleading.pop() if misleading and number % 3 == 1 else ""
            self.add(self.single(self.document(item, [project], named), form, trick))

    def _others(self, share: float) -> None:
        """Second papers, forms of projects that are not 淘汰类, and a record that fits two projects alike."""
        busy = [p for p in self.world.targets if self.present[p.code]]
        for project in self.random.sample(busy, round(5 * share)):
            self.add(self.single(self.document(8, [project]), self.random.choice([SCAN, DOCX, PHOTO])))
        other = [p for p in self.world.projects if p.category in ("薄弱类", "优势类")]
        for project in self.random.sample(other, round(2 * share)):
            self.add(self.single(self.writer.write(layouts("item1")[0], [project]), SCAN))
        twins = [p for p in self.world.targets if p.twins == "both"]
        if share == 1 and twins:
            nobody = replace(twins[0], name=twins[0].name.replace("（一期）", ""), phase="", code="")
            yard = next(layout for layout in layouts("item4") if layout.name == "4-yard")
            document = self.writer.write(yard, [nobody], "abbrev", has_code=False)
            document.kind = "undecidable-twin"
            self.add(self.single(document, PHOTO))

    def _negatives(self, share: float) -> None:
        """What is no archive item, some with names that tempt; and a landscape."""
        for layout in self.junk[: max(1, round(len(self.junk) * share))]:
            document = self.junk_document(layout)
            form = layout.format or self.random.choice([SCAN, SCAN, PHOTO, TEXT_PDF, COPY])
            tempting = ""
            if self.random.random() < 0.3:
                project = self.random.choice(self.world.targets)
                tempting = f"{project.village}{project.product}项目{self.random.choice(TEMPTING)}"
            self.add(self.single(document, form, tempting=tempting))
        picture(1600, 1200, self.random).save(self.path("IMG_20241001_090000.jpg"), quality=80)
        self.add(("IMG_20241001_090000.jpg", Entry(NEGATIVE, kind="picture", pages=1)))

    def _useless(self) -> None:
        """Files that cannot be used, and litter."""
        spare = self.writer.write(layouts("item8")[1], [self.random.choice(self.world.targets)])
        scanned, typed = self.folder / "spare.pdf", self.folder / "spare.docx"
        pages = self.press.pages(spare, SCAN, 150)
        files.save_pdf(pages.images, scanned, 150, 70)
        office.to_docx(spare, typed, self.random)
        noise = self.random.randbytes(60000)
        cut_pdf, cut_docx = scanned.read_bytes(), typed.read_bytes()
        program = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\0" * 46 + b"\x80\0\0\0" + noise
        self._reject("扫描件损坏的.pdf", "corrupt-pdf", cut_pdf[: len(cut_pdf) // 3])
        self._reject("会议记录空.pdf", "zero-byte", b"")
        self._reject("摸底调查表扫描.pdf", "program-as-pdf", program)
        self._reject("清算报告终稿.docx", "corrupt-docx", cut_docx[: len(cut_docx) // 2])
        self._reject("退出协议（加密）.pdf", "password-pdf")
        files.locked_pdf(scanned, self.path("退出协议（加密）.pdf"))
        self._reject("处置方案（送审）.docx", "password-docx")
        files.locked_docx(self.path("处置方案（送审）.docx"), noise)
        self._reject("航拍全景图.png", "huge-image")
        files.huge_png(self.path("航拍全景图.png"), 60000)
        for path in (scanned, typed):
            path.unlink()
        for name, data in (
            ("Thumbs.db", b"\xd0\xcf\x11\xe0" + b"\0" * 500),
            ("~$议记录.docx", b"\x05admin" + b" " * 156),
        ):
            self.path(name).write_bytes(data)
            self.add((name, Entry(IGNORE)))

    def _reject(self, name: str, kind: str, data: bytes | None = None) -> None:
        if data is not None:
            self.path(name).write_bytes(data)
        self.add((name, Entry(REJECT, kind=kind)))

    def _repeats(self, count: int) -> None:
        """The same bytes again, under other names."""
        known = [
            name
            for name, entry in self.truth.files.items()
            if entry.parts and "!" not in name and not entry.of
        ]
        single = [
            name
            for name in known
            if self.truth.files[name].format != "combined" and not self.truth.files[name].photos
        ]
        several = [name for name in known if self.truth.files[name].format == "combined"]
        chosen = [
            *self.random.sample(single, min(count, len(single)) - 1),
            self.random.choice(several or single),
        ]
        for number, name in enumerate(dict.fromkeys(chosen)):
            path = Path(name)
            copies = [
                f"重复报送/{path.name}",
                f"{path.stem} - 副本{path.suffix}",
                f"补报{number}{path.suffix}",
            ]
            again = copies[number % 3]
            shutil.copyfile(self.inbox / name, self.path(again))
            self.add((again, Entry(DUPLICATE, of=name)))


def page_text_of_blank():
    """A separator says nothing."""
    from tests.bench.recognition.truth import PageText

    return PageText("", "", "blank")
