"""The sentences a person reads when a file cannot be used: what is wrong, then what to do. Nothing else words
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Refused(Exception):
    """A step will not read this file; the message is the Chinese sentence. Crosses process borders."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


EMPTY = "文件是空的（0 字节），可能没有复制完整，请重新复制或重新扫描后再放入。"
DAMAGED = "文件已损坏或不完整，无法打开，请重新导出、重新复制或重新扫描后再放入。"
TRUNCATED = "文件不完整（像是复制或下载中断），请重新复制后再放入。"
PDF_PASSWORD = "PDF 设有打开密码，无法读取，请取消密码后另存一份再放入。"  # noqa: S105
OFFICE_PASSWORD = "Office 文件设有打开密码，无法读取，请取消密码后另存一份再放入。"  # noqa: S105
ZIP_PASSWORD = "压缩包设有密码，无法解压，请取消密码或解压后再放入。"  # noqa: S105
NO_PAGES = "文件里没有任何页面，请检查原件后重新导出或扫描。"
TOO_SLOW = "处理超过时间上限，文件过大或结构异常，无法处理，请重新扫描，或拆分后再放入。"
TOO_LARGE = "文件过大或结构异常，无法处理，请重新扫描，或拆分后再放入。"
CRASHED = "文件结构异常，读取程序中途退出，请用其他软件打开后另存或打印成 PDF 再放入。"
SCRATCH_FULL = "磁盘空间不足或暂存文件夹无法写入，请清理磁盘后重试；原文件没有改动。"
OCR_DOWN = "文字识别组件无法启动，请重新安装本软件后再试；原文件没有改动。"
NOT_CONVERTED = "LibreOffice 打不开这个文件，可能已损坏，请用原软件打开后另存为 .docx 或 PDF 再放入。"
OFD_TEXT = "这一页的文字无法读出，请用 OFD 阅读器打印成 PDF 再放入"
OFD_PICTURE = "页面图片的格式无法读取，请用 OFD 阅读器打印成 PDF 再放入"
OFD_PASSWORD = "OFD 文件经过加密，无法读取，请另存一份不加密的再放入。"  # noqa: S105
OCR_SLOW = "识别超时，这一页没有识别出文字"
OCR_FAILED = "识别中断，这一页没有识别出文字"

_AS_PDF = "请用原软件打开后另存为 PDF 或 .docx，再放入。"
UNSUPPORTED: Mapping[str, str] = MappingProxyType(
    {
        "ole": "这个 Office 或 WPS 文件里没有找到文档正文，" + _AS_PDF,
        "ppt": "这是演示文稿，" + _AS_PDF,
        "pptx": "这是演示文稿，" + _AS_PDF,
        "odf": "这是 OpenDocument 文件，" + _AS_PDF,
        "avif": "这是 AVIF 图片，请转换为 JPEG 或 PNG 后再放入。",
        "gif": "这是 GIF 图片，请转换为 JPEG 或 PNG 后再放入。",
        "rar": "暂不支持 RAR 压缩包，请解压后把文件直接放入，或改用 ZIP。",
        "7z": "暂不支持 7z 压缩包，请解压后把文件直接放入，或改用 ZIP。",
        "gz": "暂不支持这种压缩包，请解压后把文件直接放入，或改用 ZIP。",
        "html": "这是网页文件，请打印成 PDF 再放入。",
        "text": "这是纯文本文件，没有签字和印章，不能作为归档材料；请放入 PDF、图片或 Word 文件。",
        "mail": "这是电子邮件文件，请把邮件的附件另存出来放入，或把邮件打印成 PDF 再放入。",
        "video": "这是视频文件，不能作为归档材料；请放入 PDF、图片或 Word 文件。",
        "audio": "这是录音或音乐文件，不能作为归档材料；请放入 PDF、图片或 Word 文件。",
        "drawing": "这是 CAD 图纸，请打印成 PDF 再放入。",
        "executable": "这是程序文件，不是文档，请不要放入。",
        "zip": "这是压缩包，应先解压再逐个处理。",
    }
)
UNKNOWN = (
    "认不出这是什么文件，请放入 PDF、OFD、图片（JPEG、PNG、TIFF、HEIC）、Word（.docx）、表格（.xlsx）或 ZIP。"
)
_LEGACY_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "doc": "旧版 Word 或 WPS 文件（.doc/.wps）",
        "works": "旧版 Works 文件（.wps）",
        "rtf": " RTF 文件",
        "odt": " OpenDocument 文件（.odt）",
    }
)


def too_many_pages(pages: int, limit: int) -> str:
    """Tell that a document is over the page limit (页数过多)."""
    return f"文件共 {pages} 页，超过一份文件 {limit} 页的上限，请拆分后再放入。"


def too_many_pixels(width: int, height: int) -> str:
    """Tell that an image is too big to decode (像素过多)."""
    return f"图片过大（{width}×{height} 像素），请降低分辨率（300 dpi 即可）重新扫描后再放入。"


def unsupported(kind: str) -> str:
    """Return the sentence for a sniffed kind that is not read."""
    return UNSUPPORTED.get(kind, UNKNOWN)


def needs_office(kind: str) -> str:
    """Tell that a legacy file waits because LibreOffice is not installed (需要转换)."""
    return (
        f"这是{_LEGACY_NAMES[kind]}，这台电脑没有安装 LibreOffice，软件读不出内容；"
        "请另存为 .docx 或 PDF 再放入，或直接拖入项目的对应文件夹"
    )
