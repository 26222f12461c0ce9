"""What an archives office reads of a package: 文件目录.XML, 归档文件目录, 元数据.xml, 说明文件.TXT. Texts, no files.

The columns of 文件目录.XML are those of 国家档案局《电子档案移交与接收办法》(2012) 附件2; the metadata's names are those of
DA/T 46-2009. What nobody knows stays empty: a guess would be read as a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archivist.core.package.bag import NO_PAPERS, NOT_WOUND_UP, root_told
from archivist.core.package.contents import COPIES, PROOF, Contents, Paper
from archivist.core.package.xml import HEADER, element, group

FILE_LIST, METADATA, README = "文件目录.XML", "元数据.xml", "说明文件.TXT"
LIST_XML, LIST_CSV = "归档文件目录.xml", "归档文件目录.csv"

LIST_COLUMNS = ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
"""归档文件目录 by DA/T 22-2015."""


def digits(date: str) -> str:
    """A date as catalogues write it: eight digits; what is no whole date as it stands."""
    return date.replace("-", "") if len(date) == 10 else date


def title(one: Paper) -> str:
    """题名: the paper's own; one given by us stands in brackets."""
    return one.title or f"[{one.item_name}]"


def file_list(contents: Contents) -> str:
    """文件目录.XML: 顺序号 档号 责任者 题名 日期 密级 电子档案名称 备注."""
    return HEADER + group(
        "文件目录",
        (group("文件", _file(at, one), 1) for at, one in enumerate(contents.papers, 1)),
    )


def _file(at: int, one: Paper) -> list[str]:
    return [
        element("顺序号", str(at), 2),
        element("档号", one.number, 2),
        element("责任者", one.responsible, 2),
        element("题名", title(one), 2),
        element("日期", digits(one.date), 2),
        element("密级", one.secrecy, 2),
        element("电子档案名称", one.path, 2),
        element("备注", remark(one), 2),
    ]


def remark(one: Paper) -> str:
    """备注: that it is a copy (that it is an original is not noted), that another version counts."""
    copy = one.original if one.original == "复印件" else ""
    return "；".join(filter(None, (copy, one.remark)))


def list_rows(papers: Sequence[Paper]) -> list[tuple[str, ...]]:
    """归档文件目录: a row a paper (件), under `LIST_COLUMNS`."""
    return [
        (
            str(at),
            one.number,
            one.reference,
            one.responsible,
            title(one),
            digits(one.date),
            one.secrecy,
            "" if one.pages is None else str(one.pages),
            remark(one),
        )
        for at, one in enumerate(papers, 1)
    ]


def list_xml(papers: Sequence[Paper]) -> str:
    """归档文件目录 as XML."""
    rows = list_rows(papers)
    lines = (
        group("件", (element(name, value, 2) for name, value in zip(LIST_COLUMNS, row, strict=True)), 1)
        for row in rows
    )
    return HEADER + group("归档文件目录", lines)


def list_csv(papers: Sequence[Paper]) -> str:
    """归档文件目录 as CSV that a spreadsheet opens without taking a cell for a formula."""
    return "".join(_csv_line(row) for row in (LIST_COLUMNS, *list_rows(papers)))


def _csv_line(row: Iterable[str]) -> str:
    return ",".join(_csv_cell(value) for value in row) + "\r\n"


def _csv_cell(value: str) -> str:
    value = " ".join(value.split())
    safe = f"'{value}" if value[:1] in {"=", "+", "-", "@"} else value
    return '"' + safe.replace('"', '""') + '"' if any(sign in safe for sign in ',"') else safe


def metadata(contents: Contents) -> str:
    """元数据.xml: the project and each paper, with the names of DA/T 46-2009."""
    root = root_told(contents.root)
    project = [
        element("聚合层次", "案卷", 2),
        element("立档单位名称", contents.agency, 2),
        element("题名", f"{contents.name}档案", 2),
        element("项目编号", contents.code, 2),
        element("镇街", contents.township, 2),
        element("村社区", contents.village, 2),
        element("主管部门", contents.department, 2),
        element("项目类别", contents.category, 2),
        element("销号状态", "已销号" if contents.wound_up else NOT_WOUND_UP, 2),
        element("销号说明", contents.decided or contents.reopened, 2),
        element("归档根码", root, 2),
        element("归档根码校验值", "" if root == NO_PAPERS else contents.root, 2),
        element("移交日期", digits(contents.day), 2),
        element("移交人", contents.by, 2),
        element("形成软件", contents.software, 2),
    ]
    papers = (group("电子文件", _described(one), 1) for one in contents.papers)
    return HEADER + group("元数据", [group("项目", project, 1), *papers])


def _described(one: Paper) -> list[str]:
    pairs = (
        ("聚合层次", "件"),
        ("电子文件号", one.id),
        ("档号", one.number),
        ("题名", title(one)),
        ("文件编号", one.reference),
        ("责任者", one.responsible),
        ("日期", digits(one.date)),
        ("保管期限", one.retention),
        ("密级", one.secrecy),
        ("页数", "" if one.pages is None else str(one.pages)),
        ("格式信息", one.format),
        ("计算机文件名", one.path),
        ("计算机文件大小", str(one.size)),
        ("数字摘要算法", "SHA-256"),
        ("数字摘要", one.sha256),
        ("稿本", "" if one.counts else "被替换的版本"),
        ("原件或复印件", one.original),
        ("归档内容序号", str(one.item)),
        ("归档内容", one.item_name),
        ("登记时间", one.registered),
        ("登记人", one.registrar),
        ("来源文件名", one.source),
        ("来源文件数字摘要", one.source_sha256),
        ("可检索副本", f"{COPIES}/{one.searchable}" if one.searchable else ""),
        ("附注", one.remark),
    )
    return [element(name, value, 2) for name, value in pairs]


def readme(contents: Contents) -> str:
    """说明文件.TXT, for somebody who has only this folder; Windows line ends."""
    state = (
        f"已销号。{contents.decided}"
        if contents.wound_up
        else f"{NOT_WOUND_UP}。导出时项目没有销号，不能作为销号的依据。"
    )
    lines = [
        f"{contents.code} {contents.name} 电子档案移交说明",
        "",
        f"一、状态：{state}",
        f"二、移交单位：{contents.agency or '（未填写）'}；导出人：{contents.by}；导出日期：{contents.day}。",
        f"三、内容：{len(contents.papers)} 件，按归档目录（附件4）的序号分文件夹，"
        f"目录见“{FILE_LIST}”、“{LIST_CSV}”，著录见“{METADATA}”。",
        f"四、格式：收到时是什么格式就是什么格式，没有改动；“{COPIES}”里是可以查找文字的副本（PDF/A），不是原件。",
        f"五、归档根码：{root_told(contents.root, f'（算法见“{PROOF}/说明.txt”），与签字盖章的销号审批表上的对照')}。",
        "六、完整性：按 BagIt 1.0（RFC 8493）打包，校验值是 SHA-256。核验：用 Edge 或 Chrome 打开上一级文件夹的“核验.html”，"
        "或运行“核验.py”（Python 3.8 以上），不用安装软件，不联网。",
        f"七、软硬件环境：{contents.software}；文件名和文本是 UTF-8。本包不是 DA/T 48 的封装包。",
        *([f"八、没有附上的：{'；'.join(contents.left)}。"] if contents.left else []),
    ]
    return "".join(f"{line}\r\n" for line in lines)
