"""One document's words: a layout and a project → blocks to draw, with what is true of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.bench.recognition.filling import Filling
from tests.bench.recognition.wording import Layout, Line, half_of, policy_lines, pool
from tests.bench.recognition.world import Project, World, chinese_number

_SIZES = {"title": 22.0, "center": 14.0, "no": 15.0, "table": 12.0}
_PARTED = frozenset({"seal", "sign", "signs"})


@dataclass(slots=True)
class Cell:
    """A cell of a table: ``width`` in twelfths of the text's width, ``lines`` its least height."""

    text: str
    width: int
    pen: bool = False
    lines: float = 0
    seal: str = ""
    signs: tuple[str, ...] = ()


@dataclass(slots=True)
class Block:
    """What `paper` and `office` draw: a paragraph, a table, a seal, a signature line …"""

    kind: str
    text: str = ""
    size: float = 0
    more: tuple[str, ...] = ()
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """One document as written, and the truth about it. ``signed`` is None where no place asks for a signature."""

    layout: str
    item: int | None
    projects: list[Project]
    blocks: list[Block] = field(default_factory=list)
    date: date | None = None
    accepted: set[date] = field(default_factory=set)
    level: str | None = None
    hand: bool = False
    footer: bool = True
    points: float = 16
    sealed: bool = False
    signed: bool | None = None
    named: str = ""
    has_code: bool = False
    kind: str = ""


class Writer:
    """Writes documents of one seed."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.random = Random(f"words{world.seed}")
        self.half = half_of(world.seed)

    def write(
        self, layout: Layout, projects: list[Project], named: str = "full", has_code: bool = True
    ) -> Document:
        """Write ``layout`` for ``projects`` (the first is the main one), named as ``named`` says."""
        filling = Filling(self.world, self.random, layout, projects, named, has_code)
        document = Document(
            layout.name, layout.item, projects, named=named, has_code=has_code, kind=layout.kind
        )
        document.hand = self.random.choice(layout.style) == "hand"
        document.footer, document.points, document.level = layout.footer, layout.points, layout.level
        _Typing(document, layout, filling).write()
        if layout.item:
            document.date = filling.dates[layout.date]
            document.accepted = {filling.dates[name] for name in (layout.date, "date", *layout.accepted)}
            self._lengthen(document)
        if projects[0].is_community:
            _say_residents(document)
        return document

    def _lengthen(self, document: Document) -> None:
        """Life is longer than a form: more paragraphs in some, an attachment behind a few."""
        item = 5 if document.item in (6, 7) else document.item
        known = pool(f"filler{item}", "", self.half)
        paragraphs = [i for i, block in enumerate(document.blocks) if block.kind == "p"]
        if known and len(paragraphs) > 2 and self.random.random() < 0.45:
            place = paragraphs[len(paragraphs) // 2] + 1
            more = self.random.sample(known, min(len(known), self.random.randint(1, 3)))
            document.blocks[place:place] = [Block("p", text) for text in more]
        if document.item in (2, 4, 5, 6) and self.random.random() < 0.2:
            document.blocks += self._attachment(document.item == 4)

    def _attachment(self, people: bool) -> list[Block]:
        """A list on a page of its own that belongs to the document before it."""
        heading = (
            "参会人员签到册"
            if people
            else self.random.choice(["参会人员签到册", "资产明细表", "现场核查情况说明"])
        )
        rows = [[Cell("序号", 1), Cell("姓名" if people else "名称", 4), Cell("备注", 7)]]
        for number in range(1, self.random.randint(6, 12)):
            thing = (
                self.world.person()
                if people
                else self.random.choice(["管网", "圈舍", "水泵", "厂房", "设备"])
            )
            rows.append([Cell(str(number), 1), Cell(thing, 4), Cell("", 7)])
        label = self.random.choice(["附：", "附件：", "附件1"])
        return [
            Block("pb"),
            Block("pl", label),
            Block("center", heading, 16),
            Block("table", size=13, rows=rows),
        ]


def _say_residents(document: Document) -> None:
    """A 社区 has 居民代表, not 村民代表."""

    def said(text: str) -> str:
        return text.replace("村民代表", "居民代表").replace("村“两委”", "社区“两委”")

    for block in document.blocks:
        block.text = said(block.text)
        for cell in (cell for row in block.rows for cell in row):
            cell.text = said(cell.text)


class _Typing:
    """Turns the lines of a layout into the blocks of a document."""

    def __init__(self, document: Document, layout: Layout, filling: Filling) -> None:
        self.document, self.layout, self.filling = document, layout, filling
        self.random = filling.random
        self.clauses = 0
        self.by_article = self.random.random() < 0.6
        self.pen = layout.pen or self.random.random() < 0.5

    def write(self) -> None:
        """Append all blocks."""
        if self.layout.policy:
            heading, *lines = policy_lines()
            self.document.blocks += [
                Block("title", heading, 20),
                *(Block("p", line) for line in lines if line),
            ]
            return
        lines = [line for line in self.layout.lines if all(map(self._holds, line.conditions))]
        for line, following in zip(lines, (*lines[1:], Line("end")), strict=True):
            if line.loop == "each-next":
                continue
            for project in self._turns(line):
                self._append(line, project)
                if following.loop == "each-next":
                    self._append(following, project)

    def _holds(self, condition: str) -> bool:
        if condition.isdigit():
            return self.random.random() * 100 < int(condition)
        by_code = self.filling.named == "code"
        return {"code": self.filling.shows_code, "named": not by_code, "bare": by_code}[condition]

    def _turns(self, line: Line) -> list[Project]:
        """Whom the line speaks of: once, a number of times, or once for each project."""
        if line.loop == "repeat":
            return [self.filling.project] * self.random.randint(*line.times)
        return list(self.filling.projects) if line.loop == "each" else [self.filling.project]

    def _append(self, line: Line, project: Project) -> None:
        filling, blocks = self.filling, self.document.blocks
        main, filling.project = filling.project, project
        if line.loop in ("each", "repeat"):
            filling.index += 1
        if line.kind == "row":
            blocks[-1].rows.append([self._cell(part) for part in line.text.split(" ;; ")])
        elif line.kind == "speech":
            low, high = (int(part) for part in line.text.split("-"))
            said = filling.several("say", self.random.randint(low, high))
            blocks += [Block("p", filling.fill(f"{{person}}：{words}")) for words in said]
        elif line.kind == "clause":
            blocks += self._clause(line)
        elif line.kind != "end":
            blocks.append(self._block(line))
        if line.kind in ("table", "end"):
            filling.index = 0
        filling.project = main

    def _clause(self, line: Line) -> list[Block]:
        """An article of an agreement: 第一条 or 一、, the same way throughout."""
        self.clauses += 1
        heading, text = self.filling.fill(line.text).split("：", 1)
        number = chinese_number(self.clauses)
        if self.by_article:
            return [Block("p", f"第{number}条 {heading}：{text}")]
        return [Block("h", f"{number}、{heading}"), Block("p", text)]

    def _block(self, line: Line) -> Block:
        size = float(line.argument) if line.argument else _SIZES.get(line.kind, 0.0)
        if line.kind not in _PARTED:
            return Block("center" if line.kind == "no" else line.kind, self.filling.fill(line.text), size)
        text, *more = (self.filling.fill(part.strip()) for part in line.text.split("|"))
        if line.kind == "seal":
            self.document.sealed = True
            return Block("seal", text, size, tuple(more))
        self.document.signed = True
        if line.kind == "signs":
            return Block("signs", text, size, tuple(self.filling.people(int(more[0]))))
        return Block("sign", text, size, (more[0] if more else self.filling.world.person(),))

    def _cell(self, part: str) -> Cell:
        """``text::width flags``."""
        text, tail = part.replace("{person@}", self.filling.world.person()).rsplit("::", 1)
        width, *flags = tail.split()
        cell = Cell(self.filling.fill(text).replace("\\n", "\n"), int(width))
        for flag in flags:
            name, _, value = flag.partition("=")
            if name in ("hand", "pen"):
                cell.pen = name == "hand" or self.pen
            elif name == "minh":
                cell.lines = float(value)
            elif name == "seal":
                cell.seal = self.filling.fill(value)
                self.document.sealed = True
            else:
                cell.signs = (*cell.signs, self.filling.fill(value))
                self.document.signed = True
        return cell
