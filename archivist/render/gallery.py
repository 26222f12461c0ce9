"""Pages of papers as pictures with what was found on them beside (页面小图): for reports in HTML, and as words.

A picture never splits over two sheets of paper, and stands beside its words; on a telephone it stands above them. Nothing
is fetched: pictures are within the file.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from typing import Any

from archivist.core.reports.report import Figure, Gallery
from archivist.render.legend import LEGEND
from archivist.render.text import plain

_SHAPES = {
    "double": '<ellipse cx="12" cy="9" rx="11" ry="8"/><ellipse cx="12" cy="9" rx="8" ry="5.5"/>',
    "solid": '<rect x="1" y="2" width="22" height="14" stroke-width="2"/>',
    "dashed": '<rect x="1" y="2" width="22" height="14" stroke-dasharray="4 2.5" stroke-width="2"/>',
    "under": '<path d="M1 15H23" stroke-dasharray="0 4" stroke-linecap="round" stroke-width="2.6"/>',
}

_CSS = """
.signs{display:flex;flex-wrap:wrap;gap:.2em 1.4em;margin:.3em 0 .8em;padding:0;list-style:none}
.signs svg{width:24px;height:18px;vertical-align:-4px;margin-right:.3em;fill:none;stroke:#222;stroke-width:1.4}
.leaves{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,560px),1fr));gap:1em;align-items:start}
.leaf{margin:0;padding:.6em .8em .8em;border:1px solid #767676;break-inside:avoid}
.leaf figcaption{font-weight:bold;margin:0 0 .5em;padding-bottom:.3em;border-bottom:1px solid #8a8a8a;overflow-wrap:anywhere}
.leaf .both{display:grid;grid-template-columns:minmax(0,9fr) minmax(0,11fr);gap:0 1em;align-items:start}
.leaf .words{grid-template-columns:minmax(0,1fr)}
.leaf img{display:block;width:100%;height:auto;border:1px solid #8a8a8a}
.leaf dl{margin:0;font-size:.92em;line-height:1.45}
.leaf dt{font-weight:bold;margin-top:.3em}
.leaf dt:first-child{margin-top:0}
.leaf dd{margin:0 0 0 1em;overflow-wrap:anywhere}
@media screen and (max-width:640px){.leaf .both{grid-template-columns:minmax(0,1fr);gap:.8em 0}}
@media print{.signs{font-size:8.5pt;break-after:avoid}.leaves{display:block}.leaf{margin:0 0 4mm;padding:2mm 3mm 3mm}
.leaf figcaption{font-size:9.5pt}
.leaf .both{grid-template-columns:72mm minmax(0,1fr);gap:0 5mm}.leaf .words{grid-template-columns:minmax(0,1fr)}
.leaf dl{font-size:8.5pt;line-height:1.35}h2{break-after:avoid}}
"""


def style(title: str) -> str:
    """What a page with a gallery on it needs beside its own style: upright sheets, headed by ``title`` and the page."""
    return f"""{_CSS}@page{{size:A4 portrait;margin:15mm 12mm 12mm;
@top-left{{content:{_quoted(title)};font-size:8pt}}@top-right{{content:"第 " counter(page) " 页";font-size:8pt}}}}
"""


def _quoted(words: str) -> str:
    """Words as a string of CSS: of what could end it or the style nothing is left as it stands."""
    kept = (
        char if char.isalnum() or char in " ，。（）、“”《》-" else f"\\{ord(char):x} "
        for char in plain(words)
    )
    return f'"{"".join(kept)}"'


def gallery_html(gallery: Gallery) -> Iterator[str]:
    """``gallery`` as a section of a page, figure by figure, behind the legend."""
    yield f"<section><h2>{_text(gallery.heading)}</h2>{_legend()}<div class=leaves>\n"
    for one in gallery.figures:
        yield _figure(one)
    yield "</div></section>\n"


def gallery_docx(gallery: Gallery, document: Any) -> None:
    """``gallery`` at the end of a Word document (python-docx); see `gallerydocx`."""
    from archivist.render.gallerydocx import add_gallery

    add_gallery(document, gallery)


def _legend() -> str:
    signs = "".join(
        f'<li><svg viewBox="0 0 24 18" aria-hidden="true" focusable="false">{_SHAPES[style]}</svg>{name}：{how}</li>'
        for style, name, how in LEGEND
    )
    return f'<ul class="signs" aria-label="图例">{signs}</ul>'


def _figure(one: Figure) -> str:
    words = "".join(f"<dt>{_text(label) or '说明'}</dt><dd>{_text(told)}</dd>" for label, told in one.facts)
    listed = f"<dl>{words}</dl>" if words else ""
    shown = (
        f'<div class="both">{_image(one)}{listed}</div>'
        if one.picture
        else f'<div class="both words">{listed}</div>'
    )
    return f'<figure class="leaf"><figcaption>{_text(one.caption)}</figcaption>{shown}</figure>\n'


def _image(one: Figure) -> str:
    data = b64encode(one.picture).decode("ascii")
    return (
        f'<img src="data:{escape(one.media)};base64,{data}" width="{one.width}" height="{one.height}" '
        f'alt="{_text(one.alt)}">'
    )


def _text(words: str) -> str:
    return escape(plain(words))
