"""Pages looked at by axe-core in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path

from support.browser import browse
from support.programs import AXE

_POLICY = re.compile("<meta http-equiv[^>]*>")
"""What a page says may run on it; axe must."""

LOOK = """
const source = %s;
async function look(frame) {
  const page = frame.contentDocument;
  const axe = page.createElement("script");
  const loaded = new Promise((done, failed) => { axe.onload = done; axe.onerror = failed; });
  axe.src = source;
  page.head.append(axe);
  await loaded;
  const found = await frame.contentWindow.axe.run();
  const told = found.violations.map(one => one.id + ": " + one.nodes[0].html + " " + one.nodes[0].failureSummary);
  if (page.documentElement.scrollWidth > frame.clientWidth) told.push("wider than the screen");
  return told;
}
onload = async () => {
  const told = {};
  try {
    for (const frame of document.querySelectorAll("iframe")) told[frame.title] = await look(frame);
  } catch (error) { told.error = String(error); }
  document.body.innerHTML = "<pre id=told></pre>";
  document.getElementById("told").textContent = JSON.stringify(told);
};
"""


def looked_at(pages: Mapping[str, bytes], width: int, folder: Path) -> dict[str, list[str]]:
    """What axe finds on each page in a window of ``width`` pixels."""
    frames = "".join(
        f'<iframe title="{escape(name)}" style="width:{width}px;height:900px;border:0" '
        f'srcdoc="{escape(_POLICY.sub("", page.decode()))}"></iframe>'
        for name, page in pages.items()
    )
    script = LOOK % json.dumps(Path(AXE or "").resolve().as_uri())
    look = folder / "look.html"
    look.write_text(f"<!doctype html><meta charset=utf-8><body>{frames}<script>{script}</script>", "utf-8")
    seen = browse(look, "--virtual-time-budget=60000", "--dump-dom")
    (told,) = re.findall(r'<pre id="told">(.*?)</pre>', seen, re.DOTALL)
    found: dict[str, list[str]] = json.loads(unescape(told))
    assert found.keys() == pages.keys(), found.get("error")
    return found
