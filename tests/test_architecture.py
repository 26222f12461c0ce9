"""The architecture of CONTRIBUTING.md, held by reading every import and call with ast: nothing is run.

Imports inside functions count like any other: hiding one does not change what depends on what. Imports under
``TYPE_CHECKING`` go down from room to room as well; within a room they may name what cannot be loaded there.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "archivist"
PATHS = sorted(PACKAGE.rglob("*.py"))

LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(layer.replace(",", " ").split())
    for layer in """
        __main__
        cli
        ingest
        decisions
        preservation
        filing
        pages
        questions
        ledger, drafts, folders
        workspace
        extract, index, store, render
        system
        core
        errors
    """.strip().splitlines()
)
"""Rooms from the top down: a room imports itself and rooms of lower layers; neighbours do not know each other."""

WHOLE = {"architecture", "docs", "startup"}
"""Tests of the whole package."""

LOOSE = {"__main__", "errors"}
"""The only modules that lie in no room."""

CORE_MAY_IMPORT = {
    "__future__",
    "array",
    "bisect",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "itertools",
    "math",
    "operator",
    "re",
    "statistics",
    "string",
    "typing",
    "unicodedata",
    "jsonschema",
    "opencc",
    "rapidfuzz",
}
"""Pure modules only: no operating system, files, clock, log or database."""

ONE_CALLER = {
    "rapidocr": {"extract.seeing.ocr"},
    "docxtpl": {"drafts.engine"},
    "jinja2": {"drafts", "pages.html"},
    "sqlite_utils": {"index.sqlite"},
    "watchdog": {"system.notifications"},
    "filelock": {"system.locks"},
    "psutil": {"system.processes"},
    "rfc3161_client": {"preservation.fixity.timestamp"},
    "cryptography": {"preservation.fixity.timestamp"},
    "tomllib": {"workspace.toml"},
    "click": {"cli"},
}
"""Libraries that one place wraps, so that exchanging one is changing one place."""

WRITES = {
    "store": "the only writer of the archive store",
    "system.durable": "the store's steps on disk",
    "index.rebuild": "the new index.db, beside the old one",
    "preservation.package.jobs": "packages where a person asked for them",
    "preservation.package.writing": "a package under construction",
    "preservation.recovery.backup": "backups",
    "preservation.recovery.reindex": "a log written anew beside the old one",
    "preservation.recovery.restore": "a workspace out of a backup",
    "index.mirror": "the event log outside the database",
    "index.reads": "what was read off each original",
    "system.locks": "the lock file and who holds it",
    "folders.places": "makes the folders people work in",
    "folders.listing": "folders that became empty in the inbox",
    "extract": "scratch files of the worker processes",
    "filing.parts": "the pages of a part, in scratch",
    "preservation.searchable": "a searchable copy under construction, in scratch",
    "ingest.pipeline": "clears scratch",
    "ingest.logbook": "the log file",
    "drafts.output": "a finished document, beside others",
    "cli.common": "a list saved where a person asked for it",
    "cli.evidencefolder": "sheets of evidence, a project a file, in the folder a person asked for",
    "cli.init": "a new workspace",
    "cli.demo": "the samples, into the demo's inbox",
}
TRANSACTIONS_KNOW = {
    "index.notation",
    "index.sqlite",
    "index.changes",
    "index.database",
    "index.events",
    "index.mirror",
}
"""What the transactions of the index rest on: what follows from a change is registered with them from outside."""

OPENS_THE_INDEX = {"index.reader", "index.writer", "index.transactions"}
"""What opens the index, and so knows the nouns; no noun knows it."""

FOREIGN_PRIVATE = {
    "cli.chinese: module._": "click's own gettext, put in Chinese",
    "extract.formats.fontless: raw.FPDF_SYSFONTINFO._fields_": "what ctypes calls the fields of a struct",
    "extract.processes.nursery: os._exit": "a forked child ends without its parent's clean-up",
    "extract.processes.sandbox: tighter._limits": "a copy of itself, being made",
    "extract.processes.sandbox: lighter._library": "a copy of itself, being made",
    "ledger.workbook: source._get_source": "openpyxl has no public way to a sheet's stream",
}
"""Private names of others that are used, and why."""

_SQL = re.compile(
    r"\bSELECT\b.*\bFROM\b|\bSELECT (1|COUNT)|\b(INSERT|REPLACE)( OR \w+)? INTO\b|\bUPDATE [\w.\"{}]+ SET\b|\bDELETE FROM\b"
    r"|\bPRAGMA\b|\b(CREATE|DROP|ALTER) (TEMP |UNIQUE |VIRTUAL )?(TABLE|INDEX|TRIGGER|VIEW)\b"
    r"|\b(WHERE|ORDER BY|GROUP BY|LEFT JOIN|JOIN)\b",
    re.S,
)
_WRITING_NAMES = {
    "write_text",
    "write_bytes",
    "unlink",
    "rename",
    "mkdir",
    "touch",
    "rmdir",
    "symlink_to",
    "hardlink_to",
    "chmod",
    "rmtree",
    "copyfile",
    "copy2",
    "copytree",
    "move",
    "makedirs",
    "remove_tree",
    "fsync",
}

LONG: dict[str, str] = {
    "pages.verifier.verify": "a script that goes out alone: whoever has it needs nothing beside it",
}
"""Modules and functions longer than most that hold one idea all the same, each with why it stays whole."""


@dataclass(frozen=True)
class Import:
    """One import of one module: what it names, and whether only type checkers see it."""

    module: str
    target: str
    line: int
    typing_only: bool


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in PATHS}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports() -> tuple[Import, ...]:
    return tuple(found for path in PATHS for found in _imports(name_of(path), tree(path), False))


def _imports(module: str, node: ast.AST, typing_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(module, alias.name, child.lineno, typing_only)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{module}:{child.lineno} imports relatively"
            for alias in child.names:
                yield Import(module, f"{child.module}.{alias.name}", child.lineno, typing_only)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for below in child.body:
                yield from _imports(module, ast.Module([below], []), True)
            for below in child.orelse:
                yield from _imports(module, ast.Module([below], []), typing_only)
        else:
            yield from _imports(module, child, typing_only)


def ours(found: Import) -> str | None:
    """The module of this package that an import loads, "" for the package root, None for others' modules."""
    head, _, rest = found.target.partition(".")
    if head != "archivist":
        return None
    while rest and rest not in MODULES:
        rest = rest.rpartition(".")[0]
    return rest


def room(module: str) -> str:
    return module.partition(".")[0]


def rank(name: str) -> int:
    return next(at for at, layer in enumerate(LAYERS) if name in layer)


def calls(module: str) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every call in a module."""
    for node in ast.walk(tree(MODULES[module])):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def test_every_room_has_its_layer() -> None:
    assert {room(module) for module in MODULES if module} == {name for layer in LAYERS for name in layer}


def test_tests_lie_as_the_rooms_do_and_stories_apart() -> None:
    """Each folder of tests in a room is a folder of the package, and each room has one; the rest crosses rooms."""
    tests = Path(__file__).parent
    beside = {"stories", "support", "samples", "templates", "bench"}
    rooms = {room.name for room in PACKAGE.iterdir() if (room / "__init__.py").is_file()}
    folders = {path.parent.relative_to(tests) for path in tests.rglob("test_*.py")} - {Path()}
    own = {folder for folder in folders if folder.parts[0] not in beside}

    assert {folder.parts[0] for folder in own} == rooms
    assert [str(folder) for folder in own if not (PACKAGE / folder / "__init__.py").is_file()] == []
    assert [
        str(path) for path in tests.glob("test_*.py") if path.stem.removeprefix("test_") not in WHOLE
    ] == []


def test_no_module_lies_loose() -> None:
    assert {path.stem for path in PACKAGE.glob("*.py")} == LOOSE | {"__init__"}


def test_the_order_of_rooms_is_the_one_people_read() -> None:
    told = re.search(
        r"^`(__main__ > .*?)`\.?$", (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8"), re.M | re.S
    )

    assert told is not None
    assert tuple(frozenset(layer.replace(",", " ").split()) for layer in told[1].split(">")) == LAYERS


def test_imports_go_down() -> None:
    wrong = [
        f"{found.module}:{found.line} imports {target}"
        for found in imports()
        if (target := ours(found)) and room(target) != room(found.module) and found.module
        if rank(room(target)) <= rank(room(found.module))
    ]

    assert wrong == []


def test_nobody_imports_the_package_root_but_for_its_version() -> None:
    wrong = [found for found in imports() if ours(found) == "" and found.target != "archivist.__version__"]

    assert wrong == []


def test_there_is_no_import_cycle_even_inside_functions() -> None:
    graph: dict[str, set[str]] = {module: set() for module in MODULES}
    for found in imports():
        target = ours(found)
        if target and not found.typing_only and target != found.module:
            graph[found.module].add(target)
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))

    assert len(order) == len(MODULES)


def test_the_core_imports_only_pure_modules() -> None:
    wrong = [
        f"{found.module}:{found.line} {found.target}"
        for found in imports()
        if room(found.module) == "core"
        and ours(found) is None
        and found.target.partition(".")[0] not in CORE_MAY_IMPORT
    ]

    assert wrong == []


def test_no_module_knows_a_kind_of_document_by_its_slug() -> None:
    """Code asks what part a kind plays (`KindRule`): a name that is only in the data can be changed there."""
    text = (PACKAGE.parent / "schemas" / "annex4.toml").read_text("utf-8")
    slugs = set(re.findall(r'^\[\[kind\]\]\nslug = "(\w+)"', text, re.M))
    other_things = {
        "other",
        "record",
        "plan",
        "attachment",
    }  # a version's standing, a column, a key, a JSON word
    wrong = [
        f"{module}:{node.lineno} {node.value!r}"
        for module, path in MODULES.items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in slugs - other_things
    ]

    assert {"survey", "minutes"} <= slugs
    assert wrong == []


def test_the_core_has_no_clock_and_touches_no_file() -> None:
    forbidden = {"now", "utcnow", "today", "open", "print", "input", "getenv", "read_text", "read_bytes"}
    wrong = [
        f"{module}:{line} {name}()"
        for module in MODULES
        if room(module) == "core"
        for line, name in calls(module)
        if name.rpartition(".")[2] in forbidden
    ]

    assert wrong == []


@pytest.mark.parametrize("library", ONE_CALLER)
def test_a_wrapped_library_has_one_caller(library: str) -> None:
    callers = {
        found.module
        for found in imports()
        if found.target.partition(".")[0] == library and not found.typing_only
    }

    assert callers
    assert {name for name in callers if not {name, room(name)} & ONE_CALLER[library]} == set()


def test_only_those_named_here_write_files() -> None:
    wrong = []
    for module in MODULES:
        if {module, room(module)} & WRITES.keys():
            continue
        wrong += [f"{module}:{line} {name}()" for line, name in calls(module) if _writes(name)]

    assert wrong == []


def _writes(name: str) -> bool:
    """Whether a call by this name writes: str.replace, dict.move and the like do not."""
    owner, _, last = name.rpartition(".")
    return last in _WRITING_NAMES or (
        owner in {"os", "shutil"} and last in {"replace", "remove", "link", "copy"}
    )


def test_writers_named_here_exist() -> None:
    assert {name for name in WRITES if name not in MODULES} == set()


def test_what_is_long_is_long_for_a_reason() -> None:
    """A module over 450 lines or a function over 60 may hold more than one idea: look, then divide it or say why not."""
    modules = {name for name, path in MODULES.items() if len(path.read_text("utf-8").splitlines()) > 450}
    functions = {
        f"{name}.{node.name}"
        for name, path in MODULES.items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > 60
    }

    assert modules | functions == LONG.keys()


@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_every_public_function_says_what_it_means_and_is_typed(path: Path) -> None:
    public = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        if node in tree(path).body
    ]

    assert ast.get_docstring(tree(path))
    assert [node.name for node in public if not ast.get_docstring(node)] == []
    assert [node.name for node in public if isinstance(node, ast.FunctionDef) and node.returns is None] == []


def texts(module: str) -> Iterator[tuple[int, str]]:
    """(line, text) of every string in a module; what an f-string fills in is left out."""
    for node in ast.walk(tree(MODULES[module])):
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_all_sql_is_in_the_index() -> None:
    wrong = [
        f"{module}:{line} {text[:60]}"
        for module in MODULES
        if room(module) != "index"
        for line, text in texts(module)
        if _SQL.search(text)
    ]

    assert wrong == []
    assert any(_SQL.search(text) for _, text in texts("index.sources"))


def test_nobody_but_the_index_has_statements_carried_out() -> None:
    wrong = [
        f"{module}:{line} {name}()"
        for module in MODULES
        if room(module) != "index"
        for line, name in calls(module)
        if name.rpartition(".")[2] in {"execute", "executemany", "executescript", "cursor"}
    ]

    assert wrong == []


def test_the_transactions_of_the_index_know_no_noun() -> None:
    known = {ours(found) for found in imports() if found.module == "index.transactions"}

    assert {name for name in known if name and room(name) == "index"} == TRANSACTIONS_KNOW


def test_no_noun_of_the_index_knows_what_opens_it() -> None:
    wrong = [
        f"{found.module}:{found.line} imports {ours(found)}"
        for found in imports()
        if room(found.module) == "index"
        and found.module not in OPENS_THE_INDEX
        and ours(found) in OPENS_THE_INDEX
    ]

    assert wrong == []


def test_nobody_uses_what_is_private_to_another() -> None:
    """A name with an underscore is for the object or the module that has it; a copy of oneself is named above."""
    found = {
        f"{module}: {ast.unparse(node)}"
        for module, path in MODULES.items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and re.match(r"_(?!_)", node.attr)
        if not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
    }
    names = {
        f"{one.module}: {one.target}"
        for one in imports()
        if (ours(one) or "").strip() and re.match(r"_(?!_)", one.target.rpartition(".")[2])
    }

    assert found | names == set(FOREIGN_PRIVATE)


def test_no_grab_bags() -> None:
    assert {
        module
        for module in MODULES
        if {"utils", "util", "helpers", "helper", "misc"} & set(module.split("."))
    } == set()


def test_the_core_allow_list_names_real_modules() -> None:
    assert {
        name
        for name in CORE_MAY_IMPORT - {"jsonschema", "opencc", "rapidfuzz"}
        if name not in sys.stdlib_module_names
    } == set()
