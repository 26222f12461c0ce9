"""The only caller of docxtpl: its steps, with the holes that templates and data could use closed.

docxtpl by itself evaluates document properties as templates, turns ``{_{`` in data into ``{{``, repairs
broken XML by dropping what follows, and lets a template run code. Here properties are left alone, data stays
as it is, broken XML is an error, and templates are held to a small language (``template.py``) inside an
immutable sandbox without globals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

if TYPE_CHECKING:
    from docx.opc.part import Part

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CELL_ORDER = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar")
_FILTERS = ("length", "join", "batch")


def environment() -> ImmutableSandboxedEnvironment:
    """Return the only environment templates run in: escaping, strict, immutable, nothing to call."""
    env = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    env.globals.clear()
    env.tests.clear()
    env.filters = {name: env.filters[name] for name in _FILTERS}
    return env


class StrictTemplate(DocxTemplate):  # type: ignore[misc]
    """A docxtpl template that loses nothing silently."""

    def __init__(self, template: bytes) -> None:
        super().__init__(BytesIO(template))

    def render_properties(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        """Leave document properties alone: they are data of the draft, never a template."""

    def render_xml_part(
        self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Any = None
    ) -> str:
        """Render one part; lxml.etree.XMLSyntaxError where the result is not well-formed."""
        self.current_rendering_part = part
        xml = self.resolve_listing(jinja_env.from_string(src_xml).render(context))
        tree = etree.fromstring(xml.encode())
        _order_cell_properties(tree)
        return str(etree.tostring(tree, encoding="unicode"))

    def sources(self) -> Iterator[tuple[str, str]]:
        """Yield (part name, template text) for the body, the headers, the footers and the footnotes."""
        self.render_init()
        yield "word/document.xml", self.patch_xml(self.get_xml())
        for part in self._side_parts():
            text = part.blob.decode("utf-8")
            yield str(part.partname).lstrip("/"), self.patch_xml(text.partition("?>")[2] or text)

    def _side_parts(self) -> Iterator[Part]:
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _, part in self.get_headers_footers(uri):
                yield part
        for part in self.docx.part.package.iter_parts():
            if part.content_type.endswith(".footnotes+xml"):
                yield part


def _order_cell_properties(tree: Any) -> None:
    """Put merged cells' marks where Word's schema wants them: docxtpl appends them."""
    order = {f"{{{_WORD}}}{name}": number for number, name in enumerate(_CELL_ORDER)}
    for cell in tree.iter(f"{{{_WORD}}}tc"):
        merge = cell.find(f"{{{_WORD}}}vMerge")
        properties = cell.find(f"{{{_WORD}}}tcPr")
        if merge is not None and properties is not None:
            properties.append(merge)
        if properties is not None:
            properties[:] = sorted(properties, key=lambda child: order.get(child.tag, len(order)))
