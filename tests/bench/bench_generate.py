"""CPU of a document, ours against plain docxtpl, same template and context. Prints figures, asserts nothing.

Run ``python tests/bench/bench_generate.py``. Ours also checks the template, re-reads the result, fixes bytes.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from docxtpl import DocxTemplate  # noqa: E402

from archivist.core.project import Project  # noqa: E402
from archivist.drafts import build_context, find_kind, load_kinds, read_data, render  # noqa: E402

ROUNDS = 15


def cpu(action) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def main() -> None:
    project = Project("DZ-2018-0017", "黑山羊标准化养殖场项目", "珠溪镇", "青杠岭村", amount=Decimal(865000))
    kinds = load_kinds(ROOT / "schemas", ROOT / "doc_templates")
    for slug in ("village-record", "township-minutes", "disposal-plan"):
        kind = find_kind(kinds, slug)
        data = read_data(ROOT / "tests" / "templates" / "examples" / f"{slug}.yaml")
        draft = build_context(kind, project, None, data, date(2024, 12, 20))

        def plain(kind=kind, draft=draft) -> None:
            template = DocxTemplate(kind.template_source)
            template.render(dict(draft.values), autoescape=True)
            template.save(BytesIO())

        def ours(kind=kind, draft=draft) -> None:
            render(kind, draft)

        plain(), ours()
        pairs = [(cpu(plain), cpu(ours)) for _ in range(ROUNDS)]
        first, second = (median(pair[side] for pair in pairs) for side in (0, 1))
        print(f"{slug}: plain {first * 1000:.1f} ms, ours {second * 1000:.1f} ms, ratio {second / first:.2f}")


if __name__ == "__main__":
    main()
