"""Projects as invented, seeded: the same number gives the same district. Everybody in them is invented."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from sample_maker.projects import AGRI, FOREST, FULL_NAMES, OUT, Row
from sample_maker.stories import Story

PLACES = (
    ("国梁镇", "荷叶坝村"),
    ("雍溪镇", "柳溪口村"),
    ("石马镇", "松林坡村"),
    ("高升镇", "白果垭村"),
    ("季家镇", "清水凼村"),
    ("古龙镇", "竹山湾村"),
    ("回龙镇", "石榴沟村"),
    ("金山镇", "黄桷岭村"),
    ("拾万镇", "田心坝村"),
    ("玉龙镇", "梨子垭村"),
    ("万古镇", "大桥沟村"),
    ("邮亭镇", "双石梁村"),
    ("高坪镇", "桂花坪村"),
    ("宝顶镇", "马鞍山村"),
)
_TRADES = (
    ("莲藕种植基地", "莲藕", "藕田"),
    ("肉鸽养殖场", "肉鸽", "鸽舍"),
    ("红薯粉加工车间", "红薯粉", "加工房"),
    ("金银花种植园", "金银花", "花园"),
    ("水产孵化基地", "水产", "孵化池"),
    ("肉兔养殖小区", "肉兔", "兔舍"),
    ("蚕桑共育室", "蚕桑", "共育室"),
)
_SURNAMES = "赵孙李周吴郑冯陈蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻柏章苏潘葛范彭鲁韦马苗方俞任袁柳"
_GIVEN = (
    "世平", "开琴", "德明", "永芳", "光友", "正碧", "兴华", "国蓉", "先礼", "天秀", "朝友", "元珍",
    "代勇", "昌英", "大贵", "玉梅", "定国", "素芬", "中权", "小兰",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Story):
    """A story with its own row of the register."""

    own: Row

    @property
    def row(self) -> Row:
        """The register's row."""
        return self.own


def district(seed: int, many: int) -> tuple[Told, ...]:
    """The first ``many`` projects of a district; each is in a township of its own, so that none is another's twin."""
    chance = random.Random(f"district {seed}")
    places = chance.sample(PLACES, len(PLACES))
    return tuple(_told(random.Random(f"{seed}:{at}"), at, *places[at % len(places)]) for at in range(many))


def _told(chance: random.Random, at: int, township: str, village: str) -> Told:
    trade, goods, building = _TRADES[at % len(_TRADES)]
    year = chance.randint(2016, 2021)
    amount = Decimal(chance.randint(2200, 9800)) / 100
    operator = f"重庆市大足区{village[:-1]}{goods}专业合作社"
    names = _names(chance, 16)
    name = f"{township}{village}{trade}项目"
    department = chance.choice((AGRI, FOREST))
    row = Row(
        f"DZ-{year}-{300 + at:04d}",
        name,
        township,
        village,
        str(year),
        f"{amount:.2f}",
        OUT,
        department,
        operator,
        names[0],
        "村集体",
        "是",
    )
    debt = Decimal(chance.randint(80, 460)) / 100
    due = chance.randint(30, 48)
    present = due - chance.randint(1, due // 6)
    month = chance.randint(9, 10)
    first = chance.randint(3, 8)
    days = [f"2024年{month}月{first + step}日" for step in (0, 1, 6, 8, 14, 17)]
    return Told(
        code=row.code,
        secretary=names[0],
        clerk=names[1],
        members=tuple(names[2:10]),
        chair=names[10],
        officials=tuple(names[11:15]),
        legal=names[15],
        start=f"{year}年{chance.randint(2, 6)}月{chance.randint(5, 25)}日",
        village_day=days[0],
        village_form_day=days[1],
        township_day=days[2],
        township_form_day=days[3],
        assessed=days[4],
        form_day=days[5],
        why=f"{goods}市场价格连年低于成本，经营主体技术力量不足，2022年停产至今，难以为继。",
        assets=f"现有{building}2处、配套设备6台套，账面原值{amount - 2:.2f}万元，权属归{village}集体，已完成确权登记。",
        debts=f"经营主体欠付土地流转费{debt:.2f}万元；无其他债权债务纠纷。",
        wishes="流转农户要求付清土地流转费并收回土地；经营主体同意退出。",
        plan=f"建议认定为淘汰类，{building}和设备公开转让，土地退还农户恢复种粮，完成清算后销号退出。",
        due=due,
        present=present,
        yes=present,
        abstain=0,
        goods=((building, "处", "2", f"{amount - 6:.2f}", "闲置"), ("配套设备", "台套", "6", "4.00", "可用")),
        own=row,
    )


def _names(chance: random.Random, many: int) -> list[str]:
    surnames, given = chance.sample(_SURNAMES, many), chance.sample(_GIVEN, many)
    return [a + b for a, b in zip(surnames, given, strict=True)]


def debt_of(story: Told) -> str:
    """What the operator owes, in 万元 as printed."""
    return story.debts.partition("土地流转费")[2].partition("万元")[0]


def department_seal(story: Told) -> str:
    """The words on the department's seal."""
    return FULL_NAMES[story.own.department]
