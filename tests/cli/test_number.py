"""number and responsible, and the lists of the archive, as they are typed and as they print."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx

from archivist.workspace.opened import open_workspace
from support import workspaces as w
from support.archiving import SETTINGS
from support.cli_running import Ran, run_archivist
from support.complete import hand_in
from support.output_schemas import validator

CODE, OTHER = w.SHEEP.code, w.LEMON.code
FIRST = "Z109-WS·2024-Y-NYW-0001"
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    opened = w.workspace(tmp_path_factory.mktemp("number") / "w", SETTINGS)
    hand_in(opened, w.SHEEP)
    hand_in(opened, w.LEMON, (4,))
    w.ingest(opened)
    return opened.config.workspace


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


def run(place: Path, *arguments: str) -> Ran:
    return run_archivist("-w", str(place), *arguments)


def told(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.text.splitlines()]


def rows_of(path: Path) -> list[list[str]]:
    """The rows of the last table of a Word document."""
    table = open_docx(str(path)).tables[-1]
    return [[cell.text for cell in row.cells] for row in table.rows]


def words(path: Path) -> str:
    body = open_docx(str(path)).element.body
    return "".join(str(one.text or "") for one in body.iter(TEXT))


def numbered(place: Path, item: int) -> str:
    with w.tables_open(open_workspace(place, None)) as index:
        return next(one.id for one in index.holdings.of(CODE) if one.item == item)


def test_numbers_are_told_before_and_after_they_are_given(place: Path) -> None:
    before = run(place, "number", CODE, "--dry-run")
    none = run(place, "number", "--check")
    done = run(place, "number", CODE)
    again = run(place, "number", "--township", w.SHEEP.township)
    checked = run(place, "number", "--check", CODE)
    other = run(place, "number", OTHER)

    assert before.code == done.code == 0, done.err
    assert f"{CODE} 会编 {FIRST}　案卷 {w.SHEEP.name}" in before.text
    assert none.text == "还没有编过档号，没有可核对的。编档号用 archivist number。\n"
    assert checked.text == "核对了 1 个项目的档号：没有缺号、重号、空号。\n"
    assert f"{CODE} 已编 {FIRST}-007" in done.text and "1 个项目编了档号，共 7 件。" in done.text
    assert f"{OTHER} 还缺第1、2、3、5、6、7项的材料，以后归档的接着编。" in other.text
    assert "还缺" not in done.text
    assert "没有编号：没有可以编号的材料" in again.text, "the other project of the township has no papers"


def test_json_has_a_line_for_each_number_and_each_that_could_not_be_given(place: Path) -> None:
    given = told(run(place, "number", CODE, "--json"))
    left = told(run(place, "number", w.FISH.code, "--json"))
    number = numbered(place, 5)
    assert run(place, "reject", number, "--reason", "归错了地方", "--yes").code == 0
    flawed = told(run(place, "number", "--check", "--json"))

    assert len(given) == 8 and given[0]["document"] is None
    assert left == [
        {"project": w.FISH.code, "document": None, "number": None, "message": "没有可以编号的材料"}
    ]
    assert [one["kind"] for one in flawed] == ["空号"]
    for name, records in {"number": [*given, *left], "number-check": flawed}.items():
        for record in records:
            assert [
                error.message for error in validator(f"output/{name}.schema.json").iter_errors(record)
            ] == []
    assert "1 处要看" in run(place, "number", "--check").text


def test_numbering_anew_and_taking_back_want_a_reason(place: Path) -> None:
    assert run(place, "number", CODE).code == 0
    anew = run(place, "number", CODE, "--renumber", "--reason", "按目录的顺序重新排列")
    back = run(place, "number", CODE, "--withdraw", "--reason", "全宗号写错了")
    check = run(place, "number", "--check")

    assert f"停用 {FIRST}-001" in anew.text and "顺序号重排" in anew.text
    assert f"{CODE} 收回了 8 个号，不再编给别的材料。" in back.text
    assert "停用（全宗号写错了），不再编给别的材料" in check.text
    (place / "archivist.toml").write_text('[archive]\nfonds = "Z2"\n', "utf-8")
    assert run(place, "number", CODE).code == 0
    (place / "archivist.toml").write_text('[archive]\nfonds = "Z3"\n', "utf-8")
    moved = run(place, "number", CODE, "--renumber", "--reason", "按档案馆通知改")
    assert "停用 Z2-WS·2024-Y-0001（案卷），不再编给别的材料" in moved.text
    assert "已编 Z3-WS·2024-Y-0001　案卷" in moved.text


WRONG = [
    (("number",), 2, "请写明项目编号，或用 --township 写明镇街"),
    (("number", "没有"), 2, "没有"),
    (("number", CODE, "--check", "--withdraw"), 2, "只能写一个"),
    (("number", CODE, "--renumber"), 2, "重新编号要写明理由"),
    (("number", CODE, "--withdraw"), 2, "收回档号要写明理由"),
    (("number", CODE, "--withdraw", "--reason", "."), 2, "理由"),
    (("number", CODE, "--reason", "看过了原件"), 2, "和 --renumber 或 --withdraw 一起写"),
    (("number", "--township", "石坝镇", "--withdraw", "--reason", "写错了号"), 2, "不能用 --township"),
    (("number", CODE, "--withdraw", "--reason", "写错了号"), 4, "没有档号可以收回"),
    (("responsible", "D99999", "区审计局"), 4, "没有编号为"),
    (("responsible", "D00001", "本局"), 2, "责任者不能写“本局”"),
    (("responsible", "D00001", "我镇"), 2, "责任者不能写“我镇”"),
    (("responsible", "D00001", "…"), 2, "全称或规范化简称"),
    (("responsible", "D00001", "局" * 201), 2, "最多 200 个字"),
]


@pytest.mark.parametrize(
    ("arguments", "code", "words"), WRONG, ids=lambda one: " ".join(one) if isinstance(one, tuple) else None
)
def test_what_is_asked_for_wrongly_is_told_plainly(
    made: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ran = run(made, *arguments)

    assert (ran.code, words in ran.err) == (code, True), ran.err + ran.text


def test_without_settings_it_is_told_what_to_set(place: Path) -> None:
    (place / "archivist.toml").write_text("", "utf-8")
    ran = run(place, "number", CODE)

    assert (ran.code, "全宗号还没有设置" in ran.err, "没有编任何号" in ran.err) == (3, True, True)


def test_who_is_responsible_stands_in_the_lists_and_another_persons_entry_is_asked_about(
    place: Path, tmp_path: Path
) -> None:
    number = numbered(place, 2)
    first = run(place, "responsible", number, "重庆市大足区某某\n评估有限公司")
    other = run_archivist("-w", str(place), "--as", "何某", "responsible", number, "区审计局")
    sure = run_archivist("-w", str(place), "--as", "何某", "responsible", number, "区审计局", "--yes")
    assert run(place, "generate", "卷内目录", CODE, "-o", str(tmp_path / "目录.docx")).code == 0

    assert (first.code, f"已登记：{number} 的责任者是重庆市大足区某某评估有限公司。" in first.text) == (
        0,
        True,
    )
    assert (other.code, "登记为重庆市大足区某某评估有限公司" in other.err) == (1, True), other.err
    assert sure.code == 0, sure.err
    assert rows_of(tmp_path / "目录.docx")[2][2] == "区审计局"


def test_the_lists_print_what_the_index_knows(place: Path, tmp_path: Path) -> None:
    copy = numbered(place, 1)
    assert run(place, "original", copy, "复印件").code == 0
    assert run(place, "number", CODE).code == 0
    made = {}
    for kind in ("归档文件目录", "案卷封面", "卷内目录", "卷内备考表"):
        ran = run(place, "generate", kind, CODE, "-o", str(tmp_path / f"{kind}.docx"))
        assert ran.code == 0, ran.err
        made[kind] = tmp_path / f"{kind}.docx"
    head, *rows = rows_of(made["归档文件目录"])

    assert head == ["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]
    assert [row[1] for row in rows] == [f"{FIRST}-{at:03d}" for at in range(1, 8)]
    assert all(len(row[5]) == 8 and row[5].isdecimal() for row in rows if row[5] != "【待填】")
    assert (rows[0][8], rows[1][8], rows[0][7]) == ("复印件", "", "1")
    assert rows_of(made["卷内目录"])[0] == ["顺序号", "文号", "责任者", "题名", "日期", "页号", "备注"]
    assert [row[5] for row in rows_of(made["卷内目录"])[1:]] == [str(at) for at in range(1, 8)]
    cover = words(made["案卷封面"])
    assert FIRST in cover and "大足区农业农村委员会" in cover and "永久" in cover and "【待填】" not in cover
    note = words(made["卷内备考表"])
    assert "本卷共 7 件、7 页。" in note and "第 1 件" in note and "复印件" in note
    assert "立 卷 人" in note and "整 理 人" not in note


def test_piece_by_piece_there_is_no_volume(place: Path, tmp_path: Path) -> None:
    (place / "archivist.toml").write_text(f'{SETTINGS}by = "件"\n', "utf-8")
    assert run(place, "number", CODE).code == 0
    refused = run(place, "generate", "卷内目录", CODE, "-o", str(tmp_path / "a.docx"))
    listed = run(place, "generate", "归档文件目录", CODE, "-o", str(tmp_path / "b.docx"))
    note = run(place, "generate", "备考表", CODE, "-o", str(tmp_path / "c.docx"))

    assert (refused.code, "设置是按件整理" in refused.err) == (2, True)
    assert (listed.code, note.code) == (0, 0), listed.err + note.err
    assert [row[1] for row in rows_of(tmp_path / "b.docx")[1:]] == [
        "Z109-WS·2024-Y-NYW-0001",
        "Z109-WS·2024-Y-NYW-0002",
        "Z109-WS·2018-Y-NYW-0001",  # the agreement is of 2018
        *(f"Z109-WS·2024-Y-NYW-{at:04d}" for at in range(3, 7)),
    ]
    assert "整 理 人" in words(tmp_path / "c.docx") and "本盒共 7 件" in words(tmp_path / "c.docx")


def test_nobody_words_otherwise_what_the_archive_says(place: Path, tmp_path: Path) -> None:
    ran = run(place, "generate", "案卷封面", CODE, "--set", "档号=Z1", "-o", str(tmp_path / "a.docx"))
    title = run(
        place, "generate", "案卷封面", CODE, "--set", "案卷题名=羊场退出", "-o", str(tmp_path / "b.docx")
    )

    assert (ran.code, "“档号”由档案索引填写" in ran.err) == (4, True)
    assert (title.code, "羊场退出" in words(tmp_path / "b.docx")) == (0, True)
    assert "【待填】" in words(tmp_path / "b.docx"), "it has no number yet"
