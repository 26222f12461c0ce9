"""dossier, as it is typed: form, import, show, offer, confirm, undo, and what the other commands make of it."""

from __future__ import annotations

import json
import shutil
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from docx import Document as open_docx

from archivist.cli import run as typed
from support import workspaces as w
from support.cli_running import Ran
from support.complete import hand_in
from support.output_schemas import validator

CODE = w.SHEEP.code
FILLED = """
项目编号: CS-2018-0001
资产:
  - {资产名称: 羊舍, 原值: 18.3, 数量: 1}
债权债务: []
会议:
  - {层级: 区, 会议日期: 2024-11-09, 会议名称: 区政府专题会议, 主持人: 副区长韩某}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with all its papers."""
    opened = w.workspace(tmp_path_factory.mktemp("dossier") / "w")
    hand_in(opened, w.SHEEP)
    w.ingest(opened)
    return opened.config.workspace


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    (tmp_path / "底册.yaml").write_text(FILLED, "utf-8")
    return Path(shutil.copytree(made, tmp_path / "w"))


def archivist(place: Path, *arguments: str) -> Ran:
    """A command in this process, beside the workspace: a process of its own for each would take a minute."""
    out, err = TextIOWrapper(BytesIO(), "utf-8"), StringIO()
    with chdir(place.parent), redirect_stdout(out), redirect_stderr(err):
        code = typed(["-w", str(place), *arguments])
        out.flush()
    return Ran(code, out.buffer.getvalue(), err.getvalue())


def run(place: Path, *arguments: str, name: str = "王某") -> Ran:
    return archivist(place, "--as", name, "dossier", *arguments)


def test_a_dossier_is_imported_shown_and_taken_back(place: Path) -> None:
    looked = run(place, "import", "底册.yaml", "--dry-run")
    nothing = run(place, "show", CODE)
    done = run(place, "import", "底册.yaml")
    (place.parent / "改.yaml").write_text(FILLED.replace("18.3", "20"), "utf-8")
    changed = run(place, "import", "改.yaml", name="李某")
    shown, history = run(place, "show", CODE), run(place, "show", CODE, "--history")
    undone = run(place, "undo", CODE)
    printed = run(place, "show", CODE, "--json")

    assert (looked.code, done.code, changed.code, undone.code) == (0, 0, 0, 0), looked.err + done.err
    assert "（只是预览，没有保存。）" in looked.text and "还没有底册" in nothing.text
    assert "“资产”1　原值（万元）：“18.3”→“20”" in changed.text
    assert "注意：其中 1 处和原来登记的（王某，第 1 版）不同。" in changed.text
    assert (
        "【债权债务】无" in shown.text
        and "还没有登记：土地、" in shown.text
        and "第 2 版　李某" in shown.text
    )
    assert "第 1 版　王某" in history.text and "导入 改.yaml" in history.text
    assert "撤销了第 2 版（李某，" in undone.text
    (record,) = [json.loads(line) for line in printed.out.decode("utf-8").splitlines()]
    assert [error.message for error in validator("output/dossier.schema.json").iter_errors(record)] == []
    assert record["dossier"]["资产"] == [{"资产编号": "1", "资产名称": "羊舍", "数量": "1", "原值": "18.3"}]
    assert [one["origin"] for one in record["history"]] == ["导入 底册.yaml", "导入 改.yaml", "撤销第 2 版"]
    (place.parent / "印.json").write_bytes(printed.out)
    assert "没有变化" in run(place, "import", "印.json").text


def test_a_form_goes_out_and_comes_back_and_wrong_ones_do_not(place: Path) -> None:
    out = run(place, "form", CODE, w.LEMON.code, "-o", "表.xlsx")
    back = run(place, "import", "表.xlsx")
    again = run(place, "form", CODE, "-o", "表.xlsx")
    strange = run(place, "form", "没有", "-o", "别的.xlsx")
    word = run(place, "form", CODE, "-o", "表.docx")
    (place.parent / "错.yaml").write_text(FILLED.replace("羊舍", "").replace("区,", "县,"), "utf-8")
    wrong = run(place, "import", "错.yaml")

    assert (out.code, back.code) == (0, 0), out.err + back.err
    assert back.text.count("没有变化") == 2
    assert (again.code, strange.code, word.code) == (7, 2, 2)
    assert wrong.code == 4
    assert "有 2 处要改，这次一条也没有保存" in wrong.err
    assert "“资产”第1行缺少“资产名称”" in wrong.err and "“会议”第1行“层级”填的是“县”" in wrong.err


def test_what_papers_tell_is_offered_with_page_and_quote_and_taken_over(place: Path) -> None:
    offered = [
        json.loads(line) for line in run(place, "offer", CODE, "--json").out.decode("utf-8").splitlines()
    ]
    told = run(place, "offer", CODE)
    one = next(record for record in offered if record["values"].get("层级") == "区")
    done = run(place, "confirm", CODE, one["id"], "--set", "会议名称=区政府专题会")
    shown = run(place, "show", CODE, "--history")
    every = run(place, "confirm", CODE, "--all")
    left = run(place, "offer", CODE)

    for record in offered:
        assert [
            error.message for error in validator("output/dossier-offer.schema.json").iter_errors(record)
        ] == []
    assert one["values"] == {"层级": "区", "会议日期": "2024年11月8日", "会议意见": "同意"}
    assert one["quote"] in told.text.replace("\n", "") and one["id"] in told.text
    assert "会议名称：填写“区政府专题会”" in done.text
    assert f"材料 {one['document']} 第{one['page']}页" in shown.text
    assert every.code == 0, every.err
    assert "材料里没有读到底册里没有的" in left.text
    assert run(place, "confirm", CODE, one["id"]).code == 2
    assert run(place, "confirm", CODE).code == 2
    assert run(place, "confirm", CODE, "a", "b", "--set", "x=y").code == 2
    assert run(place, "confirm", CODE, "--all").code == 4


def test_documents_draw_on_it_refuse_what_contradicts_it_and_check_finds_what_papers_say_otherwise(
    place: Path,
) -> None:
    assert run(place, "import", "底册.yaml").code == 0
    made = archivist(place, "generate", "区政府专题会议纪要", CODE, "-o", "纪要.docx")
    refused = archivist(
        place, "generate", "区政府专题会议纪要", CODE, "--set", "主持人=区长杨某", "-o", "另一.docx"
    )
    found = [
        json.loads(line)
        for line in archivist(place, "check", CODE, "--json").out.decode("utf-8").splitlines()
    ]

    assert made.code == 0, made.err
    text = "".join(paragraph.text for paragraph in open_docx(str(place.parent / "纪要.docx")).paragraphs)
    assert "2024年11月9日" in text and "副区长韩某" in text
    assert refused.code == 4
    assert "“主持人”填的是“区长杨某”，项目底册里是“副区长韩某”" in refused.err
    (clash,) = [one for one in found if one["code"].startswith("dossier-")]
    assert (clash["code"], clash["item"], clash["severity"]) == ("dossier-district", 7, "warning")
    assert "2024年11月8日" in clash["message"]
