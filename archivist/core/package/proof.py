"""事件证明: what lets an outsider work out again that these papers and these events belong to the root code on the
signed decision. Values and words; whoever writes them makes JSON of them.

The root (归档根码) is worked out of the papers (`core.rootcode`), each of which stands in the manifest. Every event here
is whole and carries the hash that chains it, so that it can be hashed again, and neighbours are held against each other;
the decision's event names the same root, the papers' digests, and the head of the chain it was decided on. Events between
that are about other projects are not handed over: whoever keeps the log can show that these hashes stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archivist.core.package.bag import root_told
from archivist.core.package.contents import PROOF
from archivist.core.rootcode import root_code

FORMAT = "archivist 事件证明 1"
CLAIMS, EVENTS, ABOUT = f"{PROOF}/证据.json", f"{PROOF}/事件.jsonl", f"{PROOF}/说明.txt"


@dataclass(frozen=True, slots=True)
class Rests:
    """A paper that the root rests on; ``path`` is from the package's folder."""

    item: int
    document: str
    sha256: str
    path: str


def claims(
    project: str, rests: Iterable[Rests], head: tuple[int, str], decided: int | None, events: Sequence[int]
) -> dict[str, Any]:
    """What 证据.json says.

    Args:
        head: the last event when the package was made. decided: the number of the event of the decision that stands.
        events: the numbers of the events that are handed over.
    """
    listed = sorted(rests, key=lambda one: (one.item, one.document))
    root = root_code((one.item, one.document, one.sha256) for one in listed)
    return {
        "format": FORMAT,
        "project": project,
        "root": root.digest,
        "code": root.printed,
        "chain": {"seq": head[0], "hash": head[1]},
        "decided": decided,
        "events": len(events),
        "evidence": [
            {"item": one.item, "document": one.document, "sha256": one.sha256, "path": one.path}
            for one in listed
        ],
    }


def about(said: Mapping[str, Any]) -> str:
    """说明.txt: how it is worked out by hand."""
    lines = [
        f"项目 {said['project']} 的事件证明",
        "",
        f"归档根码：{root_told(said['root'])}",
        f"完整的校验值（sha256）：{said['root']}",
        "",
        "一、归档根码怎么算",
        "　　证据.json 的 evidence 里每份材料写成一行：归档内容序号、制表符、材料编号、制表符、文件的 sha256、换行（LF）。",
        "　　各行按字符排序，连在一起算 sha256。印着归档根码的材料（销号审批表）自己不算在内。",
        "　　这个 sha256 当作整数，取除以 10 的 18 次方的余数，补足 18 位，"
        "后加两位校验码（ISO 7064 MOD 97-10），就是归档根码。",
        "　　与签字盖章的销号审批表上印的对照：一致，说明这些材料就是审批时的材料。"
        "一份材料都没有的，算出来的数都一样，不是这个项目的根码。",
        "二、事件怎么算",
        "　　事件.jsonl 一行一件事。把 [seq, at, actor, place, act, subject, detail, previous] 写成 JSON"
        "（Python 的 json.dumps，ensure_ascii=False），按 UTF-8 算 sha256，就是这一行的 hash。",
        "　　previous 是前一条事件的 hash，序号相连的两行必须接得上。"
        "中间别的项目的事件没有附上：需要时请保管单位出示事件日志，"
        f"其中第 {said['chain']['seq']} 条的 hash 应为 {said['chain']['hash']}。",
        "三、销号决定",
        (
            f"　　第 {said['decided']} 条是销号决定，其中的 root 就是归档根码，documents 里有每份材料的 sha256。"
            if said["decided"] is not None
            else "　　未销号：导出时没有有效的销号决定。"
        ),
    ]
    return "".join(f"{line}\r\n" for line in lines)
