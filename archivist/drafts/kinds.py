"""Reads the document kinds: schemas/documents/<slug>.schema.json, each with its doc_templates/<slug>.docx."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from archivist.core.drafts.kinds import DocumentKind, parse_kind
from archivist.core.text import fold
from archivist.errors import SettingsError, UsageError

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
        SettingsError: a schema does not parse or contradicts itself, or its template is not there.
    """
    folder = schemas_folder / "documents"
    paths = sorted(folder.glob(f"*{_SUFFIX}"))
    if not paths:
        raise SettingsError(f"{folder} 里没有文种（*{_SUFFIX}）。请从安装包重新复制 schemas 文件夹。")
    kinds = [_load(path, templates_folder, with_templates) for path in paths]
    _refuse_same_names(kinds)
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


def _load(path: Path, templates_folder: Path, with_template: bool) -> DocumentKind:
    slug = path.name.removesuffix(_SUFFIX)
    template = templates_folder / f"{slug}.docx"
    schema = _read_schema(path)
    problems: list[str] = []
    kind = parse_kind(slug, schema, str(path), str(template), problems)
    if with_template and not template.is_file():
        problems.append(f"没有对应的模板 {template}；用 archivist template new {slug} 可以得到一份空白的")
    if problems:
        listed = "\n".join(f"  · {problem}" for problem in problems)
        raise SettingsError(f"文种文件 {path} 有误，请改正后重试：\n{listed}")
    return kind


def _read_schema(path: Path) -> dict[str, Any]:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        schema = json.loads(path.read_text("utf-8-sig"))
        Draft202012Validator.check_schema(schema)
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(f"文种文件 {path} 读不出来（{error}）。请检查文件，编码应为 UTF-8。") from None
    except json.JSONDecodeError as error:
        raise SettingsError(
            f"文种文件 {path} 第 {error.lineno} 行第 {error.colno} 列附近写法有误，请改正。"
        ) from None
    except SchemaError as error:
        place = ".".join(map(str, error.absolute_path)) or "文件开头"
        raise SettingsError(f"文种文件 {path} 的 {place} 不符合 JSON Schema 2020-12，请改正。") from None
    if (
        not isinstance(schema, dict)
        or not isinstance(schema.get("properties"), dict)
        or not schema.get("title")
    ):
        raise SettingsError(f"文种文件 {path} 缺少 title（文种名称）或 properties（字段），请补上。")
    return schema


def _refuse_same_names(kinds: Sequence[DocumentKind]) -> None:
    owners: dict[str, DocumentKind] = {}
    for kind in kinds:
        for word in {fold(word) for word in (kind.slug, kind.name, *kind.aliases)}:
            if word in owners:
                raise SettingsError(
                    f"文种文件 {kind.schema_source} 与 {owners[word].schema_source} 的名称相同，请改一个。"
                )
            owners[word] = kind
