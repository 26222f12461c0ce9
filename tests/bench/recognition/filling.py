"""What fills the holes of a layout: the project's facts, invented people, phrases, dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.bench.recognition.wording import Layout, half_of, pool
from tests.bench.recognition.world import Project, World, chinese_number, reference, words, written_date

THINGS = {
    "种": ("苗木", "蓄水池", "灌溉管网", "管理用房", "生产便道"),
    "养": ("圈舍", "沉淀池", "自动饮水线", "饲料房", "围栏"),
    "加": ("厂房", "加工设备", "变压器", "冷凝机组", "货架"),
    "服": ("用房", "货架", "空调", "电脑", "招牌"),
}
ASSETS = {"种": "基地设施及土地", "养": "圈舍", "加": "厂房及设备", "服": "房屋及设施"}

_CHOICE = re.compile(r"<([^<>]*)>")
_HOLE = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"(\d+)-(\d+)$")
_DATE = re.compile(r"(a|b|c|date|issued|on\d)([+-]\d+)?(?::(\d))?$")
_POOLED = frozenset({"scale", "assets", "owner", "debt", "appeal", "advice"})


class Filling:
    """The words of one document: what stays the same within it, and what is drawn anew at every hole.

    ``project`` is the one that holes speak of; minutes on several projects change it from line to line.
    """

    def __init__(
        self,
        world: World,
        chance: Random,
        layout: Layout,
        projects: list[Project],
        named: str,
        has_code: bool,
    ) -> None:
        self.world, self.random, self.half = world, chance, half_of(world.seed)
        self.projects, self.project = projects, projects[0]
        self.named, self.has_code = named, has_code
        self.index = 0
        self.host, self.clerk = self.people(2)
        self.due = chance.randint(*layout.people)
        self.there = self.due - chance.randint(*layout.absent)
        self.party_a = chance.choice(layout.parties) if layout.parties else ""
        self.dates = self._dates(layout.item or 8)
        self._phrases: dict[str, list[str]] = {}
        firm, valuer = world.firm(), world.firm()
        self._constant = {
            "host": self.host,
            "clerk": self.clerk,
            "n": str(self.due),
            "m": str(self.there),
            "it": chance.choice(["该项目", "项目", "评估对象"]),
            "consultant": f"重庆{firm}工程咨询有限公司",
            "valuer": f"重庆{valuer}资产评估有限公司",
            "count": str(len(projects)),
        }

    def _dates(self, item: int) -> dict[str, date]:
        """Dates by the names the notation has for them."""
        known = self.project.dates
        survey = known[1]
        town = survey + timedelta(days=self.random.randint(0, 4))
        department = town + timedelta(days=self.random.randint(0, 9))
        if self.random.random() < 0.4:
            town = department = survey
        issued = known[item] + timedelta(days=self.random.randint(1, 5))
        found = {"a": survey, "b": town, "c": department, "date": known[item], "issued": issued}
        return found | {f"on{number}": day for number, day in known.items()}

    def people(self, count: int) -> list[str]:
        """Names, each another."""
        found: list[str] = []
        while len(found) < count:
            name = self.world.person()
            if name not in found:
                found.append(name)
        return found

    @property
    def shows_code(self) -> bool:
        """True when the document gives the project's number."""
        return self.has_code or self.named == "code"

    def several(self, name: str, count: int) -> list[str]:
        """Different phrases of a pool."""
        known = pool(name, self.project.kind, self.half)
        return self.random.sample(known, min(count, len(known)))

    def fill(self, text: str) -> str:
        """Make the choices (``<a|b>``), then fill the holes (``{name}``); what fills them is filled as well."""
        while _CHOICE.search(text):
            text = _CHOICE.sub(lambda found: self.random.choice(found[1].split("|")), text, count=1)
        while _HOLE.search(text):
            text = _HOLE.sub(lambda found: self.fill(self._value(found[1])), text)
        return text

    def _value(self, name: str) -> str:
        numbers, day = _RANGE.match(name), _DATE.match(name)
        if numbers:
            return str(self.random.randint(int(numbers[1]), int(numbers[2])))
        if day:
            style = int(day[3]) if day[3] else self.random.choice([0, 0, 0, 3, 2])
            return written_date(self.dates[day[1]] + timedelta(days=int(day[2] or 0)), style)
        head, colon, argument = name.partition(":")
        if colon:
            return self._with_argument(head, argument)
        if name in self._constant:
            return self._constant[name]
        if name in _POOLED:
            return self._same(name, 1)[0]
        fact = _FACTS.get(name)
        return fact(self.project) if fact else _SAYINGS[name](self)

    def _with_argument(self, head: str, argument: str) -> str:
        if head == "ref":
            return argument if self.named == "code" and len(self.projects) == 1 else self.reference()
        if head == "people":
            return "、".join(self.people(int(argument)))
        if head == "reason":
            return self._same("reason", 3)[int(argument) - 1]
        raise KeyError(head)

    def _same(self, name: str, count: int) -> list[str]:
        """The same phrases wherever one document uses them of one project."""
        key = f"{name}{self.project.code}"
        if key not in self._phrases:
            self._phrases[key] = [self.fill(phrase) for phrase in self.several(name, count)]
        return self._phrases[key]

    # -- sayings -----------------------------------------------------------------------------------------------

    def reference(self) -> str:
        """The project's name as this document writes it."""
        return reference(self.project, "full" if self.named == "code" else self.named)

    def mention(self) -> str:
        """The project as running text names it, with its code where this document gives codes."""
        if self.named == "code" and len(self.projects) == 1:
            return f"编号为{self.project.code}的帮扶产业项目"
        name = self.random.choice(["“{}”", "{}"]).format(self.reference())
        form = self.random.choice(["（项目编号：{}）", "（编号{}）", "（项目编号{}）"])
        return name + (form.format(self.project.code) if self.has_code else "")

    def every_mention(self) -> str:
        """All projects of joint minutes in one sentence."""
        main, names = self.project, []
        for project in self.projects:
            self.project = project
            names.append(self.mention())
        self.project = main
        return "、".join(names)

    def subject(self) -> str:
        """What an agreement is about."""
        return f"帮扶产业项目（项目编号：{self.project.code}）" if self.named == "code" else self.mention()

    def vote(self) -> str:
        """The result of a vote among those present."""
        against, abstained = self.random.randint(0, 2), self.random.choice([0, 0, 1])
        yes = self.there - against - abstained
        one = f"会议采取举手表决方式，同意{yes}人，反对{against}人，弃权{abstained}人。"
        return self.random.choice([one, f"表决结果：赞成{yes}票，反对{against}票，弃权{abstained}票。"])

    def term(self) -> str:
        """How long an agreement runs: dates that are not its own."""
        years = self.random.choice([5, 8, 10, 15])
        start = (self.project.dates[3].replace(day=1) + timedelta(days=32)).replace(day=1)
        return (
            f"自{start.year}年{start.month}月1日起至{start.year + years}年{start.month}月1日止，共{years}年。"
        )

    def fund(self) -> str:
        """The money that was spent."""
        verb = self.random.choice(["投入帮扶资金", "共投入财政帮扶资金", "使用财政衔接资金（原扶贫资金）"])
        return f"{verb}{_money(self.project)}"

    def party_of_first_part(self) -> str:
        """甲方."""
        known = {"vc": self.project.committee, "coop": self.project.cooperative}
        return known.get(self.party_a, self.project.government_short)

    def saying(self) -> str:
        """What somebody says at a meeting."""
        return self.random.choice(pool("say", self.project.kind, self.half))

    def neighbours(self) -> str:
        """Names of projects of the same township."""
        names = [known.name for known in self.world.projects if known.town == self.project.town]
        return "、".join(names[:9])


def _money(project: Project) -> str:
    return f"{project.amount:g}万元"


def _ticks(project: Project) -> str:
    kinds = ("优势类", "薄弱类", "闲置类（一般/重大）", "淘汰类")
    return "   ".join(kind + ("☑" if kind[:2] == project.category[:2] else "□") for kind in kinds)


def _leaders(project: Project) -> str:
    """What a department calls its leading group's meeting."""
    if project.department == "区委统战部":
        return "部务会议"
    by_group = not project.department.endswith("委") or project.department == "区发展改革委"
    return "党组会议" if by_group else "党委会议"


def _office_meeting(project: Project) -> str:
    if project.department.endswith("部"):
        return "部长办公会议"
    chaired = project.department.endswith("委") or project.department == "区供销合作社"
    return "主任办公会议" if chaired else "局务会议"


_FACTS: dict[str, Callable[[Project], str]] = {
    "code": lambda project: project.code,
    "name": lambda project: project.name,
    "town": lambda project: project.town,
    "town2": lambda project: project.town[:2],
    "village": lambda project: project.village,
    "product": lambda project: project.product,
    "facility": lambda project: project.facility,
    "dept": lambda project: project.department,
    "deptfull": lambda project: project.department_full,
    "year": lambda project: str(project.year),
    "amount": lambda project: f"{project.amount:g}",
    "yuan": lambda project: f"{round(project.amount * 10000):,}",
    "wan": _money,
    "category": lambda project: project.category,
    "contact": lambda project: project.contact,
    "phone": lambda project: project.phone,
    "operator": lambda project: project.operator,
    "gov": lambda project: project.government,
    "govshort": lambda project: project.government_short,
    "party": lambda project: project.party,
    "partyfull": lambda project: project.party_full,
    "office": lambda project: "主任办公会" if project.is_street else "镇长办公会",
    "vc": lambda project: project.committee,
    "coop": lambda project: project.cooperative,
    "dzname": _leaders,
    "offname": _office_meeting,
    "asset": lambda project: ASSETS[project.kind],
    "ticks": _ticks,
    "poor": lambda project: f"项目所在村是否为脱贫村：是{'☑  否□' if project.poor else '□  否☑'}",
}
"""Holes that a project fills by itself."""

_SAYINGS: dict[str, Callable[[Filling], str]] = {
    "ref": Filling.reference,
    "nm": Filling.mention,
    "all": Filling.every_mention,
    "subject": Filling.subject,
    "vote": Filling.vote,
    "term": Filling.term,
    "fund": Filling.fund,
    "jia": Filling.party_of_first_part,
    "jiaseal": lambda self: self.project.cooperative if self.party_a == "coop" else self.project.committee,
    "say": Filling.saying,
    "neighbours": Filling.neighbours,
    "act": lambda self: self._same("advice", 1)[0].removeprefix("建议"),
    "code?": lambda self: self.project.code if self.shows_code else "",
    "（code）": lambda self: f"项目编号：{self.project.code}。" if self.shows_code else "",
    "person": lambda self: self.world.person(),
    "tel": lambda self: self.world.phone(),
    "firm": lambda self: self.world.firm(),
    "sometown": lambda self: self.random.choice(words()["towns"]),
    "thing": lambda self: THINGS[self.project.kind][(self.index - 1) % 5],
    "i": lambda self: str(self.index),
    "cn": lambda self: chinese_number(self.index),
}
"""Holes that need the document."""
