"""The project register (项目台账): a table's rows as projects, and what an import changes. Pure."""

from archivist.core.register.diff import (
    FIELD_TITLES,
    FieldChange,
    ProjectChange,
    RegisterDiff,
    consequences,
    diff_register,
    dropped,
    merged,
    project_from_record,
    project_to_record,
    shown_value,
)
from archivist.core.register.header import Header, find_header, seen_labels
from archivist.core.register.rows import PlacedProject, SheetReading, find_duplicates, read_rows
from archivist.core.register.rules import PROJECT_FIELDS, CategoryWord, RegisterRules
from archivist.core.register.table import (
    CellTrouble,
    Row,
    RowNote,
    RowProblem,
    Sheet,
    describe_notes,
    describe_problems,
)

__all__ = [
    "FIELD_TITLES",
    "PROJECT_FIELDS",
    "CategoryWord",
    "CellTrouble",
    "FieldChange",
    "Header",
    "PlacedProject",
    "ProjectChange",
    "RegisterDiff",
    "RegisterRules",
    "Row",
    "RowNote",
    "RowProblem",
    "Sheet",
    "SheetReading",
    "consequences",
    "describe_notes",
    "describe_problems",
    "diff_register",
    "dropped",
    "find_duplicates",
    "find_header",
    "merged",
    "project_from_record",
    "project_to_record",
    "read_rows",
    "seen_labels",
    "shown_value",
]
