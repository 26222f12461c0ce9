"""Is a template (officers edit them in Word) safe to render, and does it name only what its schema knows?

The language of templates is small on purpose: fields, columns, if, for over a table or list, comparisons, and
the filters length, join and batch. What else Jinja offers is refused, so that no template can compute or run
anything. Residual risk accepted: a template may repeat a table inside itself, which makes a long document.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.core.drafts.kinds import DocumentKind, Field
from archivist.drafts.fonts import font_problems
from archivist.errors import SettingsError

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

_MAX_BYTES = 10_000_000
_MAX_UNPACKED = 60_000_000
_MAX_DEPTH = 2
_LOOP = {"index", "first", "last", "length"}
_FILTERS: dict[str, tuple[type, ...]] = {"length": (), "join": (str,), "batch": (int, str)}
_MOST_IN_A_ROW = 20


def read_template(kind: DocumentKind) -> bytes:
    """Return the bytes of the kind's template; SettingsError if absent, too large or no Word document."""
    path = Path(kind.template_source)
    try:
        raw = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else None
    except OSError as error:
        raise SettingsError(
            f"模板 {path} 打不开（{error.strerror}）。请检查文件，或从安装包重新复制 doc_templates。"
        ) from None
    if raw is None:
        raise SettingsError(f"模板 {path} 超过 {_MAX_BYTES // 1_000_000} 兆字节，请删去里面的图片等内容。")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        raise SettingsError(f"模板 {path} 不是 Word 文档（.docx）或已损坏，请从安装包重新复制。") from None
    if unpacked > _MAX_UNPACKED or "word/document.xml" not in names:
        raise SettingsError(f"模板 {path} 不是正常的 Word 文档（.docx），请从安装包重新复制。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise SettingsError(f"模板 {path} 带有宏，不能使用。请在 Word 里另存为不带宏的 .docx。")
    return raw


def check_template(kind: DocumentKind) -> None:
    """Refuse a template that cannot be rendered as it should be, naming all that is wrong with it.

    Raises:
        SettingsError: it does not parse, names a field the schema does not have, uses more than the small
            language, loads something from elsewhere, or names a font official documents do not use.
    """
    raw = read_template(kind)
    problems = [*template_problems(kind, raw), *font_problems(raw)]
    if problems:
        listed = "\n".join(f"  · {problem}" for problem in problems)
        raise SettingsError(
            f"模板 {kind.template_source} 有 {len(problems)} 处要改正（用 Word 打开修改后保存）：\n{listed}"
        )


@lru_cache(maxsize=32)
def _parsed(raw: bytes) -> tuple[tuple[str, Any], ...]:
    from jinja2 import TemplateSyntaxError

    from archivist.drafts.engine import StrictTemplate, environment

    env = environment()
    parts: list[tuple[str, Any]] = []
    try:
        template = StrictTemplate(raw)
        for name, text in template.sources():
            try:
                parts.append((name, env.parse(text)))
            except TemplateSyntaxError:
                parts.append((name, _wrong_mark(env, text)))
    except Exception as error:  # python-docx and lxml raise whatever their layers raise on odd packages
        return (("word/document.xml", f"文件结构读不出来（{type(error).__name__}），可能已损坏"),)
    return tuple(parts)


def _wrong_mark(env: Environment, source: str) -> str:
    """Say which mark of a part cannot be read, as it stands in Word; jinja's own words are English."""
    from jinja2 import TemplateSyntaxError

    for mark in re.findall(r"\{\{.*?\}\}", re.sub(r"<[^>]*>", "", source), re.DOTALL):
        try:
            env.parse(mark)
        except TemplateSyntaxError:
            return f"填写标记“{mark[:40]}”写法有误，应像 {{{{ 字段 }}}} 这样，两边各两个大括号"
    return "填写标记写法有误：{% for %} 要有 {% endfor %}，{% if %} 要有 {% endif %}，括号要成对"


def template_problems(kind: DocumentKind, raw: bytes) -> list[str]:
    """Return what is wrong with the words and links of a template, a Chinese sentence each."""
    problems: dict[str, None] = dict.fromkeys(outside_links(raw))
    for name, tree in _parsed(raw):
        if isinstance(tree, str):
            problems.setdefault(f"{_PLACES.get(name.split('/')[-1][:6], '正文')}{tree}")
            continue
        for problem in _Reader(kind).problems(tree):
            problems.setdefault(problem)
    return list(problems)


def expression_problems(
    kind: DocumentKind, source: str, rows: Mapping[str, Field | None], depth: int
) -> list[str]:
    """What is wrong with one mark, or a statement with its end, within the loops whose words are ``rows``."""
    from jinja2 import TemplateSyntaxError

    from archivist.drafts.engine import environment

    try:
        tree = environment().parse(source)
    except TemplateSyntaxError:
        return ["写法有误，括号、引号要成对"]
    return _Reader(kind).problems(tree, rows, depth)


def loop_field(kind: DocumentKind, source: str, rows: Mapping[str, Field | None]) -> Field | None:
    """The table that ``for … in source`` runs over; None for a list of lines, or what is none."""
    from jinja2 import TemplateSyntaxError, nodes

    from archivist.drafts.engine import environment

    try:
        tree = environment().parse(f"{{{{ {source} }}}}")
    except TemplateSyntaxError:
        return None
    output = tree.body[0] if tree.body else None
    if not isinstance(output, nodes.Output) or not output.nodes:
        return None
    return _Reader(kind).table(output.nodes[0], rows)


def named_fields(raw: bytes) -> set[str]:
    """Return the names of the fields a template prints or asks about."""
    from jinja2 import meta

    return {
        name
        for _, tree in _parsed(raw)
        if not isinstance(tree, str)
        for name in meta.find_undeclared_variables(tree)
    }


_PLACES = {"header": "页眉", "footer": "页脚", "footno": "脚注"}


def outside_links(raw: bytes) -> Iterator[str]:
    """A sentence for each part or picture that a Word file loads from elsewhere; links to click on are none."""
    from lxml import etree

    with zipfile.ZipFile(BytesIO(raw)) as archive:
        for name in archive.namelist():
            if not name.endswith(".rels"):
                continue
            try:
                tree = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))
            except (etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError):
                yield f"{name} 读不出来，文件可能已损坏"
                continue
            for link in tree.iter("{*}Relationship"):
                if link.get("TargetMode") == "External" and not link.get("Type", "").endswith("/hyperlink"):
                    yield f"引用了文件之外的内容 {link.get('Target', '')[:60]}，请删去或改为嵌入"


class _Reader:
    """Walks a template's syntax tree, knowing which table each loop word stands for."""

    def __init__(self, kind: DocumentKind) -> None:
        self.fields = {field.name: field for field in kind.fields}
        self.found: list[str] = []

    def problems(
        self, tree: nodes.Template, rows: Mapping[str, Field | None] | None = None, depth: int = 0
    ) -> list[str]:
        """Return what is wrong with ``tree``, which stands within loops whose words are ``rows``."""
        self._walk(tree, rows or {}, depth)
        return self.found

    def table(self, node: nodes.Node, rows: Mapping[str, Field | None]) -> Field | None:
        """The table that ``node`` names."""
        return self._table(node, rows)

    def _walk(self, node: nodes.Node, rows: Mapping[str, Field | None], depth: int) -> None:
        from jinja2 import nodes

        if isinstance(node, nodes.For):
            self._loop(node, rows, depth)
            return
        if isinstance(node, nodes.Name):
            self._name(node.name, rows)
        elif isinstance(node, nodes.Getattr):
            self._column(node, rows)
            return
        elif isinstance(node, nodes.Filter):
            self._filter(node)
        elif isinstance(node, nodes.Getitem) and not _is_const(node.arg, int):
            self.found.append("方括号里只能写数字")
        elif not isinstance(node, _allowed()):
            self.found.append(f"用了不允许的写法（{type(node).__name__}），只能填字段、判断和循环")
            return
        for child in node.iter_child_nodes():
            self._walk(child, rows, depth)

    def _filter(self, node: nodes.Filter) -> None:
        if node.name not in _FILTERS:
            self.found.append(f"不能用 |{node.name}，可用的只有 {'、'.join(_FILTERS)}")
        elif (
            node.kwargs
            or node.dyn_args
            or node.dyn_kwargs
            or not all(
                _is_const(value, kind) for value, kind in zip(node.args, _FILTERS[node.name], strict=False)
            )
        ):
            self.found.append(f"|{node.name} 的括号里写法有误：batch 先写每行个数（最多 {_MOST_IN_A_ROW}）")

    def _loop(self, node: nodes.For, rows: Mapping[str, Field | None], depth: int) -> None:
        from jinja2 import nodes

        if not isinstance(node.target, nodes.Name) or node.recursive or node.test or depth >= _MAX_DEPTH:
            self.found.append("循环写法过于复杂，应为 for 行 in 表格字段，最多套两层")
            return
        self._walk(node.iter, rows, depth)
        inner = {**rows, node.target.name: self._table(node.iter, rows), "loop": None}
        for child in (*node.body, *node.else_):
            self._walk(child, inner, depth + 1)

    def _table(self, node: nodes.Node, rows: Mapping[str, Field | None]) -> Field | None:
        """Return the table a loop runs over; ``None`` for a list of lines or groups of them."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            field = self.fields.get(node.name)
        elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            owner = rows.get(node.node.name)
            field = (
                next((column for column in owner.columns if column.name == node.attr), None)
                if owner
                else None
            )
        elif isinstance(node, nodes.Filter) and node.name == "batch":
            return None
        else:
            self.found.append("循环只能用在表格或多行字段上")
            return None
        if field is not None and field.kind not in ("table", "lines"):
            self.found.append(f"“{field.name}”不是表格或多行字段，不能循环")
        return field if field is not None and field.kind == "table" else None

    def _name(self, name: str, rows: Mapping[str, Field | None]) -> None:
        if name not in rows and name not in self.fields:
            self.found.append(f"没有“{name}”这个字段{_guess(name, self.fields)}")

    def _column(self, node: nodes.Getattr, rows: Mapping[str, Field | None]) -> None:
        from jinja2 import nodes

        owner = node.node.name if isinstance(node.node, nodes.Name) else ""
        if owner == "loop" and owner in rows and node.attr in _LOOP:
            return
        table = rows.get(owner)
        if table is None:
            self.found.append(f"“{owner or '…'}.{node.attr}”不能这样写：“.”前面应为循环里的行")
        elif node.attr not in {column.name for column in table.columns}:
            columns = {column.name: column for column in table.columns}
            self.found.append(f"表格“{table.name}”没有“{node.attr}”这一列{_guess(node.attr, columns)}")


def _is_const(node: nodes.Node, kind: type) -> bool:
    from jinja2 import nodes

    if not isinstance(node, nodes.Const) or type(node.value) is not kind:
        return False
    return not isinstance(node.value, int) or 0 <= node.value <= _MOST_IN_A_ROW


def _allowed() -> tuple[type[nodes.Node], ...]:
    from jinja2 import nodes

    return (
        nodes.Template,
        nodes.Output,
        nodes.TemplateData,
        nodes.If,
        nodes.CondExpr,
        nodes.Const,
        nodes.Filter,
        nodes.Compare,
        nodes.Operand,
        nodes.And,
        nodes.Or,
        nodes.Not,
        nodes.Getitem,
        nodes.Name,
    )


def _guess(name: str, known: Mapping[str, Field]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name[:60], list(known), n=1, cutoff=0.5)
    return f"，是不是“{close[0]}”？" if close else ""
