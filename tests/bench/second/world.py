"""The second corpus's own villages, projects, bodies and people. All invented but for the names of towns and departments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.bench.second.blocks import Body

TOWNS = [
    "宝兴镇", "玉龙镇", "石马镇", "拾万镇", "回龙镇", "金山镇", "万古镇", "国梁镇", "雍溪镇", "龙石镇",
    "邮亭镇", "高升镇", "季家镇", "古龙镇", "高坪镇", "中敖镇", "智凤街道", "通桥街道", "双路街道",
]  # fmt: skip
FIRST = [
    "鹅项",
    "磨盘",
    "黄泥",
    "白鹤",
    "双土",
    "凉水",
    "檬子",
    "水碾",
    "月亮",
    "老鹰",
    "甘溪",
    "桑园",
    "皂角",
    "油房",
    "铜鼓",
    "樱桃",
    "鲤鱼",
    "响水",
    "长田",
    "新店",
    "和平",
    "前进",
    "千佛",
    "大坡",
    "三溪",
    "石坎",
    "高洞",
    "寨子",
    "枣树",
    "沙河",
]
SECOND = ["坝", "湾", "垭", "沟", "坪", "桥", "寺", "堰", "塝", "口", "井", "岩"]
MADE = [
    ("蛋鸡", "标准化养殖场"), ("肉兔", "繁育场"), ("花椒", "种植基地"), ("冬菜", "腌制加工点"), ("食用菌", "大棚基地"),
    ("生态鱼", "养殖塘"), ("血橙", "果园"), ("蚕桑", "小蚕共育室"), ("佛手", "种植园"), ("红苕粉条", "加工作坊"),
    ("生猪", "代养场"), ("葡萄", "避雨栽培园"), ("中药材", "初加工车间"), ("鱼塘垂钓", "休闲园"), ("中华蜜蜂", "养殖基地"),
    ("跑山鸡", "林下养殖场"), ("莲藕", "种植基地"), ("小龙虾", "稻田养殖基地"), ("青梅", "果园"), ("肉牛", "育肥场"),
    ("黄桃", "采摘园"), ("大球盖菇", "栽培棚"), ("雷竹笋", "种植基地"), ("豆制品", "加工坊"),
]  # fmt: skip
SURNAMES = "陈李王张刘杨周黄吴罗唐蒋邓胡何谢曾覃龙欧冉夏石秦代姚熊游苟邱"
GIVEN = [
    "世明",
    "国富",
    "光碧",
    "仕华",
    "永芬",
    "昌平",
    "素芳",
    "德全",
    "天云",
    "朝忠",
    "小琴",
    "正龙",
    "兴碧",
    "远志",
    "开秀",
    "治国",
    "美容",
    "大勇",
    "维彬",
    "成林",
    "庆",
    "梅",
    "强",
    "玉兰",
    "显贵",
    "登科",
    "泽宇",
    "泓",
    "雪莲",
    "少华",
]
OFFICES = [
    Body("重庆市大足区农业农村委员会", "区农业农村委"),
    Body("重庆市大足区林业局", "区林业局"),
    Body("重庆市大足区水利局", "区水利局"),
    Body("重庆市大足区供销合作社联合社", "区供销合作社"),
    Body("重庆市大足区交通运输委员会", "区交通运输委"),
    Body("中共重庆市大足区委统一战线工作部", "区委统战部"),
]  # fmt: skip
DISTRICT = Body("重庆市大足区人民政府", "区政府")
DISTRICT_OFFICE = Body("重庆市大足区人民政府办公室", "区政府办公室")
ASSESSORS = [
    Body("重庆立衡资产评估房地产土地估价有限公司", "立衡评估公司"),
    Body("重庆渝正会计师事务所（普通合伙）", "渝正会计师事务所"),
    Body("重庆同舟工程咨询有限公司", "同舟咨询公司"),
    Body("四川中拓农业规划设计研究有限责任公司", "中拓规划公司"),
]
CAUSES = [
    "连续两年遭遇高温伏旱，供水管网失修，种苗成活率不足三成，经营主体无力补栽",
    "市场价格持续低迷，饲料和人工成本上涨，连年亏损，经营主体于2022年自行停产撤场",
    "地块划入禁养区后不能继续养殖，圈舍空置，配套设施锈蚀损坏",
    "前期论证不充分，技术力量跟不上，投产三年没有形成稳定收益",
    "业主资金链断裂外出务工，基地撂荒，土地租金拖欠",
    "道路滑坡、设备老化，恢复生产的费用高于残值，没有新的主体愿意接手",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A village and what surrounds it."""

    town: str
    village: str

    @property
    def body(self) -> Body:
        """The villagers' committee."""
        if self.village.endswith("社区"):
            return Body(f"重庆市大足区{self.town}{self.village}居民委员会", f"{self.village}居委会")
        full = f"大足区{self.town}{self.village}村民委员会"
        return Body(full, f"{self.village}委会", f"重庆市大足区{self.town}{self.village[:-1]}村民委员会")

    @property
    def collective(self) -> Body:
        """The village's economic cooperative."""
        return Body(f"重庆市大足区{self.town}{self.village}股份经济合作联合社", f"{self.village}集体经济组织")

    @property
    def town_body(self) -> Body:
        """The township's government or the street's office."""
        if self.town.endswith("街道"):
            return Body(f"重庆市大足区人民政府{self.town}办事处", f"{self.town}办事处")
        return Body(f"重庆市大足区{self.town}人民政府", f"{self.town}政府")

    @property
    def party(self) -> Body:
        """The Party committee of the township."""
        kind = "工作委员会" if self.town.endswith("街道") else "委员会"
        return Body(f"中共重庆市大足区{self.town}{kind}", f"{self.town}党委")


@dataclass(frozen=True, slots=True)
class Project:
    """A row of the register and what the papers tell of it. Money in 万元."""

    code: str
    name: str
    place: Place
    made: str
    year: int
    fund: float
    office: Body
    operator: Body
    boss: str
    contact: str
    phone: str
    category: str
    debt: float
    cause: str
    worth: float

    @property
    def town(self) -> str:
        """The township."""
        return self.place.town

    @property
    def village(self) -> str:
        """The village."""
        return self.place.village


@dataclass(slots=True)
class World:
    """Everything that exists for one seed."""

    seed: int
    chance: Random = field(init=False)
    projects: list[Project] = field(init=False)

    def __post_init__(self) -> None:
        self.chance = Random(f"second world {self.seed}")
        self.projects = []
        places = self._places()
        closed = 0
        for number in range(1, self.chance.randint(215, 260)):
            place = self.chance.choice(places)
            category = self.chance.choice(["优势类", "薄弱类", "薄弱类", "闲置类", "优势类"])
            if number % 9 == 0 and closed < 25:
                category, closed = "淘汰类", closed + 1
            self.projects.append(self._project(number, place, category))

    @property
    def closing(self) -> list[Project]:
        """The projects to be wound up."""
        return [one for one in self.projects if one.category == "淘汰类"]

    def person(self) -> str:
        """An invented name."""
        return self.chance.choice(SURNAMES) + self.chance.choice(GIVEN)

    def people(self, count: int) -> list[str]:
        """Names that differ."""
        found: list[str] = []
        while len(found) < count:
            one = self.person()
            if one not in found:
                found.append(one)
        return found

    def _places(self) -> list[Place]:
        towns = self.chance.sample(TOWNS, 11)
        stems = [a + b for a in FIRST for b in SECOND]
        names = self.chance.sample(stems, 64)
        return [
            Place(self.chance.choice(towns), stem + self.chance.choice(["村", "村", "村", "社区"]))
            for stem in names
        ]

    def _project(self, number: int, place: Place, category: str) -> Project:
        chance = self.chance
        taken = {one.name for one in self.projects}
        year = chance.randint(2014, 2021)
        for _ in range(400):
            made, facility = chance.choice(MADE)
            name = self._name(place, made, facility, year)
            if name not in taken and not any(
                one.place == place and one.made == made and "期" not in name for one in self.projects
            ):
                break
            place = chance.choice([place, *[one.place for one in self.projects]])
        if self.seed % 2:
            code = f"DZ{year % 100:02d}-{place.town[:1]}{number:04d}".replace(place.town[:1], "BF")
        else:
            code = f"500111{year}{number:05d}"
        fund = round(chance.uniform(8, 160), chance.choice([0, 1, 2]))
        kind = chance.choice(["种养殖专业合作社", "农业开发有限公司", "家庭农场", "农业发展有限公司"])
        word = chance.choice(
            ["丰和", "众鑫", "绿源", "金穗", "康禾", "田野", "渝野", "福地", "禾下", "春雨"]
        ) + chance.choice(["", "园", "达"])
        full = f"重庆{word}{kind}" if "公司" in kind else f"大足区{word}{kind}"
        phone = f"1{chance.choice('3589')}{chance.randint(10**8, 10**9 - 1)}"
        return Project(
            code, name, place, made, year, fund, chance.choice([OFFICES[0], OFFICES[0], *OFFICES]),
            Body(full, word + kind), self.person(), self.person(), phone, category,
            round(chance.choice([0, 0, 1]) * chance.uniform(0.6, 12), 2), chance.choice(CAUSES),
            round(fund * chance.uniform(0.05, 0.4), 2),
        )  # fmt: skip

    def _name(self, place: Place, made: str, facility: str, year: int) -> str:
        chance = self.chance
        forms = [
            f"{place.town}{place.village}{made}{facility}项目",
            f"{place.village}{made}{facility}建设项目",
            f"{year}年{place.town}{place.village}{made}产业发展项目",
            f"{place.town}{place.village}{made}{facility}（{chance.choice('一二')}期）",
            f"{place.village}股权化改革{made}{facility}项目",
        ]
        return chance.choices(forms, [5, 3, 2, 1, 1])[0]


@dataclass(slots=True)
class Case:
    """One project on its way out: its papers' dates, in the order in which they fell."""

    world: World
    project: Project
    chance: Random

    days: dict[int, date] = field(init=False)

    def pick(self, learn: list[str], late: list[str]) -> str:
        """One wording of several; those of ``late`` appear in report seeds only."""
        return self.chance.choice([*learn, *late, *late] if self.world.seed > 100 else learn)

    def __post_init__(self) -> None:
        start = date(2024, 11, 4) + timedelta(days=self.chance.randint(0, 20))
        steps = {4: 0, 1: 2, 5: 9, 2: 20, 6: 31, 7: 52, 8: 70}
        self.days = {
            item: start + timedelta(days=more + self.chance.randint(0, 5)) for item, more in steps.items()
        }
        made = date(self.project.year, self.chance.randint(2, 11), self.chance.randint(1, 28))
        self.days[3] = made


def spoken(day: date) -> str:
    """2024年11月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def money(value: float) -> str:
    """Without idle noughts."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def fund(case: Case) -> str:
    """What was put into the project, in 元."""
    return str(round(case.project.fund * 10_000))
