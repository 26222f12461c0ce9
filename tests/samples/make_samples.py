"""Regenerates the sample registers and inbox under files/, and expected.json beside it.

A development tool: the product never needs it. Besides the product's own dependencies it needs reportlab
(``pip install reportlab``) and, from Debian, fonts-noto-cjk, fonts-arphic-gkai00mp, fonts-lxgw-wenkai and
fonts-wqy-zenhei. Run it as ``python tests/samples/make_samples.py``; with the same versions of the
libraries and fonts it writes the same bytes every time. With ``--only WORD`` it writes just the files whose
path contains WORD, to look at them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILES = HERE / "files"
INBOX = FILES / "收件箱"
LIMIT = 11_000_000


def main() -> None:
    """Write everything, or only what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="write only files whose path contains this word")
    only = parser.parse_args().only
    sys.path.insert(0, str(HERE))
    try:
        from sample_maker.fonts import require_fonts
    except ModuleNotFoundError as error:
        sys.exit(f"缺少 Python 库 {error.name}，请先安装：pip install {error.name}")
    require_fonts()
    if not only:
        shutil.rmtree(FILES, ignore_errors=True)
        write_registers()
    truth = write_inbox(only)
    if not only:
        (HERE / "expected.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8")
        report_size()


def write_registers() -> None:
    """Write the register of projects and the register of people."""
    from sample_maker.people import people_bytes
    from sample_maker.register import register_bytes

    folder = FILES / "登记"
    folder.mkdir(parents=True)
    (folder / "项目台账.xlsx").write_bytes(register_bytes())
    (folder / "人员名册.xlsx").write_bytes(people_bytes())


def write_inbox(only: str) -> dict[str, object]:
    """Write the dropped files; return the truth about each."""
    from sample_maker.cases import all_drops

    truth: dict[str, object] = {}
    for drop in all_drops():
        if only not in drop.path:
            continue
        target = INBOX / drop.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(drop.data)
        print(f"{len(drop.data):>9}  {drop.path}", flush=True)
        if drop.truth:
            truth[drop.path] = list(drop.truth)
        for member, what in drop.members:
            truth[f"{drop.path}!/{member}"] = list(what)
    return truth


def report_size() -> None:
    """Print the size and stop when the samples grew too large for the repository."""
    total = sum(path.stat().st_size for path in FILES.rglob("*") if path.is_file())
    print(f"{total:>9}  in all")
    if total > LIMIT:
        sys.exit(f"样例共 {total} 字节，超过 {LIMIT} 字节的上限，请降低扫描分辨率或质量。")


if __name__ == "__main__":
    main()
