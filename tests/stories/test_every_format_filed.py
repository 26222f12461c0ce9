"""Files of every format, with the real readers: dropped, read, identified, filed, or sent back with the true reason."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pikepdf
import pytest

from archivist.core.project import Project
from archivist.ingest.pipeline import Pipeline
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.makers import docx, paragraph, text_pdf
from support.ofd_maker import ofd
from support.places import DATA
from support.programs import needs_office

LOCKED = DATA / "locked.docx"


def broken(text: str) -> list[str]:
    """Lines short enough for a page."""
    return [line[at : at + 34] for line in text.splitlines() for at in range(0, len(line), 34)]


def minutes_docx(path: Path, one: Project, number: int) -> Path:
    return docx(path, "".join(map(paragraph, w.minutes(one, number).splitlines())))


def portfolio(path: Path, folder: Path) -> Path:
    """A blank cover with documents and an invoice's data within."""
    inside = minutes_docx(folder / "m.docx", w.LEMON, 6)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        files = {
            "会议纪要.docx": inside.read_bytes(),
            "发票.xml": b"<a/>",
            "坏的.docx": b"PK\3\4" + b"\1" * 60,
        }
        for name, data in files.items():
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
        pdf.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection, View=pikepdf.Name.D)
        pdf.save(path)
    return path


def with_attachment(path: Path, text: str, data: bytes, name: str) -> Path:
    text_pdf(path, broken(text))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
        pdf.save(path)
    return path


def nested(path: Path, levels: int) -> Path:
    """A PDF in a PDF in a PDF …"""
    text_pdf(path, broken(w.minutes(w.SHEEP, 20)))
    for level in range(levels):
        inner = path.read_bytes()
        with_attachment(path, w.minutes(w.SHEEP, 21 + level), inner, f"内{level}.pdf")
    return path


def list_of_assets(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (
        [f"{w.FISH.name}资产移交清单"],
        ["项目编号", w.FISH.code],
        ["移交方：某公司", "接收方：柏林村股份经济合作联合社"],
        ["序号", "资产名称", "单位", "数量", "原值（万元）"],
        [1, "鱼塘", "口", 6, 38.4],
        ["移交日期：2025年3月20日"],
    ):
        book.worksheets[0].append(row)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in which one file of each kind went through a real pass."""
    folder = tmp_path_factory.mktemp("formats")
    made = w.workspace(folder / "w")
    inbox = made.config.inbox
    ofd(inbox / "纪要.ofd", ["\n".join(broken(w.minutes(w.SHEEP, 1)))], seal="石坝镇人民政府")
    ofd(inbox / "乱码.ofd", [w.minutes(w.SHEEP, 2)], garbled=True)
    ofd(inbox / "加密.ofd", ["甲"], encrypted=True)
    list_of_assets(inbox / "清单.xlsx")
    portfolio(inbox / "作品集.pdf", folder)
    inner = minutes_docx(folder / "x.docx", w.FISH, 8).read_bytes()
    with_attachment(inbox / "带附件.pdf", w.minutes(w.SHEEP, 7), inner, "另一份.docx")
    nested(inbox / "层层.pdf", 5)
    shutil.copy(DATA / "minutes.heic", inbox / "IMG_0012.heic")
    for name in ("locked.docx", "locked.xlsx"):
        shutil.copy(DATA / name, inbox / name)
    with made.writing("ingest", wait=10) as index, Pipeline(made, index) as line:
        line.run()
    return made


def documents(opened: Workspace, source: str) -> list[dict[str, Any]]:
    return [row for row in w.documents(opened) if row["source"] == source]


@pytest.mark.parametrize(
    ("source", "project", "item"),
    [
        ("纪要.ofd", w.SHEEP.code, 5),
        ("清单.xlsx", w.FISH.code, 8),
        ("作品集.pdf!/会议纪要.docx", w.LEMON.code, 5),
        ("带附件.pdf", w.SHEEP.code, 5),
        ("带附件.pdf!/另一份.docx", w.FISH.code, 5),
    ],
)
def test_each_is_read_identified_and_filed(opened: Workspace, source: str, project: str, item: int) -> None:
    (row,) = documents(opened, source)

    assert (row["status"], row["project"], row["item"]) == ("filed", project, item), row["reasons"]


@pytest.mark.parametrize(
    ("source", "status", "reason"),
    [
        ("乱码.ofd", "review", "第 1 页：这一页的文字无法读出"),
        ("加密.ofd", "rejected", "OFD 文件经过加密"),
        ("locked.docx", "rejected", "Office 文件设有密码"),
        ("locked.xlsx", "rejected", "Office 文件设有密码"),
        ("作品集.pdf", "rejected", "PDF 附件“坏的.docx”没有收：文件"),
    ],
)
def test_what_cannot_be_read_says_why_first(opened: Workspace, source: str, status: str, reason: str) -> None:
    (row,) = documents(opened, source)

    assert row["status"] == status
    assert reason in row["reasons"].split('","')[0]


def test_the_seal_of_an_ofd_is_told(opened: Workspace) -> None:
    assert documents(opened, "纪要.ofd")[0]["sealed"] == "yes"


def test_a_heic_photo_is_read_as_any_photo(opened: Workspace) -> None:
    (row,) = documents(opened, "IMG_0012.heic")

    # The ring on it has neither words along its arc nor a star: a person has to look.
    assert (row["status"], row["title"], row["sealed"]) == ("review", "石桥镇人民政府会议纪要", "unknown")


def test_the_blank_cover_of_a_portfolio_is_no_document_and_what_was_not_taken_has_a_note(
    opened: Workspace,
) -> None:
    assert {row["status"] for row in documents(opened, "作品集.pdf")} == {"rejected"}
    note = (opened.config.rejected / "作品集.pdf（说明）.txt").read_text("utf-8-sig")
    assert "PDF“作品集.pdf”里有 1 个文件没有收" in note
    assert "另存出来" in note


def test_what_was_taken_out_is_told_beside_the_document_it_lay_in(opened: Workspace) -> None:
    (row,) = documents(opened, "带附件.pdf")

    assert "里面的 1 个附件已取出，作为单独的材料处理" in row["reasons"]


def test_files_within_files_are_taken_out_to_a_depth_that_ends(opened: Workspace) -> None:
    found = [row for row in w.documents(opened) if row["source"].startswith("层层.pdf")]

    assert len(found) == 4
    assert sum("嵌套太深，没有取出" in row["reasons"] for row in found) == 1


def test_folders_and_index_say_the_same_afterwards(opened: Workspace) -> None:
    assert [
        one for one in w.disagreements(opened) if not one.startswith("note of nothing: 退回/作品集")
    ] == []


@pytest.mark.libreoffice
@needs_office
def test_older_word_files_are_filed_with_libreoffice_and_wait_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = w.workspace(tmp_path / "w")
    plain = tmp_path / "a.txt"
    plain.write_text(w.minutes(w.SHEEP, 3), "utf-8")
    for kind in ("doc", "rtf"):
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(tmp_path), str(plain)],
            check=True,
            capture_output=True,
        )
    shutil.copy(tmp_path / "a.doc", opened.config.inbox / "纪要.wps")
    with opened.writing("ingest", wait=10) as index, Pipeline(opened, index) as line:
        line.run()
        monkeypatch.setenv("PATH", str(tmp_path))
        shutil.copy(tmp_path / "a.rtf", opened.config.inbox / "纪要.rtf")
        line.run()

    with opened.writing("ingest", wait=10) as index, Pipeline(opened, index) as line:
        for _ in range(2):
            line.run()

    (filed,), (waiting,) = documents(opened, "纪要.wps"), documents(opened, "纪要.rtf")
    assert (filed["status"], filed["item"], filed["path"][-4:]) == ("filed", 5, ".wps")
    assert (waiting["status"], "没有安装 LibreOffice" in waiting["reasons"]) == ("review", True)
    assert (opened.config.review / "纪要.rtf").read_bytes() == (tmp_path / "a.rtf").read_bytes()

    monkeypatch.undo()  # it is installed
    with opened.writing("ingest", wait=10) as index, Pipeline(opened, index) as line:
        line.run()
    (late,) = documents(opened, "纪要.rtf")
    assert (late["status"], late["item"], late["path"][-4:]) == ("filed", 5, ".rtf")
    assert late["id"] not in {filed["id"], waiting["id"]}
    assert w.files(opened.config.review) == {}
    assert w.disagreements(opened) == []
    assert w.untold(opened) == []


@pytest.mark.parametrize("answer", ["dragged", "assigned", "rejected", "put away"])
def test_what_waited_for_libreoffice_and_was_decided_is_not_read_again(tmp_path: Path, answer: str) -> None:
    opened = w.workspace(tmp_path / "w")
    w.pdf(opened.config.inbox / "旧.doc", w.minutes(w.SHEEP))
    w.ingest(opened, reader=w.WithoutOffice())
    (row,) = w.documents(opened)
    copy = opened.store.path(row["path"])
    if answer == "dragged":
        copy.rename(w.item_folder(opened, w.FISH, 8) / copy.name)
    elif answer == "put away":
        copy.unlink()
    else:
        with opened.writing("x", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
            found = index.documents.find(row["id"])
            assert found is not None
            if answer == "assigned":
                line.desk.deciding.assign(found, w.FISH.code, 8, "确认")
            else:
                line.desk.deciding.reject(found, "不要")
            line.desk.refresh_pages()
    reader = w.TextReader()
    with patch("archivist.extract.formats.legacy.find_soffice", lambda: Path("soffice")):
        w.ingest(opened, reader=reader)
    assert reader.read == []
    assert [found["id"] for found in w.documents(opened)] == [row["id"]]
    assert w.disagreements(opened) == []
