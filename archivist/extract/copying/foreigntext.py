"""Take a page's own text out of a copy: what somebody else's recognition left there, replaced by ours.

Text that is not painted is simply left out. Painted text is left out where the page looks the same without it (it lies
under the page image); otherwise it stays, and readers that know /ActualText no longer copy it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_MAX_BYTES = 4 << 20
"""Of one content stream: more is no page image with a text layer."""

_MAX_DEPTH, _MAX_FORMS = 5, 200
"""Of forms within forms; a page beyond this keeps what it has."""

_UNPAINTED = 3
"""The text rendering mode. Mode 7 paints nothing either, but cuts what is painted after it."""

_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_PREPARES = frozenset({"BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts"})
"""What only serves text, and goes with it. Not Tr: a form left alone may count on not being painted."""


Look = Callable[[Any], bytes]
"""The pixels of a page as it is now."""


def has_text(page: Any) -> bool:
    """Tell whether the page could show text at all: whether it, or a form it draws, names a font."""
    waiting, seen = [page.obj.get("/Resources")], set[tuple[int, int]]()
    while waiting:
        resources = waiting.pop()
        if not _is_dictionary(resources):
            continue
        fonts = resources.get("/Font")
        if _is_dictionary(fonts) and len(fonts.keys()):
            return True
        fresh = [form for _, form in _forms(resources) if form.objgen not in seen]
        seen.update(form.objgen for form in fresh)
        waiting += [form.get("/Resources") for form in fresh]
    return False


def _forms(resources: Any) -> list[tuple[str, Any]]:
    import pikepdf

    drawn = resources.get("/XObject")
    if not _is_dictionary(drawn):
        return []
    return [
        (name, item)
        for name, item in drawn.items()
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Form
    ]


def _is_dictionary(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Dictionary)


def silence(pdf: Any, page: Any, look: Look) -> None:
    """Take the text out of ``page`` (of ``pdf``), or at least out of what is copied from it.

    Args:
        pdf: the document under construction.
        page: one of its pages, as `pikepdf.Page`; only this page changes, shared forms are copied.
        look: asked with and without painted text; if the page looks different, that text stays.
    """
    before = page.obj.get("/Contents"), page.obj.get("/Resources")
    if not _rewrite(pdf, page, keep_painted=False):
        return
    after = page.obj.get("/Contents"), page.obj.get("/Resources")
    bare = look(page)
    page.obj.Contents, page.obj.Resources = before
    if look(page) == bare:
        page.obj.Contents, page.obj.Resources = after
    else:
        _rewrite(pdf, page, keep_painted=True)


def _rewrite(pdf: Any, page: Any, keep_painted: bool) -> bool:
    """Filter the page's content; return whether it has painted text."""
    import pikepdf

    content = _Content(pdf, keep_painted)
    filtered, resources = content.filtered(page.obj, page.obj.get("/Resources"), 0, 0)
    if filtered is not None:
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(filtered))
        page.obj.Resources = resources if keep_painted or content.skipped else _without_fonts(resources)
    return content.painted


@dataclass(slots=True)
class _State:
    """As much of the graphics state as text visibility needs."""

    mode: int
    saved: list[int] = field(default_factory=list)

    def follow(self, operator: str, operands: Any) -> None:
        if operator == "q":
            self.saved.append(self.mode)
        elif operator == "Q" and self.saved:
            self.mode = self.saved.pop()
        elif operator == "Tr" and len(operands) == 1:
            self.mode = int(operands[0])


class _Content:
    """One pass over a page's content and that of the forms it draws."""

    def __init__(self, pdf: Any, keep_painted: bool) -> None:
        self._pdf = pdf
        self._keep = keep_painted
        self.painted = False
        self.skipped = False
        self._forms_left = _MAX_FORMS

    def filtered(self, holder: Any, resources: Any, mode: int, depth: int) -> tuple[list[Any] | None, Any]:
        """Return the instructions that stay, and the resources they need; None for what is left alone."""
        import pikepdf

        if depth > _MAX_DEPTH or self._forms_left < 0 or _length(holder) > _MAX_BYTES:
            self.skipped = True
            return None, resources
        state, kept = _State(mode), []
        renamed: dict[str, Any] = {}
        forms = dict(_forms(resources)) if _is_dictionary(resources) else {}
        for instruction in pikepdf.parse_content_stream(holder):
            operator = str(instruction.operator)
            state.follow(operator, instruction.operands)
            if operator in _SHOWS:
                kept += self._shown(instruction, operator, state.mode)
            elif self._keep and operator in ("BT", "ET"):
                kept += _unspoken(instruction, operator)
            elif self._keep or operator not in _PREPARES:
                kept.append(instruction)
            if operator == "Do" and (name := str(instruction.operands[0])) in forms and name not in renamed:
                renamed[name] = self._form(forms[name], resources, state.mode, depth)
        return kept, _with_forms(resources, renamed)

    def _shown(self, instruction: Any, operator: str, mode: int) -> list[Any]:
        if mode != _UNPAINTED:
            self.painted = True
            if self._keep:
                return [instruction]
        return _effects_left(instruction, operator) if self._keep else []

    def _form(self, form: Any, outer: Any, mode: int, depth: int) -> Any:
        import pikepdf

        self._forms_left -= 1
        resources = form.get("/Resources", outer)
        filtered, needed = self.filtered(form, resources, mode, depth + 1)
        if filtered is None:
            return form
        copy = self._pdf.make_stream(pikepdf.unparse_content_stream(filtered))
        for key, value in form.items():
            if key not in ("/Length", "/Filter", "/DecodeParms", "/Resources"):
                copy[key] = value
        if needed is not None:
            copy.Resources = needed if self._keep or self.skipped else _without_fonts(needed)
        return copy


def _length(holder: Any) -> int:
    import pikepdf

    if isinstance(holder, pikepdf.Stream):
        return len(holder.read_bytes())
    contents = holder.get("/Contents")
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    return sum(len(part.read_bytes()) for part in parts if isinstance(part, pikepdf.Stream))


def _effects_left(instruction: Any, operator: str) -> list[Any]:
    """Keep what a text-showing operator does besides showing: next line, spacing."""
    import pikepdf

    def step(name: str, *operands: Any) -> Any:
        return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(name))

    if operator == "'":
        return [step("T*")]
    if operator == '"' and len(instruction.operands) == 3:
        return [step("Tw", instruction.operands[0]), step("Tc", instruction.operands[1]), step("T*")]
    return []


def _unspoken(instruction: Any, operator: str) -> list[Any]:
    """Put a text object into a span that reads as a space: pdfium takes no notice of an empty one."""
    import pikepdf

    if operator == "ET":
        return [instruction, pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))]
    reading = pikepdf.Dictionary(ActualText=pikepdf.String(" "))
    return [
        pikepdf.ContentStreamInstruction([pikepdf.Name.Span, reading], pikepdf.Operator("BDC")),
        instruction,
    ]


def _with_forms(resources: Any, renamed: dict[str, Any]) -> Any:
    """Copy the resources with some forms replaced; what others share stays as it is."""
    import pikepdf

    if not renamed:
        return resources
    fresh = pikepdf.Dictionary(dict(resources.items()))
    drawn = pikepdf.Dictionary(dict(resources["/XObject"].items()))
    for name, form in renamed.items():
        drawn[name] = form
    fresh.XObject = drawn
    return fresh


def _without_fonts(resources: Any) -> Any:
    """Copy the resources without the fonts that nothing uses any more: they are seldom embedded."""
    import pikepdf

    return pikepdf.Dictionary({key: value for key, value in resources.items() if key != "/Font"})
