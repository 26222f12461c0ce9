"""A register file → projects. Kind by content, not by name; every error at once; nothing half imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archivist.core.project import Project
from archivist.core.register import (
    FIELD_TITLES,
    Header,
    PlacedProject,
    RegisterRules,
    RowNote,
    RowProblem,
    Sheet,
    describe_notes,
    describe_problems,
    find_duplicates,
    find_header,
    project_to_record,
    read_rows,
    seen_labels,
)
from archivist.core.register.rules import UNITS
from archivist.core.register.table import shorten
from archivist.errors import BadInputError
from archivist.ledger.delimited import read_csv
from archivist.ledger.limits import MAX_CSV_BYTES, MAX_FILE_BYTES

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """What a register file says: its projects in the file's order, and notes for whoever imports it."""

    projects: tuple[Project, ...]
    notes: tuple[str, ...]


class RegisterError(BadInputError):
    """A register with wrong rows (登记表有误): nothing of it is imported.

    Args:
        name: the file's name.
        problems: every wrong cell, in the file's order.
    """

    def __init__(self, name: str, problems: Sequence[RowProblem]) -> None:
        lines = "\n".join(f"  · {line}" for line in describe_problems(problems))
        super().__init__(
            f"{name} 有 {len(problems)} 处要改，这次一条也没有导入。请在表里改正后重新导入：\n{lines}"
        )
        self.problems = tuple(problems)


def read_register(path: Path, rules: RegisterRules) -> RegisterReading:
    """Read a project register from .xlsx or .csv.

    Raises:
        RegisterError: rows are wrong; all of them are named, with row and column as in the file.
        BadInputError: the file cannot be read as a register at all.
    """
    name, sheets, notes = read_sheets(path)
    recognised = _recognise(sheets, rules, name)
    placed: list[PlacedProject] = []
    faulty: list[PlacedProject] = []
    problems: list[RowProblem] = []
    row_notes: list[RowNote] = []
    dittos = 0
    for sheet, header in recognised:
        reading = read_rows(sheet, header, rules)
        placed += reading.projects
        faulty += reading.faulty
        problems += reading.problems
        row_notes += reading.notes
        dittos += reading.dittos
        notes += _sheet_notes(sheet, header, rules)
    duplicates, repeated = find_duplicates([*placed, *faulty], FIELD_TITLES["code"])
    problems += [*duplicates, *_schema_problems(placed, rules)]
    if problems:
        raise RegisterError(name, in_file_order(problems, [sheet.name for sheet, _ in recognised]))
    if not placed:
        raise BadInputError(f"{name} 里只有表头，没有项目。请填好项目再导入。")
    notes += _skipped_sheets(sheets, recognised)
    if dittos:
        notes.append(f"“同上”一类的记号（〃、同上等）共 {dittos} 处，都已换成上面一行的内容，请核对：")
    notes += describe_notes(row_notes)
    if repeated:
        notes.append(f"{len(repeated)} 个项目在几张工作表里内容完全相同，只登记一次")
    projects = tuple(item.project for index, item in enumerate(placed) if index not in repeated)
    return RegisterReading(projects, tuple(notes))


def read_sheets(path: Path) -> tuple[str, list[Sheet], list[str]]:
    """The file's name for messages, its sheets, and notes for whoever imports it.

    Raises:
        BadInputError: it is no table that we read.
    """
    name = shorten(path.name, 80)
    return name, *_sheets(_read_file(path, name), name)


def _read_file(path: Path, name: str) -> bytes:
    shown = shorten(str(path), 300)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise BadInputError(f"找不到文件 {shown}。请检查路径和文件名。") from None
    except IsADirectoryError:
        raise BadInputError(f"{shown} 是文件夹。请指明里面的项目登记表文件。") from None
    except OSError as error:
        raise BadInputError(
            f"无法读取 {shown}（{error.strerror}）。如果正用 Excel 或 WPS 打开着，请关闭后再试。"
        ) from None
    if not data.strip():
        raise BadInputError(f"{name} 是空文件。请检查是否复制完整。")
    if len(data) > MAX_FILE_BYTES:
        raise BadInputError(
            f"{name} 超过 {MAX_FILE_BYTES // 2**20} 兆字节，不像项目登记表。"
            "请把项目表单独存成一个文件再导入。"
        )
    return data


def _sheets(data: bytes, name: str) -> tuple[list[Sheet], list[str]]:
    if data.startswith(b"PK"):
        from archivist.ledger.workbook import read_xlsx

        sheets, hidden = read_xlsx(data, name)
        return sheets, ([f"隐藏的工作表没有导入：{'、'.join(map(shorten, hidden))}"] if hidden else [])
    if refusal := _not_a_table(data):
        raise BadInputError(f"{name} {refusal}")
    if len(data) > MAX_CSV_BYTES:
        raise BadInputError(
            f"{name} 超过 {MAX_CSV_BYTES // 2**20} 兆字节，不像项目登记表。请分成几个文件再导入。"
        )
    return [read_csv(data, name)], []


def _not_a_table(data: bytes) -> str:
    """Return why these bytes are no table we read, "" when they may be CSV."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "加了密码，无法读取。请取消密码后另存为 .xlsx 再导入。"
        return f"是旧格式表格（.xls 或 .et）。{_SAVE_AS}"
    if head.startswith(b"%pdf"):
        return "是 PDF 文件，不是表格。请导入 .xlsx 或 .csv 格式的项目登记表。"
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        return f"是网页格式的表格，只是名称像 Excel。{_SAVE_AS}"
    if head.startswith((b"\xff\xd8\xff", b"\x89png", b"rar!", b"7z\xbc\xaf")):
        return "是图片或压缩包，不是表格。请导入 .xlsx 或 .csv 格式的项目登记表。"
    return ""


def _recognise(sheets: Sequence[Sheet], rules: RegisterRules, name: str) -> list[tuple[Sheet, Header]]:
    found = [(sheet, header) for sheet in sheets if (header := find_header(sheet, rules))]
    if found:
        return found
    lines = [
        f"  · {f'工作表“{shorten(sheet.name)}”' if sheet.name else '最像表头的一行'}：{'、'.join(labels)}"
        for sheet in sheets
        if (labels := seen_labels(sheet, rules)[:30])
    ]
    seen = "\n找到的最像表头的内容是：\n" + "\n".join(lines) if lines else "表里没有内容。"
    raise BadInputError(
        f"{name} 里找不到表头：要有一行同时写着“项目编号”和“项目名称”。请补上这两列再导入。{seen}"
    )


def _sheet_notes(sheet: Sheet, header: Header, rules: RegisterRules) -> list[str]:
    where = f"工作表“{shorten(sheet.name)}”：" if sheet.name else ""
    notes = [where + note for note in header.notes]
    if header.unit is None and "amount" in header.columns:
        label = header.labels[header.columns["amount"]]
        unit = next(name for name, yuan in UNITS.items() if yuan == rules.unit)
        notes.append(f"{where}“{label}”列没有注明单位，没有写单位的金额按{unit}计")
    return notes


def _skipped_sheets(sheets: Sequence[Sheet], recognised: Sequence[tuple[Sheet, Header]]) -> list[str]:
    used = {id(sheet) for sheet, _ in recognised}
    names = [shorten(sheet.name) for sheet in sheets if id(sheet) not in used and sheet.rows]
    return [f"没有项目编号和项目名称两列、已跳过的工作表：{'、'.join(names)}"] if names else []


def _schema_problems(placed: Sequence[PlacedProject], rules: RegisterRules) -> Iterator[RowProblem]:
    """Yield what ``project.schema.json`` refuses, in the schema's own Chinese words."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(dict(rules.schema))
    properties: Any = rules.schema["properties"]
    for item in placed:
        record = project_to_record(item.project)
        for error in validator.iter_errors(record):
            field = str(error.path[0]) if error.path else ""
            rule = properties.get(field, {})
            title = str(rule.get("title", FIELD_TITLES.get(field, "本行")))
            expected = str(rule.get("description", "不符合 project.schema.json 的要求"))
            yield RowProblem(item.sheet, item.row, title, str(record.get(field) or ""), expected)


def in_file_order(problems: Sequence[RowProblem], sheets: Sequence[str]) -> list[RowProblem]:
    """Problems by sheet and row."""
    return sorted(problems, key=lambda problem: (sheets.index(problem.sheet), problem.row))
