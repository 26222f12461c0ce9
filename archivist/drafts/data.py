"""Reads what a person filled in: YAML, JSON or an xlsx fill-in sheet, and ``--set 名称=内容``.

Values come out as written (texts, lists, dicts); what they mean is the schema's business. Nothing is guessed:
a YAML ``14:30`` stays 14:30. Repeated names are refused, since the first one would be lost silently.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from archivist.errors import BadInputError, UsageError

_MAX_BYTES = 5_000_000


def read_data(path: Path) -> dict[str, Any]:
    """Return the fields in ``path`` (.yaml, .yml, .json or .xlsx) by name or title.

    Raises:
        BadInputError: the file is not there, too large, of another type or does not parse.
    """
    suffix = path.suffix.lower()
    if suffix not in (".yaml", ".yml", ".json", ".xlsx"):
        raise BadInputError(f"{path} 不能作为填写内容：应为 .yaml、.json 或 .xlsx 文件。")
    try:
        with path.open("rb") as stream:
            raw = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise BadInputError(f"{path} 打不开（{error.strerror}）。请检查文件名和权限。") from None
    if len(raw) > _MAX_BYTES:
        raise BadInputError(
            f"{path} 超过 {_MAX_BYTES // 1_000_000} 兆字节，不像填写内容。请检查是否选错了文件。"
        )
    if suffix == ".xlsx":
        from archivist.drafts.sheets import read_sheets

        return read_sheets(path.name, raw)
    data = _json(path, _decode(path, raw)) if suffix == ".json" else _yaml(path, _decode(path, raw))
    if not isinstance(data, dict):
        raise BadInputError(f"{path} 的内容应为“名称: 内容”逐项排列，请对照示例改写。")
    return data


def parse_sets(sets: Iterable[str]) -> dict[str, str]:
    """Return ``名称=内容`` pairs as a dict; UsageError when one has no equals sign or a name comes twice."""
    result: dict[str, str] = {}
    for pair in sets:
        name, sign, value = (
            pair.replace("＝", "=", 1).partition("=") if "=" not in pair else pair.partition("=")
        )
        if not sign or not name.strip():
            raise UsageError(f"--set “{pair}”写法有误，应为 名称=内容，如 --set 会议地点=村委会会议室。")
        if name.strip() in result:
            raise UsageError(f"--set 里“{name.strip()}”写了两次，请只留一个。")
        result[name.strip()] = value
    return result


def _decode(path: Path, raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInputError(f"{path} 的文字编码认不出来。请用记事本另存为，编码选 UTF-8。")


def _json(path: Path, text: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return _once(path, pairs)

    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise BadInputError(
            f"{path} 第 {error.lineno} 行第 {error.colno} 列附近写法有误，请改正后重试。"
        ) from None
    except (RecursionError, ValueError):
        raise BadInputError(f"{path} 不是正常的 JSON 填写内容（层数过深或数字过长），请检查。") from None


def _once(path: Path, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise BadInputError(f"{path} 里“{name}”写了两次，请只留一处。")
        result[name] = value
    return result


def _yaml(path: Path, text: str) -> Any:
    import yaml

    class Loader(yaml.BaseLoader):
        """Only texts, lists and dicts; no references, which could blow up a small file without limit."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise BadInputError(f"{path} 里用了 * 引用，这里不支持，请把内容写全。")
            return super().compose_node(parent, index)

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            names = [(str(key.value), None) for key, _ in node.value]
            _once(path, names)
            return super().construct_mapping(node, deep)

    try:
        return yaml.load(text, Loader)  # noqa: S506 - BaseLoader builds plain texts, lists and dicts only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列附近" if mark else "有一处"
        raise BadInputError(f"{path} {place}写法有误。冒号后面要空一格，各行缩进要对齐。") from None
    except (yaml.YAMLError, RecursionError):
        raise BadInputError(f"{path} 里有不能用的字符或层数过深，请检查。") from None
