"""archivist template: a blank Word template of a kind, also of one that has none yet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from docx import Document

from support.cli_running import Run
from support.places import ROOT

PROJECT = "DZ-2018-0017"


def test_a_blank_template_is_saved_where_one_stands_and_never_over_another(
    archivist: Run, tmp_path: Path
) -> None:
    made = archivist("template", "new", "处置方案", cwd=tmp_path)
    again = archivist("template", "new", "disposal-plan", cwd=tmp_path)

    assert made.code == 0, made.err
    assert (tmp_path / "资产处置方案.docx").is_file()
    assert "doc_templates/disposal-plan.docx" in made.text and "不要改" in made.text
    assert again.code == 7 and "已经存在" in again.err


def test_a_workspace_without_templates_of_its_own_is_told_to_get_them_first(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    ran = archivist("-w", str(bare), "template", "new", "归档目录", "-o", str(tmp_path))

    assert (tmp_path / "归档目录.docx").is_file()
    assert "archivist init --templates" in ran.text
    assert str(bare / "doc_templates" / "catalogue.docx") in ran.text


def test_an_unknown_kind_is_refused_with_the_list_and_nothing_is_written(
    archivist: Run, tmp_path: Path
) -> None:
    ran = archivist("template", "new", "没有这种", cwd=tmp_path)

    assert ran.code == 2 and "归档目录（catalogue）" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_districts_own_kind_gets_its_template_is_edited_and_generated(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "工作区"
    shutil.copytree(bare, folder)
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copytree(ROOT / "doc_templates", folder / "doc_templates")
    text = {"type": "string", "x-open": True}
    schema = {
        "title": "现场验收单",
        "type": "object",
        "properties": {
            "项目名称": {"type": "string", "x-source": "project.name"},
            "验收意见": {**text, "maxLength": 2000},
            "到场人员": {
                "type": "array",
                "items": {"type": "object", "properties": {"姓名": text, "单位": text}},
            },
        },
    }
    (folder / "schemas" / "documents" / "acceptance.schema.json").write_text(json.dumps(schema), "utf-8")
    at = ("-w", str(folder))
    without = archivist(*at, "generate", "现场验收单", PROJECT, cwd=tmp_path)
    assert without.code == 3 and "archivist template new acceptance" in without.err

    template = folder / "doc_templates" / "acceptance.docx"
    made = archivist(*at, "template", "new", "现场验收单", "-o", str(template))
    assert made.code == 0, made.err
    opened = Document(str(template))
    opened.add_paragraph("本单一式三份。", style="公文正文")
    opened.save(str(template))
    data = {"验收意见": "拆除到位，同意验收。", "到场人员": [{"姓名": "唐垚", "单位": "青杠岭村"}]}
    (tmp_path / "data.json").write_text(json.dumps(data), "utf-8")
    target = tmp_path / "验收单.docx"
    done = archivist(
        *at, "generate", "现场验收单", PROJECT, "--data", str(tmp_path / "data.json"), "-o", str(target)
    )

    assert done.code == 0, done.err
    document = Document(str(target))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert {"唐垚", "青杠岭村"} <= set(cells)
    assert "拆除到位，同意验收。" in paragraphs and "本单一式三份。" in paragraphs
