"""The one table of settings (设置): each field gives a key of ``archivist.toml``, its default, limits and Chinese meaning.

`config` reads them; they drive parsing, the error messages and the text that ``init`` writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Limit:
    """What a setting may be: ``low``/``high`` inclusive; ``form`` is text, name (of a folder) or path."""

    meaning: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    form: str = "text"


def _setting(default: Any, meaning: str, **limit: Any) -> Any:
    """Return a dataclass field that carries its own limit and explanation."""
    return field(default=default, metadata={"limit": Limit(meaning, **limit)})


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """[store]: where the archive stands and what its folders are called."""

    root: str = _setting(
        "archive_store",
        "档案库所在文件夹。相对路径从本文件所在文件夹算起，也可写共享盘的完整路径。",
        form="path",
    )
    inbox: str = _setting("收件箱", "收件文件夹的名称：待归档的文件放进这里。", form="name")
    review: str = _setting("待确认", "拿不准的文件放在这个文件夹，等人确认。", form="name")
    projects: str = _setting("项目档案", "归好的档案放在这个文件夹，一个项目一个文件夹。", form="name")
    papers: str = _setting(
        "公文", "生成的公文放在这个文件夹，一个项目一个文件夹；里面的“填好的表”也可以放填写表。", form="name"
    )
    rejected: str = _setting("退回", "不能用的文件（损坏、加密等）退到这个文件夹，旁边附说明。", form="name")
    copies: str = _setting(
        "可检索副本", "扫描件的可检索副本放在这个文件夹，由软件自动维护，原件不在这里。", form="name"
    )


@dataclass(frozen=True, slots=True)
class AboutSettings:
    """[workspace]: what people at the folders are told of whoever looks after it."""

    contact: str = _setting(
        "",
        "文件夹里的网页和说明让人有事联系谁，例如“专班办公室 023-00000000”。不写就是“管理本软件的人”。",
    )
    unit: str = _setting("", "报表上写的单位名称，例如“某某区帮扶产业项目工作专班”。不写就不印单位。")


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """[intake]: when a file counts as completely copied, and how large it may be."""

    settle_seconds: float = _setting(
        2.0, "文件大小和时间多少秒不再变化，才算复制完成。网络慢时可调大。", low=0.1, high=600
    )
    unfinished_seconds: float = _setting(
        240.0,
        "值守时，末尾明显不完整的文件（扫描仪分几次写、复制中断）再等多少秒不变，才按现在的样子处理。",
        low=0,
        high=86_400,
    )
    max_file_mb: int = _setting(200, "单个文件的上限（兆字节）。更大的文件退回，请先拆分。", low=1, high=4096)
    max_pages: int = _setting(500, "单个文件的页数上限。", low=1, high=10_000)
    max_members: int = _setting(1000, "压缩包内文件个数的上限。", low=1, high=100_000)
    max_unpacked_mb: int = _setting(500, "压缩包解开后总大小的上限（兆字节）。", low=1, high=16_384)
    max_ratio: int = _setting(100, "压缩包的压缩比上限，超过的按恶意文件退回。", low=2, high=10_000)
    max_depth: int = _setting(3, "压缩包套压缩包的层数上限。", low=1, high=10)


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """[extraction]: the worker processes that read files, and their limits."""

    workers: int = _setting(0, "同时识别的进程数。0 表示与处理器核数相同。", low=0, high=64)
    wall_seconds: int = _setting(
        120, "读取一个文件的一步停住不动多少秒即停止；电脑忙而走得慢的不算停住。", low=5, high=3600
    )
    cpu_seconds: int = _setting(90, "读取一个文件的一步最多用多少秒处理器时间。", low=5, high=3600)
    memory_mb: int = _setting(1500, "每个进程最多用多少内存（兆字节）。", low=512, high=65_536)
    ocr_engine: str = _setting(
        "auto",
        "文字识别的运行方式。auto 表示在这台电脑上各试一次，用较快的那个。",
        choices=("auto", "onnxruntime", "openvino"),
    )
    ocr_page_seconds: int = _setting(120, "识别一页扫描件最多用多少秒处理器时间。", low=5, high=3600)
    searchable: str = _setting(
        "yes",
        "是否为归档的扫描件另做一份可检索副本（PDF/A，能选字、能查找）。原件始终不变。",
        choices=("yes", "no"),
    )


@dataclass(frozen=True, slots=True)
class IdentificationSettings:
    """[identification]: how sure the software must be to file a document by itself."""

    file_threshold: float = _setting(
        0.80,
        "把握不低于这个数（0.5 到 1）才自动归档，否则放进“待确认”。调高更稳妥，要人确认的更多。",
        low=0.5,
        high=1,
    )
    margin: float = _setting(
        0.15, "第一候选至少要比第二候选高出多少才自动归档（0 到 0.5）。", low=0, high=0.5
    )
    guess_threshold: float = _setting(
        0.5,
        "待确认的材料，猜测的把握不低于这个数（0 到 1），才在缺件清单和归档状态里算作那个项目的“待确认”；"
        "更弱的猜测只在 archivist review 里列出。改后对新收的材料起作用。",
        low=0,
        high=1,
    )


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """[watch]: how ``watch`` notices new files."""

    rescan_seconds: float = _setting(
        5.0,
        "每隔多少秒把收件箱整个查看一遍，以免漏件。系统通知可用而又没有动静时，逐步放宽到它的 12 倍。",
        low=0.5,
        high=3600,
    )
    polling: str = _setting(
        "auto",
        "是否只靠定时查看、不用系统通知。auto 表示自动判断：档案库在网络盘或共享文件夹上时只靠定时查看。",
        choices=("auto", "yes", "no"),
    )


@dataclass(frozen=True, slots=True)
class GenerationSettings:
    """[generation]: what generated documents say about who issues them."""

    issuer: str = _setting("", "发文机关全称或规范化简称，生成的纪要、方案都用它。留空则按项目和文种填写。")
    sign: str = _setting(
        "", "机关代字，用在会议纪要的编号里：机关代字〔年份〕【待填】号。留空则整个编号标为【待填】。"
    )


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """[archive]: whose archive it is (全宗) and how papers are numbered and listed in it (档号)."""

    fonds: str = _setting(
        "", "全宗号，由档案馆编给本单位，数字和大写字母，例如 Z109。没有设置就不能编档号，软件不代编。"
    )
    fonds_name: str = _setting("", "全宗名称，即立档单位的全称，印在案卷封面上。")
    category: str = _setting("WS", "档案门类代码，大写字母；WS 是文书档案。")
    organ: str = _setting(
        "", "机构（问题）代码，数字和大写字母，例如 NYW。不分机构的留空，档号里就没有这一节。"
    )
    by: str = _setting(
        "案卷",
        "项目材料怎样整理：案卷，一个项目一卷，有卷内目录和页号；件，每件材料单独编号，有归档文件目录。",
        choices=("案卷", "件"),
    )
    secrecy: str = _setting(
        "",
        "目录里密级一栏的默认值。没有密级的留空。",
        choices=("", "公开", "内部", "秘密", "机密", "绝密"),
    )


@dataclass(frozen=True, slots=True)
class StatusSettings:
    """[status]: from when on ``status`` calls something a problem."""

    min_free_mb: int = _setting(
        2000, "档案库所在磁盘的剩余空间少于多少兆字节就提醒。", low=0, high=10_000_000
    )
    waiting_minutes: int = _setting(30, "文件在收件箱里等了多少分钟还没有处理就提醒。", low=1, high=100_000)
    silent_minutes: int = _setting(
        15, "值守程序多少分钟没有动静就提醒（处理很大的文件时也会有动静）。", low=2, high=100_000
    )


@dataclass(frozen=True, slots=True)
class LogSettings:
    """[log]: the log file in the store's private folder."""

    level: str = _setting(
        "info",
        "日志记到多细：debug 全部，info 一般情况，warning 只记问题，off 不记。",
        choices=("debug", "info", "warning", "off"),
    )
    max_mb: int = _setting(5, "日志文件写到多少兆字节就换一个新的。", low=1, high=1000)
    keep: int = _setting(5, "旧的日志文件保留几个。", low=1, high=100)


@dataclass(frozen=True, slots=True)
class FixitySettings:
    """[fixity]: how often originals are checked against what they were when they came."""

    interval_days: int = _setting(
        30, "值守时每隔多少天把全部原件和归档文件核验一遍。0 表示不定期核验。", low=0, high=3650
    )
    mb_per_second: float = _setting(
        20.0, "定期核验每秒最多读多少兆字节，以免影响别的工作。", low=0.1, high=10_000
    )
    sm3: str = _setting(
        "yes", "除 SHA-256 外，是否再用国密 SM3 记一个校验值（系统支持时）。", choices=("yes", "no")
    )
    timestamp_url: str = _setting(
        "", "可信时间戳服务（RFC 3161）的网址，archivist anchor 用。留空则不用；软件的其他部分都不联网。"
    )
    timestamp_ca: str = _setting(
        "", "时间戳服务的根证书文件（PEM）。相对路径从本文件所在文件夹算起。留空则不核对时间戳的签名。"
    )
