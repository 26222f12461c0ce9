"""Reads the document kinds: schemas/documents/<slug>.schema.json, each with its doc_templates/<slug>.docx."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from archivist.core.drafts.kinds import DocumentKind, parse_kind
from archivist.core.text import fold
from archivist.errors import SettingsError, UsageError
from archivist.workspace.rulebook import load_items
from archivist.workspace.rulefile import RuleFile, RuleTable, raise_if_wrong

_SUFFIX = ".schema.json"
_LAST = 99


def load_kinds(
    schemas_folder: Path, templates_folder: Path, *, with_templates: bool = True
) -> tuple[DocumentKind, ...]:
    """Return all kinds of ``schemas_folder``/documents, in the order of their catalogue item.

    Args:
        schemas_folder: holds documents/.
        templates_folder: holds the kinds' templates.
        with_templates: whether each must have its template already; a template is yet to be made for a new kind.

    Raises:
        SettingsError: a schema does not parse or contradicts itself, or its template is not there; all is told at
            once.
    """
    folder = schemas_folder / "documents"
    paths = sorted(folder.glob(f"*{_SUFFIX}"))
    if not paths:
        raise SettingsError(f"{folder} 里没有文种（*{_SUFFIX}）。请从安装包重新复制 schemas 文件夹。")
    items = [rule.number for rule in load_items(schemas_folder)]
    files = [RuleFile(path) for path in paths]
    found = [_load(file, templates_folder, items, with_templates) for file in files]
    kinds = [kind for kind in found if kind is not None]
    _note_same_names(kinds, files)
    raise_if_wrong(*files)
    return tuple(sorted(kinds, key=lambda kind: (kind.item or _LAST, kind.slug)))


def find_kind(kinds: Sequence[DocumentKind], name: str) -> DocumentKind:
    """Return the kind called ``name``: its slug, its Chinese name, or a part of it that fits one kind only.

    Raises:
        UsageError: no kind, or several, fit; the message lists them.
    """
    wanted = fold(name)
    exact = [kind for kind in kinds if wanted and wanted in map(fold, (kind.slug, kind.name, *kind.aliases))]
    similar = exact or [kind for kind in kinds if wanted and wanted in fold(kind.name)]
    if len(similar) == 1:
        return similar[0]
    if similar:
        raise UsageError(f"“{name}”有 {len(similar)} 种，请写明是哪一种：\n{_listed(similar)}")
    close = get_close_matches(name[:40], [word for kind in kinds for word in (kind.name, kind.slug)], n=1)
    guess = f"是不是“{close[0]}”？" if close else ""
    raise UsageError(f"没有“{name}”这个文种。{guess}可以生成的有：\n{_listed(kinds)}")


def _listed(kinds: Sequence[DocumentKind]) -> str:
    return "\n".join(f"  {kind.name}（{kind.slug}）" for kind in kinds)


def _load(
    file: RuleFile, templates_folder: Path, items: Sequence[int], with_template: bool
) -> DocumentKind | None:
    """The kind a file describes; what is wrong is noted with the file, None when it is too much to go on."""
    slug = file.path.name.removesuffix(_SUFFIX)
    template = templates_folder / f"{slug}.docx"
    schema = file.json()
    if with_template and not template.is_file():
        file.wrong("", f"没有对应的模板 {template}；用 archivist template new {slug} 可以得到一份空白的")
    if not _is_schema(schema):
        return None
    problems: list[str] = []
    kind = parse_kind(slug, schema.data, str(file.path), str(template), items, problems)
    for problem in problems:
        file.wrong("", problem)
    return kind


def _is_schema(schema: RuleTable) -> bool:
    """Whether a file is a JSON Schema (2020-12) with a title and fields."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(schema.data)
    except SchemaError as error:
        place = ".".join(map(str, error.absolute_path)) or "文件开头"
        schema.file.wrong(place, "不符合 JSON Schema 2020-12")
        return False
    if not isinstance(schema.get("properties"), dict) or not schema.get("title"):
        schema.file.wrong("", "缺少 title（文种名称）或 properties（字段），请补上")
        return False
    return True


def _note_same_names(kinds: Sequence[DocumentKind], files: Sequence[RuleFile]) -> None:
    owners: dict[str, DocumentKind] = {}
    for kind in kinds:
        file = next(one for one in files if str(one.path) == kind.schema_source)
        for word in sorted({fold(word) for word in (kind.slug, kind.name, *kind.aliases)}):
            if word in owners:
                file.wrong("", f"与 {owners[word].schema_source} 的名称相同（{word}），请改一个")
            owners[word] = kind
