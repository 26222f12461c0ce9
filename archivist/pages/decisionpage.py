"""销号决定.html: what the gate decided on a project and all that it rests on. Self-contained, prints on A4.

It says only what the index says: made again from it, it has the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archivist.core.words.numbers import in_words
from archivist.pages.html import clipped, html_page, linked, words

MARK = b'<meta name="archivist" content="decision">'
"""Stands near the beginning of a page that this software made."""

_SEEN = {"yes": "看到了", "no": "没看到", "unknown": "看不准"}
_TONES = {"齐全": "ok", "免交": "none", "选交": "none", "通过": "ok", "不适用": "none"}

_STYLE = """
@page{size:A4;margin:14mm}
.place{color:#555}.verdict{font-size:18px;font-weight:bold}
.n{width:3.2em;text-align:center}.i{width:24%}.s{width:5.2em;white-space:nowrap}td.s{font-weight:bold}
.c{width:26%}.d{width:34%}
code{font:11px/1.3 Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere;color:#444}
small{display:block}
@media print{body{font-size:11px;line-height:1.35}h1{font-size:16px}h2{font-size:13px}small{font-size:9.5px}
code{font-size:8.5px}.verdict{font-size:13px}}
"""


def decision_html(
    decision: Mapping[str, Any],
    row: Mapping[str, Any],
    earlier: Sequence[Mapping[str, Any]],
    links: Mapping[str, str],
) -> bytes:
    """Return the page.

    Args:
        row: when the decision stopped holding (``reopened``, None while it holds), by whom and why.
        earlier: decisions on the project before this one: ``at``, ``actor``, ``reopened``, ``reason``.
        links: where the documents that are still filed stand now, from the page, by number.
    """
    project, hashed = decision["project"], decision["hashed"]
    rules = "，".join(f"{words(name)} <code>{words(sha)}</code>" for name, sha in decision["rules"].items())
    about = "　".join(
        filter(None, (project["township"], project["village"], project["department"], project["category"]))
    )
    body = f"""<h1>销号决定　{words(clipped(project["name"], 90))}</h1>
<p class="place">项目编号 {words(clipped(project["code"], 60))}　{words(clipped(about, 120))}</p>
{_verdict(decision, row)}
<h2>一、归档目录{in_words(len(decision["items"]))}项内容</h2>
<table><thead><tr><th class="n">序号</th><th class="i">归档内容</th><th class="s">结论</th><th>证据</th></tr></thead>
<tbody>
{"".join(_item(item, links) for item in decision["items"])}</tbody></table>
<h2>二、核对过的规则</h2>
<table><thead><tr><th class="c">核对内容</th><th class="s">结果</th><th>比较了什么</th><th class="i">依据</th></tr></thead>
<tbody>
{"".join(_check(one) for one in decision["checks"] if not one["rule"].startswith("item-"))}</tbody></table>
{_reasons(decision["reasons"])}{_earlier(earlier)}
<p class="small">核对时重新计算了 {hashed["files"]} 个文件的校验值（sha256），共 {hashed["bytes"]} 字节。
事件记录末端：第 {decision["head"]["seq"]} 条 <code>{words(decision["head"]["hash"])}</code>。
规则文件：{rules}。
盖章、签字是软件看图得出的。本页由软件（archivist {words(decision["software"])}）生成，请不要修改；内容以事件记录为准，
可用 archivist verify 核验。</p>"""
    return html_page(f"销号决定 {project['code']}", body, _STYLE, MARK.decode())


def _verdict(decision: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    by = f"{words(decision['actor'])} 于 {words(_minute(decision['at']))} 办理销号。"
    if row["reopened"] is None:
        return f'<p class="box b-ok verdict">已销号。{by}</p>'
    why = (
        f"{words(_minute(row['reopened']))} 重新打开：{words(clipped(str(row['reason']), 400))}。"
        "问题解决后要重新办理。"
    )
    return f'<p class="box b-gap verdict">本决定已失效，项目没有销号。</p><p class="box b-gap">{why}</p><p>原由{by}</p>'


def _item(item: Mapping[str, Any], links: Mapping[str, str]) -> str:
    documents = "".join(f"<li>{_document(one, links.get(one['id'], ''))}</li>" for one in item["documents"])
    waiver = item["waiver"]
    parts = [f"<ul>{documents}</ul>" if documents else ""]
    if waiver is not None:
        parts.append(
            f"免交理由：{words(waiver['reason'])}（{words(waiver['actor'])}，{words(waiver['at'][:10])}）"
        )
    return (
        f'<tr><td class="n">{item["item"]}</td><td>{words(item["called"])}<small>{words(item["clause"])}</small></td>'
        f'<td class="s {_TONES.get(item["state"], "gap")}">{words(item["state"])}</td>'
        f"<td>{''.join(part for part in parts if part) or '—'}</td></tr>\n"
    )


def _document(one: Mapping[str, Any], link: str) -> str:
    name = str(one["path"]).rpartition("/")[2]
    first, last = one["pages"]
    where = f"（在第{one['date_page']}页）" if one["date_page"] else ""
    told = [
        f"材料 {one['id']}",
        f"来源文件第{first}页" if first == last else f"来源文件第{first}-{last}页",
        f"日期 {one['date'] or '不明'}{where}",
        f"盖章{_SEEN[one['sealed']]}",
        f"签字{_SEEN[one['signed']]}",
        *([one["copy"]] if one["copy"] else []),
        *([f"由 {one['decided_by']} 确认"] if one["decided_by"] else []),
    ]
    hashes = [f"归档文件 {one['sha256']}"]
    if one["original_sha256"] != one["sha256"]:
        hashes.append(f"收到的原件 {one['original_sha256']}")
    codes = "<br>".join(f"<code>{words(digest)}</code>" for digest in hashes)
    return f"{linked(name, link, 60)}<small>{words('，'.join(told))}</small>{codes}"


def _check(one: Mapping[str, Any]) -> str:
    reason = "" if one["outcome"] in _TONES else "<small>见理由</small>"
    return (
        f'<tr><td>{words(one["name"])}</td><td class="s {_TONES.get(one["outcome"], "wait")}">'
        f"{words(one['outcome'])}{reason}</td><td>{words(one['told'])}</td><td><small>{words(one['clause'])}</small></td></tr>\n"
    )


def _reasons(reasons: Sequence[Mapping[str, Any]]) -> str:
    if not reasons:
        return ""
    listed = "".join(
        f"<li>{words(one['message'])}<small>依据：{words(one['clause'] or '')}</small>"
        f"<strong>理由：{words(one['reason'])}</strong></li>"
        for one in reasons
    )
    return f"<h2>三、需要说明理由的情况</h2>\n<ol>{listed}</ol>\n"


def _earlier(earlier: Sequence[Mapping[str, Any]]) -> str:
    if not earlier:
        return ""
    listed = "".join(
        f"<li>{words(_minute(one['at']))} 由 {words(one['actor'])} 销号，{words(_minute(one['reopened'] or ''))} "
        f"重新打开：{words(clipped(str(one['reason']), 200))}</li>"
        for one in earlier
    )
    return f"<h2>以前的决定</h2>\n<ul>{listed}</ul>\n"


def _minute(at: str) -> str:
    """An ISO time as people write it."""
    return f"{at[:4]}年{at[5:7]}月{at[8:10]}日 {at[11:16]}" if len(at) >= 16 else at
