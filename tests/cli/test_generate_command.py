"""archivist generate: kinds, where the document goes, what is refused."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

from support.cli_running import Run
from support.places import SAMPLES

PROJECT = "DZ-2018-0017"


def test_the_kinds_are_listed_with_slug_and_name(bare: Path, archivist: Run) -> None:
    text = archivist("-w", str(bare), "generate", "--list").text

    assert "village-record" in text and "归档目录" in text


def test_the_papers_that_close_a_project_are_listed_and_filled_in_by_the_archive(
    bare: Path, archivist: Run
) -> None:
    ran = archivist("-w", str(bare), "generate", "--list", "--json")
    listed = {one["name"]: one for one in map(json.loads, ran.out.splitlines())}
    filled = {
        name: {field["name"]: field["filled"] for field in listed[name]["fields"]}
        for name in ("销号审批表", "销号决定")
    }
    fields = archivist("-w", str(bare), "generate", "--list", "销号审批表").text

    assert {one["归档根码"] for one in filled.values()} == {"archive"}
    assert filled["销号审批表"]["主管部门"] == "register"
    assert "档案" in fields and "留空，打印后手写" in fields


def test_the_form_is_made_of_any_project_and_the_decision_only_of_a_deregistered_one(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    form = archivist("-w", str(bare), "generate", "销号审批表", PROJECT, "-o", str(tmp_path / "表.docx"))
    refused = archivist("-w", str(bare), "generate", "销号决定", PROJECT, "-o", str(tmp_path / "定.docx"))

    assert form.code == 0, form.err
    assert "归档根码：" in _text(tmp_path / "表.docx") and "【待填】" not in _text(tmp_path / "表.docx")
    assert (refused.code, (tmp_path / "定.docx").exists()) == (2, False)
    assert f"项目 {PROJECT} 现在没有销号" in refused.err


def test_the_kinds_can_be_looked_at_before_there_is_a_workspace(archivist: Run, tmp_path: Path) -> None:
    ran = archivist("generate", "--list", cwd=tmp_path)

    assert ran.code == 0, ran.err
    assert "village-record" in ran.text


def test_a_folder_named_as_workspace_that_is_none_is_refused_even_for_the_list(
    archivist: Run, tmp_path: Path
) -> None:
    assert archivist("-w", str(tmp_path), "generate", "--list").code == 3


def test_the_settings_say_who_issues_and_under_which_mark(bare: Path, archivist: Run, tmp_path: Path) -> None:
    settings = '[generation]\nissuer = "样例区样例委员会"\nsign = "样委纪"\n'
    shutil.copytree(bare, tmp_path / "工作区")
    (tmp_path / "工作区" / "archivist.toml").write_text(settings, "utf-8")
    at = str(tmp_path / "工作区")
    for kind in ("department-minutes", "disposal-plan"):
        ran = archivist("-w", at, "generate", kind, PROJECT, "-o", str(tmp_path / f"{kind}.docx"))
        assert ran.code == 0, ran.err
        assert "样例区样例委员会" in _text(tmp_path / f"{kind}.docx")
    text = _text(tmp_path / "department-minutes.docx")
    assert re.search("样委纪〔20[0-9]{2}〕【待填】号", text)

    target = str(tmp_path / "own.docx")
    given = ("--set", "发文机关=区林业局", "--set", "纪要编号=第3期")
    assert archivist("-w", at, "generate", "department-minutes", PROJECT, *given, "-o", target).code == 0
    assert "样" not in _text(tmp_path / "own.docx")
    assert "区林业局" in _text(tmp_path / "own.docx") and "第3期" in _text(tmp_path / "own.docx")


def test_a_workspace_gets_templates_to_edit_and_keeps_those_it_has(archivist: Run, tmp_path: Path) -> None:
    folder = str(tmp_path / "工作区")
    assert archivist("init", "--templates", folder).code == 0
    assert archivist("-w", folder, "register", "import", str(SAMPLES / "登记" / "项目台账.xlsx")).code == 0
    own = tmp_path / "工作区" / "doc_templates" / "catalogue.docx"
    _edit(own, "大足区淘汰类产业项目归档目录", "我们自己的归档目录")
    assert archivist("-w", folder, "generate", "catalogue", PROJECT, "-o", str(tmp_path / "a.docx")).code == 0
    assert "我们自己的归档目录" in _text(tmp_path / "a.docx")

    again = archivist("init", "--templates", folder)
    assert again.code == 4 and "已经有了" in again.err
    assert "我们自己的归档目录" in _text(own)


def test_a_mark_that_word_users_wrote_wrongly_is_quoted_in_chinese(archivist: Run, tmp_path: Path) -> None:
    folder = str(tmp_path / "工作区")
    assert archivist("init", "--templates", folder).code == 0
    assert archivist("-w", folder, "register", "import", str(SAMPLES / "登记" / "项目台账.xlsx")).code == 0
    _edit(tmp_path / "工作区" / "doc_templates" / "catalogue.docx", "{{ 编制人 }}", "{{ 编制 人 }}")
    ran = archivist("-w", folder, "generate", "catalogue", PROJECT, cwd=tmp_path)

    assert ran.code == 3
    assert "“{{ 编制 人 }}”写法有误" in ran.err and "expected" not in ran.err


def _edit(document: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(document) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts["word/document.xml"].decode()
    parts["word/document.xml"] = parts["word/document.xml"].decode().replace(old, new).encode()
    with zipfile.ZipFile(document, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _text(document: Path) -> str:
    with zipfile.ZipFile(document) as archive:
        return re.sub("<[^>]+>", "", archive.read("word/document.xml").decode())


def test_a_kind_lists_its_fields(bare: Path, archivist: Run) -> None:
    text = archivist("-w", str(bare), "generate", "--list", "department-minutes").text

    assert "议定事项" in text and "填写" in text and "台账" in text


def test_a_document_lands_in_the_current_folder_under_its_name(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    ran = archivist("-w", str(bare), "generate", "归档目录", PROJECT, cwd=tmp_path)

    assert ran.code == 0, ran.err
    assert [path.name for path in tmp_path.iterdir()] == [f"{PROJECT} 归档目录.docx"]
    assert zipfile.is_zipfile(tmp_path / f"{PROJECT} 归档目录.docx")


def test_slug_and_chinese_name_give_the_same_document(bare: Path, archivist: Run, tmp_path: Path) -> None:
    for name, target in (("catalogue", "a.docx"), ("归档目录", "b.docx")):
        assert archivist("-w", str(bare), "generate", name, PROJECT, "-o", str(tmp_path / target)).code == 0

    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_a_document_is_never_written_over(bare: Path, archivist: Run, tmp_path: Path) -> None:
    target = tmp_path / "目录.docx"
    target.write_bytes(b"mine")
    ran = archivist("-w", str(bare), "generate", "归档目录", PROJECT, "-o", str(target))

    assert ran.code == 7
    assert target.read_bytes() == b"mine"


def test_json_names_the_file(bare: Path, archivist: Run, tmp_path: Path) -> None:
    ran = archivist(
        "-w", str(bare), "generate", "catalogue", PROJECT, "-o", str(tmp_path / "x.docx"), "--json"
    )

    assert json.loads(ran.text) == {
        "path": str(tmp_path / "x.docx"),
        "open": ["编制人", "审核人"],
        "project": PROJECT,
        "kind": "归档目录",
        "problems": [],
    }


def test_what_is_left_open_is_listed_so_that_nobody_signs_blanks(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    data = tmp_path / "会议.yaml"
    data.write_text("会议名称: 村民代表会议\n发言记录:\n  - {发言人: 唐守业}\n", "utf-8")
    ran = archivist(
        "-w",
        str(bare),
        "generate",
        "村会议记录",
        PROJECT,
        "--data",
        str(data),
        "-o",
        str(tmp_path / "x.docx"),
    )
    told = "".join(ran.text.split())

    assert "处【待填】，补齐后再打印：" in told
    assert "“发言记录”第1行的内容" in told and "会议地点" in told
    assert "会议名称；" not in told


def test_what_cannot_be_generated_is_told(bare: Path, archivist: Run, tmp_path: Path) -> None:
    unknown_kind = archivist("-w", str(bare), "generate", "请假条", PROJECT, cwd=tmp_path)
    unknown_project = archivist("-w", str(bare), "generate", "归档目录", "DZ-0000-0000", cwd=tmp_path)
    neither = archivist("-w", str(bare), "generate", cwd=tmp_path)
    bad_set = archivist("-w", str(bare), "generate", "归档目录", PROJECT, "--set", "没有等号", cwd=tmp_path)

    assert (unknown_kind.code, unknown_project.code, neither.code) == (2, 4, 2)
    assert bad_set.code in (2, 4)
    assert list(tmp_path.iterdir()) == []
    assert "归档目录" in unknown_kind.err and "--list" in neither.err
