"""The invented district: projects with near-twins, and how documents name them.

Townships are real; villages, people, firms and projects are made up, anew for every seed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

WORDINGS = Path(__file__).parent / "wordings"
REGISTER_SIZE = 331
CATEGORIES = ["优势类"] * 8 + ["薄弱类"] * 9 + ["闲置类"] * 6


@cache
def words() -> dict[str, Any]:
    """The word lists of world.toml."""
    return tomllib.loads((WORDINGS / "world.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Product:
    """What a kind of project makes; ``kind`` is 种, 养, 加 or 服."""

    name: str
    facilities: tuple[str, ...]
    short: str
    department: str
    kind: str


@cache
def products() -> tuple[Product, ...]:
    """The products of world.toml."""
    return tuple(Product(n, tuple(f), s, d, k) for n, f, s, d, k in words()["products"]["list"])


@dataclass(slots=True)
class Project:
    """One row of the register, with what its documents need to say. ``dates`` is by catalogue item."""

    code: str
    name: str
    town: str
    village: str
    product: str
    facility: str
    short: str
    department: str
    kind: str
    year: int
    amount: float
    category: str
    degree: str
    contact: str
    phone: str
    operator: str
    owner: str
    poor: bool
    phase: str = ""
    twins: str = ""
    dates: dict[int, date] = field(default_factory=dict)

    @property
    def is_street(self) -> bool:
        """True for a 街道, whose organs have other names."""
        return self.town.endswith("街道")

    @property
    def government(self) -> str:
        """Full name of the township's government."""
        return f"重庆市大足区{self.government_short}"

    @property
    def government_short(self) -> str:
        """The township's government as people write it."""
        return self.town + ("办事处" if self.is_street else "人民政府")

    @property
    def party(self) -> str:
        """The township's party organ, short."""
        return "党工委" if self.is_street else "党委"

    @property
    def party_full(self) -> str:
        """The township's party organ, in full."""
        return f"中共重庆市大足区{self.town}" + ("工作委员会" if self.is_street else "委员会")

    @property
    def committee(self) -> str:
        """The village committee, in full."""
        return f"大足区{self.town}{self.village}" + ("居民委员会" if self.is_community else "村民委员会")

    @property
    def is_community(self) -> bool:
        """True for a 社区, which has 居民代表 and no 村民代表."""
        return self.village.endswith("社区")

    @property
    def cooperative(self) -> str:
        """The village's economic cooperative."""
        return f"大足区{self.town}{self.village}股份经济合作社"

    @property
    def department_full(self) -> str:
        """The competent department, in full."""
        return str(words()["departments"][self.department])


class World:
    """All projects of one seed: ``targets`` (淘汰类) have documents, the others stand around them."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = Random(f"world{seed}")
        self.sequence = self.random.randint(3, 90)
        self.projects: list[Project] = []
        self.targets: list[Project] = []
        self.villages = self._villages()
        self._names: set[str] = set()
        self._make_targets()
        self._fill()
        Random(f"order{seed}").shuffle(self.projects)
        for project in (*self.targets, *self.projects):
            if not project.dates:
                project.dates = self._timeline(project.year)
        self.outside = [self._outsider("藤垭村", products()[2]), self._outsider("檀湾村", products()[10])]

    # -- people, numbers ---------------------------------------------------------------------------------------

    def person(self) -> str:
        """An invented name."""
        return self.random.choice(words()["surnames"]) + self.random.choice(words()["given"])

    def phone(self) -> str:
        """An invented mobile number."""
        return "1" + self.random.choice("3578") + "".join(self.random.choices("0123456789", k=9))

    def firm(self) -> str:
        """An invented firm's own name."""
        return str(self.random.choice(words()["firms"]))

    def _code(self, year: int) -> str:
        self.sequence += self.random.choice([1, 1, 1, 2, 3, 10])
        if self.seed % 2:
            return f"500111{year}{self.sequence:06d}"
        return f"DZCY-{year}-{self.sequence:04d}"

    # -- places ------------------------------------------------------------------------------------------------

    def _villages(self) -> dict[str, list[str]]:
        """Six villages a township; some townships share a village's name."""
        names = [a + b for a in words()["village_first"] for b in words()["village_second"]]
        self.random.shuffle(names)
        towns = words()["towns"]
        endings = ["村", "村", "村", "村", "社区"]
        found = {town: [names.pop() + self.random.choice(endings) for _ in range(6)] for town in towns}
        for _ in range(6):
            one, other = self.random.sample(towns, 2)
            found[other].append(found[one][0])
        return found

    # -- projects ----------------------------------------------------------------------------------------------

    def _add(
        self,
        town: str,
        village: str,
        product: Product,
        category: str,
        facility: str = "",
        phase: str = "",
        twins: str = "",
        year: int = 0,
        prefix: str = "",
        tail: str = "",
    ) -> Project | None:
        """Make a project; None when its name is taken."""
        chance = self.random
        year = year or chance.randint(2014, 2022)
        facility = facility or chance.choice(product.facilities)
        prefix = prefix or chance.choice([town + village] * 7 + [village, f"{year}年{town}{village}"])
        tail = tail or chance.choice(["建设项目", "项目", "项目", "产业发展项目"])
        name = f"{prefix}{product.name}{facility}{tail}{phase}"
        if name in self._names:
            return None
        self._names.add(name)
        project = self._project(name, town, village, product, facility, year, category)
        project.phase, project.twins = phase, twins
        self.projects.append(project)
        return project

    def _project(
        self, name: str, town: str, village: str, product: Product, facility: str, year: int, category: str
    ) -> Project:
        chance = self.random
        amount = round(
            chance.choice([chance.uniform(8, 60), chance.uniform(30, 260)]), chance.choice([0, 1, 2])
        )
        return Project(
            code=self._code(year),
            name=name,
            town=town,
            village=village,
            product=product.name,
            facility=facility,
            short=product.short,
            department=product.department,
            kind=product.kind,
            year=year,
            amount=amount,
            category=category,
            degree=chance.choice(["一般", "重大"]) if category == "闲置类" else "",
            contact=self.person(),
            phone=self.phone(),
            operator=self._operator(product.name),
            owner=chance.choice(["村集体", "镇街", "国有", "村集体"]),
            poor=chance.random() < 0.5,
        )

    def _operator(self, product: str) -> str:
        firm = self.firm()
        return self.random.choice(
            [
                f"重庆{firm}农业开发有限公司",
                f"大足区{firm}{product}专业合作社",
                f"重庆市大足区{firm}生态农业有限公司",
                f"大足区{firm}家庭农场",
            ]
        )

    def _make_targets(self) -> None:
        """Twenty 淘汰类 projects, most with a twin that differs in one thing, and two phases that are both 淘汰类."""
        towns = list(words()["towns"])
        self.random.shuffle(towns)
        known = products()
        makers = [self._phases, self._plots, self._same_village, self._neighbours, self._years, self._lonely]
        for i in range(20):
            town, product = towns[i], known[(i * 5 + self.seed) % len(known)]
            village = self.random.choice(self.villages[town])
            target = makers[i % 6](town, village, product, f"twins{i}")
            if target is None:
                continue
            self.targets.append(target)
            self._company(town, village, product)
        town = towns[20]
        village = self.villages[town][1]
        for phase, year in (("（一期）", 2017), ("（二期）", 2019)):
            target = self._add(
                town, village, known[9], "淘汰类", "养殖场", phase, "both", year, town + village, "建设项目"
            )
            if target:
                self.targets.append(target)

    def _company(self, town: str, village: str, product: Product) -> None:
        """Projects that share a village or a product with a target."""
        other = self.random.choice([known for known in products() if known != product])
        self._add(town, village, other, self._category(), twins="same village")
        if self.random.random() < 0.5:
            near = self.random.choice([known for known in self.villages[town] if known != village])
            self._add(town, near, product, self._category(), twins="neighbour")

    def _category(self) -> str:
        return self.random.choice(CATEGORIES)

    def _phases(self, town: str, village: str, product: Product, twins: str) -> Project | None:
        phases = list(self.random.choice([("（一期）", "（二期）"), ("一期", "二期")]))
        self.random.shuffle(phases)
        return self._pair(town, village, product, twins, phases[0], phases[1], "建设项目")

    def _plots(self, town: str, village: str, product: Product, twins: str) -> Project | None:
        sizes = ("（500亩）", "（300亩）") if product.kind == "种" else ("（甲场）", "（乙场）")
        one, other = self.random.choice([("（甲片区）", "（乙片区）"), sizes])
        return self._pair(town, village, product, twins, one, other, "项目")

    def _pair(
        self, town: str, village: str, product: Product, twins: str, one: str, other: str, tail: str
    ) -> Project | None:
        facility, prefix = self.random.choice(product.facilities), town + village
        target = self._add(town, village, product, "淘汰类", facility, one, twins, 0, prefix, tail)
        self._add(town, village, product, self._category(), facility, other, twins, 0, prefix, tail)
        return target

    def _same_village(self, town: str, village: str, product: Product, twins: str) -> Project | None:
        """A village of the same name in another township has the same product."""
        elsewhere = self.random.choice([known for known in self.villages if known != town])
        facility = self.random.choice(product.facilities)
        if village not in self.villages[elsewhere]:
            self.villages[elsewhere].append(village)
        target = self._add(town, village, product, "淘汰类", facility, "", twins, 0, town + village, "项目")
        self._add(
            elsewhere, village, product, self._category(), facility, "", twins, 0, elsewhere + village, "项目"
        )
        return target

    def _neighbours(self, town: str, village: str, product: Product, twins: str) -> Project | None:
        near = self.random.choice([known for known in self.villages[town] if known != village])
        facility = self.random.choice(product.facilities)
        target = self._add(town, village, product, "淘汰类", facility, "", twins, 0, town + village)
        self._add(town, near, product, self._category(), facility, "", twins, 0, town + near)
        return target

    def _years(self, town: str, village: str, product: Product, twins: str) -> Project | None:
        facility, year = self.random.choice(product.facilities), self.random.randint(2015, 2020)
        place = town + village
        target = self._add(
            town, village, product, "淘汰类", facility, "", twins, year, f"{year}年{place}", "项目"
        )
        later, category = year + 2, self._category()
        self._add(town, village, product, category, facility, "", twins, later, f"{later}年{place}", "项目")
        return target

    def _lonely(self, town: str, village: str, product: Product, twins: str) -> Project | None:
        return self._add(town, village, product, "淘汰类", twins=twins)

    def _fill(self) -> None:
        """Fill the register with projects that are none of the targets' doubles."""
        taken = {(target.village, target.product) for target in self.targets}
        while len(self.projects) < REGISTER_SIZE:
            town = self.random.choice(words()["towns"])
            village, product = self.random.choice(self.villages[town]), self.random.choice(products())
            if (village, product.name) in taken:
                continue
            made = self._add(town, village, product, self._category())
            if made and self.random.random() < 0.25:
                phase = self.random.choice(["二期", "（二期）", "续建"])
                self._add(town, village, product, self._category(), made.facility, phase)

    def _outsider(self, village: str, product: Product) -> Project:
        """A project that the register does not have."""
        town = self.random.choice(words()["towns"])
        name = f"{town}{village}{product.name}{product.facilities[0]}建设项目"
        project = self._project(name, town, village, product, product.facilities[0], 2018, "淘汰类")
        project.dates = self._timeline(2018)
        return project

    def _timeline(self, year: int) -> dict[int, date]:
        """Dates by item, in the procedure's order; on working days."""
        chance = self.random
        village = _working_day(date(2024, 11, 4) + timedelta(days=chance.randint(0, 12)))
        survey = _working_day(village + timedelta(days=chance.randint(0, 3)))
        town = _working_day(survey + timedelta(days=chance.randint(1, 5)))
        report = _working_day(town + timedelta(days=chance.randint(3, 9)))
        department = _working_day(report + timedelta(days=chance.randint(2, 6)))
        district = _working_day(department + timedelta(days=chance.randint(4, 12)))
        signed = date(year, chance.randint(1, 12), chance.randint(1, 28))
        after = _working_day(district + timedelta(days=chance.randint(8, 90)))
        return {1: survey, 2: report, 3: signed, 4: village, 5: town, 6: department, 7: district, 8: after}


def _working_day(day: date) -> date:
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= 5 else 0)


_DIGITS = "〇一二三四五六七八九"


def chinese_number(number: int) -> str:
    """0..99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def written_date(day: date, style: int) -> str:
    """A date as people write it: 0 2024年9月5日, 1 二〇二四年九月五日, 2 2024.9.5, 3 2024年09月05日, 4 2024-09-05."""
    if style == 1:
        year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
        return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"
    forms = {
        0: f"{day.year}年{day.month}月{day.day}日",
        2: f"{day.year}.{day.month}.{day.day}",
        3: f"{day.year}年{day.month:02d}月{day.day:02d}日",
        4: day.isoformat(),
    }
    return forms[style]


def typo(name: str) -> str:
    """The name with one likely slip."""
    for right, wrong in words()["typos"]:
        if right in name:
            return name.replace(right, wrong, 1)
    return name


MODES = ("full", "noprefix", "abbrev", "typo", "code", "district")
"""How a document names its project; "code": only by its number."""


def reference(project: Project, mode: str) -> str:
    """The project's name in one of `MODES`. Phase and plot are always kept: otherwise nobody could tell."""
    dated = project.name.startswith(str(project.year))
    if mode == "noprefix":
        return project.name.replace(project.town, "", 1)
    if mode == "abbrev":
        year = f"{project.year}年" if dated else ""
        return f"{year}{project.village}{project.product}{project.short}项目{project.phase}"
    if mode == "typo":
        return typo(project.name)
    if mode == "district":
        return f"{project.year}年大足区{project.name[5:]}" if dated else f"大足区{project.name}"
    return project.name
