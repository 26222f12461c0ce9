"""Two registers a year apart: numbers changed and passed on, names changed, projects joined, divided, moved and closed, a
township merged. Each is asked about or told, each command that is printed does what it says, the papers follow, and one
``undo`` takes all answers back.
"""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from decimal import Decimal

import pytest

from archivist.cli import run as archivist
from archivist.cli.init import make_workspace
from archivist.core.project import Category, Project
from archivist.preservation.recovery.reindex import reindex
from archivist.workspace.opened import Workspace, open_workspace
from support import workspaces as w
from support.registers import known, register_file


def project(number: str, name: str, township: str, village: str, yuan: int, operator: str) -> Project:
    return Project(
        number,
        f"{township}{village}{name}项目",
        township,
        village,
        year=number[3:7],
        amount=Decimal(yuan),
        department="区农业农村委",
        operator=operator,
    )


GOAT = project("DZ-2018-0017", "黑山羊养殖场", "珠溪镇", "青杠岭村", 865_000, "岭上牧业合作社")
MUSHROOM = project("DZ-2019-0042", "食用菌种植基地", "中敖镇", "麻柳沟村", 642_000, "麻柳菌业公司")
OIL = project("DZ-2018-0052", "油茶加工车间", "铁山镇", "桐子垭村", 973_000, "桐垭油茶公司")
RABBIT = project("DZ-2021-0012", "肉兔养殖小区", "龙石镇", "双河口村", 420_000, "双河口兔业合作社")
PEPPER = project("DZ-2021-0013", "花椒烘干房", "龙石镇", "高石村", 318_000, "高石花椒合作社")
FISH = project("DZ-2020-0031", "稻渔综合种养", "三驱镇", "柏林村", 500_000, "柏林渔业合作社")
EAST = project("DZ-2017-0003", "冬菜腌制东坊", "龙水镇", "大围村", 200_000, "大围冬菜合作社")
WEST = project("DZ-2017-0004", "冬菜腌制西坊", "龙水镇", "大围村", 150_000, "大围冬菜合作社")
TEA = project("DZ-2016-0008", "茶叶初制厂", "古龙镇", "天堂村", 266_000, "天堂茶业公司")
BEES = project("DZ-2016-0009", "中蜂养殖", "高坪镇", "长安村", 98_000, "长安蜂业合作社")
FIRST = (GOAT, MUSHROOM, OIL, RABBIT, PEPPER, FISH, EAST, WEST, TEA, BEES)

NEW_GOAT = replace(GOAT, code="DZ-2018-0117")
NEW_OIL = replace(OIL, name="铁山镇桐子垭村木本油料产业园项目")
POND = replace(FISH, code="DZ-2025-0001", name="三驱镇柏林村稻渔综合种养鱼塘项目", amount=Decimal(320_000))
FIELD = replace(FISH, code="DZ-2025-0002", name="三驱镇柏林村稻渔综合种养稻田项目", amount=Decimal(180_000))
PICKLES = replace(EAST, code="DZ-2025-0003", name="龙水镇大围村冬菜腌制坊项目", amount=Decimal(350_000))
NEW_TEA, NEW_BEES = replace(TEA, code=BEES.code), replace(BEES, code="DZ-2016-0010")
MOVED = tuple(replace(one, township="珠溪镇") for one in (RABBIT, PEPPER))
IDLE = replace(MUSHROOM, category=Category.IDLE)
SECOND = (NEW_GOAT, IDLE, NEW_OIL, *MOVED, POND, FIELD, PICKLES, NEW_TEA, NEW_BEES)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("history") / "w"
    make_workspace(folder)
    (folder / "archivist.toml").write_text(f"[intake]\nsettle_seconds = {w.SETTLE}\n", "utf-8")
    opened = open_workspace(folder, "测试员")
    run(opened, "register", "import", str(register_file(folder / "台账", *FIRST)))
    for at, one in enumerate(FIRST, 1):
        w.pdf(opened.config.inbox / f"纪要{at}.pdf", w.minutes(one, at))
    w.pdf(opened.config.inbox / "鱼塘.pdf", w.minutes(FISH, 15, f"其中{POND.name}由合作社继续管护。"))
    w.ingest(opened)
    assert {row["status"] for row in w.documents(opened)} == {"filed"}
    return opened


def run(opened: Workspace, *words: str) -> str:
    """What a command prints, run as it is typed, but in this process."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        assert archivist(["-w", str(opened.config.workspace), *words]) == 0, out.getvalue()
    return out.getvalue()


def papers(opened: Workspace) -> dict[str, set[str]]:
    """The files that each project's papers came from, by its number."""
    found: dict[str, set[str]] = {}
    for row in w.documents(opened):
        found.setdefault(row["project"], set()).add(row["source"])
    return found


def test_a_year_of_changes_is_answered_command_by_command_and_undone_by_one(opened: Workspace) -> None:
    file = register_file(opened.config.workspace / "台账", *SECOND, name="新台账.csv")
    before = papers(opened)
    told = run(opened, "register", "import", str(file))

    # What is sure is done and told; what is not is asked, and no project stands there twice.
    assert f"修改 {OIL.code}" in told
    assert "不再是淘汰类" in told
    assert "archivist register township 龙石镇 珠溪镇" in told
    assert told.count("待答 ") == 6
    names = [name for (name,) in w.rows(opened, "SELECT name FROM projects")]
    assert len(names) == len(set(names)) == len(FIRST)
    assert papers(opened) == before
    assert w.disagreements(opened) == []

    kept = known(opened)
    commands = re.findall(r"(?:是|的)：archivist (register (?:renumber|join|split|township) .+)", told)
    answers = list(dict.fromkeys(line.strip() for line in commands))
    assert len(answers) == 6
    done = 0
    for answer in answers:
        if "renumber" in answer and answer.split()[-1] not in run(opened, "register", "questions"):
            continue  # a number passed on was taken over together with the one that had it
        run(opened, *answer.split())
        done += 1
    after = papers(opened)

    assert after[NEW_GOAT.code] == before[GOAT.code]
    assert after[OIL.code] == before[OIL.code]
    assert after[PICKLES.code] == before[EAST.code] | before[WEST.code]
    assert after[POND.code] == {"鱼塘.pdf"}
    assert after[FISH.code] == before[FISH.code] - {"鱼塘.pdf"}
    assert (after[NEW_TEA.code], after[NEW_BEES.code]) == (before[TEA.code], before[BEES.code])
    assert all(
        w.folder_of(opened, one).is_dir() for one in (*MOVED, NEW_GOAT, NEW_TEA, NEW_BEES, PICKLES, POND)
    )
    assert not (opened.config.projects / "龙石镇").exists()
    assert "没有待答的" in run(opened, "register", "questions")
    again = run(opened, "register", "import", str(file))
    assert "待答" not in again
    assert "新增 0 个，修改 0 个" in again
    assert w.disagreements(opened) == []

    # Last year's register, imported once more by mistake, brings nobody back.
    told = run(
        opened,
        "register",
        "import",
        str(register_file(opened.config.workspace / "台账", *FIRST)),
        "--dry-run",
    )
    assert "新增 0 个" in told
    assert "已并入" in told

    # A paper from before the changes is still known for what it is.
    w.pdf(opened.config.inbox / "去年的.pdf", w.minutes(GOAT, 21))
    w.ingest(opened)
    assert "去年的.pdf" in papers(opened)[NEW_GOAT.code]

    # The events alone tell of all of it.
    held = known(opened)
    reindex(opened, lambda path, name: pytest.fail(f"{name} was read again"))
    assert known(opened) == held

    run(opened, "undo", "--last", str(done))
    assert {code: rows - {"去年的.pdf"} for code, rows in papers(opened).items()} == before
    assert known(opened)["projects"] == kept["projects"]
    assert known(opened)["register_questions"] == kept["register_questions"]
    w.ingest(opened)
    assert w.disagreements(opened) == []
