"""Made-up values for every page in all its states: what the pages' tests render, look at and hold against one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from archivist.core.catalogue.completeness import ItemState
from archivist.core.decision import Deregistration, decision_of
from archivist.core.package.contents import Act, Contents, Item, Paper
from archivist.pages.decisionpage import decision_html
from archivist.pages.guidepage import guide_html
from archivist.pages.packagepage import package_html
from archivist.pages.recentpage import RecentPage, Result, recent_html
from archivist.pages.statuspage import FileLine, GateLine, ItemLine, StatusPage, status_html

HOSTILE = "</title></style><script>alert('x')</script>&amp;\"{{ 7*7 }}{% raw %}{#'羊\u202efdp.\x00场"
"""A name that tries to be markup, a template, and to be read from right to left."""

SHOWN = HOSTILE.replace("\u202e", "·").replace("\x00", "·")
"""What people read of it."""

UPDATED = "2026年11月25日 10:00:00"
LONG = "关于石坝镇青杠村黑山羊养殖场退出处置事宜的专题会议纪要" * 4
_ITEMS = (
    "项目摸底调查表",
    "行业主管部门组织专业力量或第三机构核查评估的情况报告",
    "项目处置方案",
    "青杠村村民（代表）会议记录",
    "石坝镇人民政府专题会议纪要",
    "区农业农村委员会专题会议纪要",
    "区级专题会议纪要",
    "其他需要归档的材料",
)

# -- 归档状态 ------------------------------------------------------------------------------------------------------

FILE = FileLine(
    "04 2024-11-01 青杠村会议记录.pdf",
    "04 会议记录/04 2024-11-01 青杠村会议记录.pdf",
    "3页，2024-11-01，盖章看到了，签字看不准",
)


def line(number: int, state: ItemState, *files: FileLine, remark: str = "", todo: str = "") -> ItemLine:
    return ItemLine(number, _ITEMS[number - 1], remark, state, files, todo)


COMPLETE = StatusPage(
    "CS-2018-0001",
    "石坝镇青杠村黑山羊养殖场",
    "石坝镇　青杠村",
    (
        *(line(number, ItemState.PRESENT, FILE) for number in range(1, 8)),
        line(8, ItemState.OPTIONAL, todo="有则归档。"),
    ),
    "归档目录第1至7项材料齐全。",
    UPDATED,
)
EVERY_STATE = replace(
    COMPLETE,
    lines=(
        line(
            1, ItemState.PRESENT, FILE, replace(FILE, older="旧版，以“04 2024-11-08 青杠村会议记录.pdf”为准")
        ),
        line(2, ItemState.MISSING, todo="把扫描件放入“收件箱”，或直接放入“02 核查评估报告”。"),
        replace(
            line(
                3,
                ItemState.UNQUALIFIED,
                replace(FILE, alarm="被改动"),
                todo="见上面红框里的办法，把文件放回。",
            ),
            reasons=("被改动",),
        ),
        line(4, ItemState.REVIEW, remark="复印件也可", todo="“待确认”里的“记录.pdf”可能是这一项。"),
        line(5, ItemState.WAIVED, todo="免交：区级没有开会（张某，2024-11-01）"),
        replace(
            line(7, ItemState.CHECK, FILE, todo="这一份没看到签字。请看原件；确实有的，把核对情况写作理由。"),
            reasons=("未签字", "内容不一致"),
            more=tuple(f"这一份写的第{one}笔金额，与别的材料不一致。" for one in range(20)),
        ),
        line(6, ItemState.PRESENT, *(replace(FILE, name=f"06 第{one}份.pdf") for one in range(20))),
        line(7, ItemState.PRESENT, FileLine("07 没有链接.pdf")),
        line(8, ItemState.OPTIONAL, todo="有则归档。"),
    ),
    verdict="不合格 1 项：第3项处置方案（被改动）；还缺 1 项：第2项核查评估报告；待确认 1 项：第4项会议记录；"
    "待核 1 项：第7项会议纪要（未签字、内容不一致）。",
    alarms=tuple(f"“{one}.pdf”被改动或替换了（2024年11月01日 10:00 发现）。" for one in range(5)),
    notes=tuple(f"顺序不对：第{one}次会议在核查之前。" for one in range(4)),
)
STATUS: Mapping[str, StatusPage] = {
    "complete": COMPLETE,
    "empty": replace(COMPLETE, lines=(), verdict="还缺 7 项。", place=""),
    "waits": replace(COMPLETE, lines=(line(4, ItemState.REVIEW),), verdict="待确认 1 项：第4项会议记录。"),
    "deregistered": replace(
        COMPLETE, gate=GateLine("已销号（2024年12月01日 09:30，李某）。", "ok", "销号决定.html")
    ),
    "deregistered, more came": replace(
        COMPLETE, gate=GateLine("已销号。以后又归档了“补充.pdf”，请核对。", "wait", "销号决定.html")
    ),
    "reopened": replace(
        COMPLETE, gate=GateLine("曾于 2024年12月01日 09:30 销号，重新打开。", "gap", "销号决定.html")
    ),
    "waits without an item": replace(
        COMPLETE,
        lines=(line(2, ItemState.MISSING, todo="先看上面黄框里的材料是不是这一项。"),),
        unsorted="“待确认”里的“扫描件0007.pdf”像是这个项目的，看不出是哪一项：打开看一看。",
    ),
    "notes": replace(COMPLETE, notes=("顺序不对：镇街核查在村会议之前。",)),
    "alarms": replace(COMPLETE, alarms=("“a.pdf”被删除或移走了。",)),
    "every state": EVERY_STATE,
    "hostile": StatusPage(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        (
            ItemLine(
                1,
                HOSTILE,
                HOSTILE,
                ItemState.PRESENT,
                (FileLine(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
                HOSTILE,
            ),
        ),
        HOSTILE,
        HOSTILE,
        (HOSTILE,),
        GateLine(HOSTILE, "ok", "销号决定.html"),
        (HOSTILE,),
    ),
    "fullest": StatusPage(
        LONG,
        LONG,
        LONG,
        tuple(
            ItemLine(
                number,
                _ITEMS[1],
                LONG,
                ItemState.UNQUALIFIED,
                (FileLine(f"{LONG}.pdf", "x", FILE.detail, "被改动"),) * 40,
                LONG,
                more=(LONG,) * 30,
            )
            for number in range(1, 9)
        ),
        LONG * 3,
        UPDATED,
        (LONG * 2,) * 30,
        GateLine(LONG * 9, "gap", "销号决定.html"),
        (LONG * 2,) * 9,
    ),
}

# -- 最近处理 ------------------------------------------------------------------------------------------------------

QUIET = RecentPage(
    "截至本页更新时，没有值守程序在运行：放入的文件要等管理员处理时才会归档。",
    False,
    ("等待处理 0 个文件", "待确认 0 件"),
    (),
    (),
    (),
    (),
)
RESULTS = (
    Result(
        "11-25 09:58",
        "扫描件0001.pdf",
        "已归档",
        "ok",
        "CS-2018-0001 石坝镇青杠村黑山羊养殖场，第4项 村会议记录",
        "",
        "04 2024-11-01 青杠村会议记录.pdf",
        "../项目档案/石坝镇/CS-2018-0001/04 会议记录/04 2024-11-01 青杠村会议记录.pdf",
    ),
    Result(
        "11-25 09:57",
        "拿不准.pdf",
        "待确认",
        "wait",
        "没有认出是哪个项目",
        "怎么办：打开看一看，再把它从“待确认”拖进“项目档案”里那个项目的对应文件夹。",
        "拿不准.pdf",
        "../待确认/拿不准.pdf",
    ),
    Result("11-25 09:56", "又一份.pdf（直接放入项目档案）", "重复", "none", "与“扫描件0001.pdf”内容完全相同"),
    Result("11-25 09:55", "坏的.pdf", "退回", "gap", "打不开", "怎么办：按“退回”里的说明处理好，再放进来。"),
)
RECENT: Mapping[str, RecentPage] = {
    "nothing yet": QUIET,
    "running": replace(QUIET, watcher="截至本页更新时，值守程序正在运行。", running=True, results=RESULTS),
    "everything": replace(
        QUIET,
        counts=("等待处理 7 个文件", "其中 2 个还在复制", "待确认 3 件"),
        alarms=("“项目档案/石坝镇/a.pdf”被改动或替换了（11-25 09:00 发现）。",),
        reopened=("CS-2018-0001 石坝镇青杠村黑山羊养殖场：11-25 09:10 第4项的“a.pdf”被改动",),
        troubles=("“怪的.pdf”出错（已试 1 次，11-25 10:01 自动再试）", "另有 3 条"),
        results=RESULTS * 10,
    ),
    "hostile": RecentPage(
        HOSTILE,
        True,
        (HOSTILE,),
        (HOSTILE,),
        (HOSTILE,),
        (HOSTILE,),
        (Result(HOSTILE, HOSTILE, HOSTILE, "ok", HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
    ),
}

# -- 销号决定 ------------------------------------------------------------------------------------------------------

_SHA, _OTHER_SHA = "5f" * 32, "a0" * 32
HOLDS: dict[str, Any] = {"reopened": None, "reopened_by": None, "reason": None}
REOPENED: dict[str, Any] = {
    "reopened": "2024-12-20T08:15:00+08:00",
    "reopened_by": "系统",
    "reason": "第4项的“04 2024-11-01 青杠村会议记录.pdf”被改动",
}


def evidence(identity: str, **changed: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "path": f"项目档案/石坝镇/CS-2018-0001/04 会议记录/{identity} 青杠村会议记录.pdf",
        "pages": [1, 3],
        "title": "会议记录",
        "date": "2024-11-01",
        "date_page": 2,
        "sealed": "yes",
        "signed": "unknown",
        "sha256": _SHA,
        "original_sha256": _SHA,
        "copy": None,
        "decided_by": None,
        **changed,
    }


def item(number: int, state: str, *documents: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {
        "item": number,
        "name": _ITEMS[number - 1],
        "called": _ITEMS[number - 1],
        "short": _ITEMS[number - 1][:4],
        "clause": f"附件4第{number}项",
        "state": state,
        "waiver": None,
        "documents": list(documents),
        **changed,
    }


DECISION: dict[str, Any] = {
    "format": "archivist 销号决定 1",
    "project": {
        "code": "CS-2018-0001",
        "name": "石坝镇青杠村黑山羊养殖场",
        "township": "石坝镇",
        "village": "青杠村",
        "department": None,
        "category": "淘汰类",
    },
    "items": [
        item(1, "齐全", evidence("D00001"), evidence("D00002", pages=[2, 2], date=None, date_page=None)),
        item(2, "齐全", evidence("D00003", original_sha256=_OTHER_SHA, copy="复印件", decided_by="张某")),
        item(
            7, "免交", waiver={"reason": "区级没有开会", "actor": "张某", "at": "2024-11-20T10:00:00+08:00"}
        ),
        item(8, "选交"),
    ],
    "checks": [
        {"rule": "item-1", "name": "第1项", "clause": "附件4", "outcome": "通过", "told": "有 2 件"},
        {
            "rule": "order",
            "name": "先后次序",
            "clause": "第三条",
            "outcome": "通过",
            "told": "比较了 3 个日期",
        },
        {"rule": "debts", "name": "债权债务", "clause": "第五条", "outcome": "不适用", "told": "没有债务"},
        {"rule": "seals", "name": "盖章", "clause": "第六条", "outcome": "有情况", "told": "看了 3 份"},
        {"rule": "signed", "name": "签字", "clause": "第六条", "outcome": "有问题", "told": "看了 2 份"},
    ],
    "reasons": [
        {
            "message": "签字看不准",
            "clause": "第六条",
            "reason": "看过原件",
            "code": "signature-unclear",
            "item": 1,
            "rule": "signed",
        },
        {"message": "没有条款的", "clause": None, "reason": "看过", "code": "x", "item": None},
    ],
    "actor": "李某",
    "at": "2024-12-01T09:30:00+08:00",
    "hashed": {"files": 4, "bytes": 123456},
    "rules": {"annex4.toml": _SHA, "procedure.toml": _OTHER_SHA},
    "head": {"seq": 321, "hash": _OTHER_SHA},
    "software": "0.1.0",
    "root": _OTHER_SHA,
}
BY_TWO: dict[str, Any] = {
    **DECISION,
    "user": "jiang",
    "authority": "按人员名册核对：蒋某（工作专班办公室，专班审核、负责人）",
    "proposed_by": {"name": "冯某甲", "body": "区农业农村委", "level": "部门", "user": "feng"},
    "proposed_at": "2024-11-25T09:30:00+08:00",
    "confirmed_by": {"name": "蒋某", "body": "工作专班办公室", "level": "专班", "user": "jiang"},
}
"""As `DECISION`, which is one of an earlier edition, but by two persons."""
ALONE: dict[str, Any] = {**DECISION, "user": "root", "authority": "没有人员名册，未核对权限；一人办理"}
OVERRIDDEN: dict[str, Any] = {
    "reasons": DECISION["reasons"][1:],
    "overrides": [
        {
            "project": "CS-2018-0001",
            "message": "第1项的“青杠村会议记录.pdf”（D00001）没看到签字。请补齐后重新扫描归档。",
            "clause": "附件4第1项",
            "reason": "看过原件，签字在背面",
            "code": "signature-absent",
            "item": 1,
            "document": "D00001",
            "key": "signature-absent-1",
            "sha256": _SHA,
            "by": {"name": "黎某", "body": "区人民政府办公室", "level": "区", "user": "li"},
            "at": "2024-11-30T09:30:00+08:00",
            "rule": "signed",
        }
    ],
}
"""What of a decision says that a named authority overrode something."""
_LINKS = {"D00001": "01 摸底调查表/D00001 青杠村会议记录.pdf"}
_EARLIER = [Deregistration("CS-2018-0001", "2024-10-01T09:30:00+08:00", "王某", None, **REOPENED)]


def spoilt(value: Any) -> Any:
    """A decision all of whose free words are hostile."""
    keep = {
        "pages",
        "date_page",
        "sealed",
        "signed",
        "item",
        "state",
        "outcome",
        "rule",
        "root",
        "id",
        "files",
        "bytes",
    }
    if isinstance(value, dict):
        return {key: one if key in keep else spoilt(one) for key, one in value.items()}
    if isinstance(value, list):
        return [spoilt(one) for one in value]
    return HOSTILE if isinstance(value, str) else value


def passed(record: dict[str, Any], since: dict[str, Any]) -> Deregistration:
    decision = decision_of(record)
    assert decision is not None
    return Deregistration(decision.project.code, decision.at, decision.actor, decision, **since)


Decided = tuple[Deregistration, list[Deregistration], dict[str, str]]
DECISIONS: Mapping[str, Decided] = {
    "holds": (passed(DECISION, HOLDS), [], _LINKS),
    "no reasons": (passed({**DECISION, "reasons": []}, HOLDS), [], {}),
    "by two": (passed(BY_TWO, HOLDS), [], _LINKS),
    "alone": (passed(ALONE, HOLDS), [], _LINKS),
    "overridden": (passed({**BY_TWO, **OVERRIDDEN}, HOLDS), [], _LINKS),
    "reopened": (passed(DECISION, REOPENED), _EARLIER, _LINKS),
    "hostile": (
        passed({**spoilt({**BY_TWO, **OVERRIDDEN}), "format": DECISION["format"]}, spoilt(REOPENED)),
        [Deregistration(HOSTILE, HOSTILE, HOSTILE, None, HOSTILE, HOSTILE, HOSTILE)],
        {"D00001": HOSTILE},
    ),
}

# -- 使用说明 ------------------------------------------------------------------------------------------------------

GUIDE = Path(__file__).parents[2] / "doc_templates" / "guide.html"
GUIDE_NAMES = {name: name for name in ("收件箱", "待确认", "项目档案", "公文", "退回", "联系人")}
GUIDE_FOLDERS = (
    "01 摸底调查表",
    "02 核查评估报告",
    "03 协议书或合同书",
    "04 村（社区）会议记录",
    "05 镇街会议纪要",
    "06 部门会议纪要",
    "07 区政府专题会会议纪要",
    "08 其他材料",
)


def _recent(page: RecentPage) -> bytes:
    return recent_html(page, UPDATED)[0]


# -- 移交包 --------------------------------------------------------------------------------------------------------

HANDED_OVER = Contents(
    code="CS-2018-0001",
    name="石坝镇青杠村黑山羊养殖场",
    township="石坝镇",
    village="青杠村",
    department="区农业农村委",
    category="淘汰类",
    day="2026-11-25",
    by="测试员",
    agency="石坝镇人民政府",
    software="archivist 0",
    items=tuple(Item(n, name, "齐全", True, n < 8, f"附件4第{n}项") for n, name in enumerate(_ITEMS, 1)),
    papers=(
        Paper(
            "D00004",
            4,
            _ITEMS[3],
            "04 会议记录/04 2024-11-01 青杠村会议记录.pdf",
            "ab" * 32,
            7,
            "青杠村会议记录",
            pages=3,
        ),
        Paper(
            "D00005",
            5,
            _ITEMS[4],
            "05 纪要/50% 纪要.pdf",
            "cd" * 32,
            9,
            original="复印件",
            searchable="05 纪要/副本.pdf",
        ),
    ),
    complete=True,
    decided="测试员 于 2026年11月24日 09:00 办理销号",
    root="12" * 32,
    acts=(Act("2026年11月24日 09:00", "测试员", "办理销号：CS-2018-0001"),),
)
_INSIDE = [
    "04 会议记录/04 2024-11-01 青杠村会议记录.pdf",
    "05 纪要/50% 纪要.pdf",
    "元数据.xml",
    "可检索副本/05 纪要/副本.pdf",
]
PACKAGES: Mapping[str, Contents] = {
    "complete": HANDED_OVER,
    "not wound up": replace(
        HANDED_OVER,
        decided="",
        complete=False,
        items=(replace(HANDED_OVER.items[0], state="缺件", enough=False), *HANDED_OVER.items[1:]),
        acts=(),
        left=("可检索副本 1 份不在或被改动，没有附上（原件都在）",),
    ),
    "complete and not wound up": replace(HANDED_OVER, decided=""),
    "reopened": replace(HANDED_OVER, decided="", reopened="曾于 昨天 销号，今天 重新打开：证据不见了"),
    "with a long past": replace(HANDED_OVER, acts=HANDED_OVER.acts * 300),
    "hostile": replace(
        HANDED_OVER,
        name=HOSTILE,
        township=HOSTILE,
        by=HOSTILE,
        agency=HOSTILE,
        papers=(
            replace(HANDED_OVER.papers[0], path=f"04 会议记录/{HOSTILE}", title=HOSTILE, remark=HOSTILE),
        ),
        acts=(Act(HOSTILE, HOSTILE, HOSTILE),),
        left=(HOSTILE,),
    ),
}

PAGES: Mapping[str, Callable[[], bytes]] = {
    "使用说明": lambda: guide_html(GUIDE, GUIDE_NAMES, GUIDE_FOLDERS),
    "使用说明 renamed": lambda: guide_html(GUIDE, dict.fromkeys(GUIDE_NAMES, HOSTILE), [HOSTILE]),
    **{f"归档状态 {name}": partial(status_html, page) for name, page in STATUS.items()},
    **{f"最近处理 {name}": partial(_recent, page) for name, page in RECENT.items()},
    **{f"移交包 {name}": partial(package_html, told, _INSIDE) for name, told in PACKAGES.items()},
    **{f"销号决定 {name}": partial(decision_html, *told) for name, told in DECISIONS.items()},
}
"""Every page in every state, by a name of the state."""
