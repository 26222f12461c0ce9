"""Check a template that somebody edited: the file with comments, or a trial document, and what to tell (模板检查)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from archivist.core.drafts.kinds import DocumentKind
from archivist.core.text import fold
from archivist.drafts.faults.comments import with_comments
from archivist.drafts.faults.finding import BODY, Checked, check_template_file
from archivist.drafts.faults.places import Fault
from archivist.drafts.faults.trial import trial
from archivist.drafts.kinds import find_kind, load_kinds
from archivist.drafts.output import write_new
from archivist.drafts.template import read_template
from archivist.errors import BadInputError, SettingsError, UsageError

_PLACES = {"header": "页眉", "footer": "页脚", "footno": "脚注"}


@dataclass(frozen=True, slots=True)
class Done:
    """What was found and written, and the lines that tell it."""

    faults: tuple[Fault, ...]
    written: Path
    lines: tuple[str, ...]


def check_file(folders: tuple[Path, Path], file: Path, name: str | None, target: Path | None) -> Done:
    """Check the template ``file`` and write the result beside it, or into ``target``.

    Args:
        folders: where schemas and templates are.
        name: of which kind (文种) it is; None to tell it by the file's name.

    Raises:
        UsageError: nobody can tell of which kind it is. BadInputError: it is no readable Word document.
        StoreError: the result exists already.
    """
    kinds = load_kinds(*folders, with_templates=False)
    kind = replace(find_kind(kinds, name) if name else _by_name(kinds, file), template_source=str(file))
    try:
        raw = read_template(kind)
    except SettingsError as error:
        raise BadInputError(error.message) from None
    found = check_template_file(kind, raw)
    folder = target or file.parent
    if found.faults:
        written = folder / f"{file.stem}（检查意见）.docx"
        content = with_comments(raw, found.faults)
    else:
        written = folder / f"{file.stem}（试印）.docx"
        content = trial(kind)
    write_new(written, content)
    return Done(found.faults, written, tuple(_lines(kind, found, written)))


def _by_name(kinds: tuple[DocumentKind, ...], file: Path) -> DocumentKind:
    stem = fold(file.stem)
    named = [
        (len(word), kind)
        for kind in kinds
        for word in map(fold, (kind.slug, kind.name, *kind.aliases))
        if word and word in stem
    ]
    longest = max((length for length, _ in named), default=0)
    fitting = {kind.slug: kind for length, kind in named if length == longest}
    if len(fitting) != 1:
        raise UsageError(
            f"看不出“{file.name}”是哪个文种的模板，请加 --kind 写明，例如 --kind 资产处置方案；"
            "有哪些文种，用 archivist generate --list 查看。"
        )
    return next(iter(fitting.values()))


def _lines(kind: DocumentKind, found: Checked, written: Path) -> Iterator[str]:
    if found.faults:
        yield f"按“{kind.name}”检查，有 {len(found.faults)} 处要改："
        for fault in found.faults:
            yield f"  · {_where(fault)}：{fault.words}。{fault.instead}。"
        yield f"批注写在：{written}"
    else:
        yield f"按“{kind.name}”检查，没有发现毛病。用假内容填好的一份，看看版式：{written}"
    yield f"印出来的字段：{'、'.join(found.printed) or '无'}"
    if found.unprinted:
        yield f"没有用到的字段：{'、'.join(found.unprinted)}"


def _where(fault: Fault) -> str:
    if fault.part != BODY:
        return _PLACES.get(fault.part.rpartition("/")[2][:6], "正文")
    return f"第 {fault.paragraph + 1} 段"
