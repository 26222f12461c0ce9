"""What becomes of projects, as people type it: an import asks, each command answers, undo takes it back."""

from __future__ import annotations

from pathlib import Path

from support.cli_running import Run

HEAD = "项目编号,项目名称,镇街,村（社区）,项目类别,建设年度,主管部门,经营主体\n"
GOAT = "珠溪镇青杠岭村黑山羊养殖场项目,珠溪镇,青杠岭村,淘汰类,2018,区农业农村委,岭上合作社\n"
MUSHROOM = "DZ-2019-0042,中敖镇麻柳沟村食用菌项目,中敖镇,麻柳沟村,淘汰类,2019,区农业农村委,麻柳公司\n"


def test_a_project_renumbered_from_the_question_to_undo(tmp_path: Path, archivist: Run) -> None:
    where = ("-w", str(tmp_path / "工作区"))
    file = tmp_path / "台账.csv"
    assert archivist("init", str(tmp_path / "工作区")).code == 0
    for code in ("DZ-2018-0017", "DZ-2018-0117"):
        file.write_text(f"{HEAD}{code},{GOAT}{MUSHROOM}", "utf-8")
        told = archivist(*where, "register", "import", str(file)).text
    assert "待答 DZ-2018-0117" in told
    assert "register retire" not in told
    assert "archivist register renumber DZ-2018-0017 DZ-2018-0117" in told
    assert "archivist register separate DZ-2018-0117" in told
    missing = archivist(*where, "missing")
    assert "1 个新编号" in missing.err
    assert "DZ-2018-0117" not in missing.text
    assert "1 个新编号" in archivist(*where, "check").err
    assert "共 1 个新编号待答" in archivist(*where, "register", "questions").text

    assert "已换编号 DZ-2018-0017 → DZ-2018-0117" in archivist(*where, "register", "renumber", "--all").text
    assert "曾用编号 DZ-2018-0017" in archivist(*where, "register", "list").text
    assert archivist(*where, "register", "questions").text == "没有待答的。\n"
    assert "这个项目现在的编号是 DZ-2018-0117" in archivist(*where, "check", "DZ-2018-0017").err
    retired = archivist(*where, "register", "retire", "DZ-2019-0042", "--reason", "整体移交给镇里管理")
    assert "已移出台账：DZ-2019-0042" in retired.text
    assert "DZ-2019-0042" not in archivist(*where, "missing").text
    assert "整体移交给镇里管理" in archivist(*where, "register", "list").text

    file.write_text(f"{HEAD}DZ-2018-0117,{GOAT}", "utf-8")
    assert "保留 " not in archivist(*where, "register", "import", str(file), "--dry-run").text
    assert "会撤销：DZ-2019-0042" in archivist(*where, "register", "undo", "--dry-run").text
    assert "会撤销：DZ-2019-0042" in archivist(*where, "undo", "--last", "2", "--dry-run").text
    assert "已撤销：换编号 DZ-2018-0017 → DZ-2018-0117" in archivist(*where, "undo", "--last", "2").text
    assert "待答 DZ-2018-0117" in archivist(*where, "register", "questions").text
    assert "DZ-2019-0042" in archivist(*where, "missing").text
    assert "已登记 DZ-2018-0117" in archivist(*where, "register", "separate", "DZ-2018-0117").text
    assert "DZ-2018-0117" in archivist(*where, "missing").text


def test_what_is_written_wrongly_is_refused(tmp_path: Path, archivist: Run) -> None:
    where = ("-w", str(tmp_path / "工作区"))
    assert archivist("init", str(tmp_path / "工作区")).code == 0
    for words in (
        ["renumber"],
        ["renumber", "A-1"],
        ["renumber", "A-1", "A-2", "--all"],
        ["renumber", "A-1", "a/b"],
    ):
        assert archivist(*where, "register", *words).code == 2
    assert archivist(*where, "register", "renumber", "--all").code == 4
    assert archivist(*where, "register", "separate", "A-2").code == 4
