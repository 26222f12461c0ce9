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
UNREADABLE = "文件读不出来，可能已损坏，也可能用了少见的格式；请用原软件另存为 PDF 再放入，打不开就重新扫描。"
PICTURE_UNDECODED = (
    "图片的内容解不开，可能没有存好，也可能用了少见的压缩方式；"
    "请用看图软件另存为 JPEG 或 PNG 再放入，打不开就重新扫描。"
)
PICTURE_UNREADABLE = (
    "图片读不出来，可能已损坏，也可能是少见的格式；请另存为 JPEG 或 PNG 再放入，打不开就重新扫描。"
)
PAGE_UNDECODED = "这一页的图片解不开，没有读出来；请打开核对，看不到内容就重新扫描"
TABLE_UNREADABLE = "表格读不出来，可能已损坏，也可能用了少见的格式；请用原软件另存为 .xlsx 或 PDF 再放入。"
MENDED = "PDF 文件有损坏，修补后才读出来，可能缺页，请打开核对是否完整"
TRUNCATED = "文件不完整或已损坏（可能是复制或下载中断），请重新复制后再放入。"
PDF_LOCKED = "PDF 经过加密（用证书或少见的方式），无法读取，请用能打开它的软件打印成 PDF 再放入。"
PDF_PASSWORD = "PDF 设有打开密码，无法读取，请取消密码后另存一份再放入。"  # noqa: S105
OFFICE_PASSWORD = "Office 文件设有密码或经过加密，无法读取，请用原软件打开、取消密码后另存一份再放入。"  # noqa: S105
ZIP_PASSWORD = "压缩包设有密码，无法解压，请取消密码或解压后再放入。"  # noqa: S105
NO_PAGES = "文件里没有任何页面，请检查原件后重新导出或扫描。"
NOTHING_WRITTEN = "这是空白文档，里面没有文字，也没有图片，请检查是不是存错了文件。"
NO_WORDS = "文件里没有读出文字，只有图形、图片、嵌入的对象或隐藏的内容，请打开查看"
LINKED_PICTURES = (
    "文件里没有文字，图片是从别处引用来的，不在文件里，没有去取；请把图片存进文件，或打印成 PDF 再放入"
)
TOO_SLOW = "处理超过时间上限，文件过大或结构异常，无法处理，请重新扫描，或拆分后再放入。"
ENTITIES = (
    "文件结构异常：里面夹带了正常文件不会有的内容（XML 实体定义），可能有害，没有读取；"
    "请用原软件打开检查，另存为 PDF 再放入。"
)
NESTED = "文件结构异常：里面层层嵌套，没有尽头，没有读取；请用原软件打开检查，另存为 PDF 再放入。"
TOO_LARGE = (
    "文件过大，或者解开以后大得不正常、结构异常（可能有害），没有读取；"
    "请用原软件打开检查，拆分、另存为 PDF 或重新扫描后再放入。"
)
CRASHED = "文件结构异常，读取程序中途退出，请用其他软件打开后另存或打印成 PDF 再放入。"
SCRATCH_FULL = "磁盘空间不足或暂存文件夹无法写入，请清理磁盘后重试；原文件没有改动。"
WORKERS_DOWN = (
    "这台电脑现在起不了读取文件的程序（进程太多、内存不足，或者软件没有装好），"
    "请关掉一些程序或重新启动电脑后再试；原文件没有改动。"
)
BUSY = "电脑太忙，还没有读完，稍后自动再读"
"""Of the machine, not of the file: it is tried again."""
OCR_DOWN = "文字识别组件无法启动，请重新安装本软件后再试；原文件没有改动。"
NOT_CONVERTED = "LibreOffice 打不开这个文件，可能已损坏，也可能用了少见的格式，请用原软件打开后另存为 .docx 或 PDF 再放入。"
OFD_TEXT = "这一页的文字无法读出，请用 OFD 阅读器打印成 PDF 再放入"
OFD_PICTURE = "页面图片的格式无法读取，请用 OFD 阅读器打印成 PDF 再放入"
OFD_PASSWORD = "OFD 文件经过加密，无法读取，请另存一份不加密的再放入。"  # noqa: S105
OCR_SLOW = "识别超时，这一页没有识别出文字"
OCR_FAILED = "识别中断，这一页没有识别出文字"
NOTHING_DRAWN = "这一页画出来是空白的，没有页面图像"
OFD_NOT_DRAWN = "没有页面图像：OFD 文件的文字页只读文字，不画页面，请用 OFD 阅读器打开原件对照"
NO_PAGE_PICTURE = (
    "没有页面图像：这是 Word、WPS 或表格等文件，打开来才排出页面，这台电脑没有装排版用的 LibreOffice"
)
NOT_PAGED = "没有页面图像：这样的文件打开来才排出页面"
RED_UNREAD = "这一页有红色的字没有读出来，请对照原件"

_AS_PDF = "请用原软件打开后另存为 PDF 或 .docx，再放入。"
_AS_PICTURE = "请转换为 JPEG、PNG 或 PDF 后再放入。"
_PRINTED = "请打印成 PDF 再放入。"
_NO_DOCUMENT = "不能作为归档材料；请放入 PDF、图片或 Word 文件。"
UNSUPPORTED: Mapping[str, str] = MappingProxyType(
    {
        "ole": "这个文件里没有找到文档或表格的正文，" + _AS_PDF,
        "ppt": "这是演示文稿，" + _AS_PDF,
        "pptx": "这是演示文稿，" + _AS_PDF,
        "odf": "这是 OpenDocument 文件，" + _AS_PDF,
        "publisher": "这是 Publisher 排版文件，" + _AS_PDF,
        "visio": "这是 Visio 绘图，" + _PRINTED,
        "iwork": "这是苹果电脑的 Pages、Numbers 或 Keynote 文件，请用原软件导出为 PDF 或 .docx，再放入。",
        "oldword": "这是很早以前的文字处理文件，" + _AS_PDF,
        "oldtable": "这是很早以前的电子表格，请用原软件打开后另存为 .xlsx 或 PDF，再放入。",
        "wordxml": "这是 XML 格式的 Word 文件，" + _AS_PDF,
        "tablexml": "这是 XML 格式的 Excel 表格，请用原软件打开后另存为 .xlsx 或 PDF，再放入。",
        "flatodf": "这是 XML 格式的 OpenDocument 文件，" + _AS_PDF,
        "avif": "这是 AVIF 图片，" + _AS_PICTURE,
        "gif": "这是 GIF 图片，" + _AS_PICTURE,
        "psd": "这是 Photoshop 图片，" + _AS_PICTURE,
        "jp2": "这是 JPEG 2000 图片，" + _AS_PICTURE,
        "picture": "这是不常用格式的图片，" + _AS_PICTURE,
        "icon": "这是图标文件，不是扫描件或照片，请不要放入。",
        "raw": "这是相机原始格式（RAW）的照片，" + _AS_PICTURE,
        "metafile": "这是图元文件（WMF 或 EMF），" + _AS_PICTURE,
        "svg": "这是 SVG 图形，" + _AS_PICTURE,
        "dicom": "这是医学影像（DICOM），" + _AS_PICTURE,
        "djvu": "这是 DjVu 文件，请转换为 PDF 后再放入。",
        "postscript": "这是打印机文件（PostScript），请转换为 PDF 后再放入。",
        "xps": "这是 XPS 文件，" + _PRINTED,
        "ebook": "这是电子书，" + _PRINTED,
        "rar": "暂不支持 RAR 压缩包，请解压后把文件直接放入，或改用 ZIP。",
        "7z": "暂不支持 7z 压缩包，请解压后把文件直接放入，或改用 ZIP。",
        "gz": "暂不支持这种压缩包，请解压后把文件直接放入，或改用 ZIP。",
        "html": "这是网页文件，" + _PRINTED,
        "mht": "这是保存下来的网页（.mht），" + _PRINTED,
        "text": "这是纯文本文件，没有签字和印章，不能作为归档材料；请放入 PDF、图片或 Word 文件。",
        "xml": "这是 XML 数据文件，" + _NO_DOCUMENT,
        "mail": "这是电子邮件文件，请把邮件的附件另存出来放入，或把邮件打印成 PDF 再放入。",
        "winmail": "这是邮件程序的附件包（winmail.dat），请在邮件里把附件另存出来放入。",
        "mailbox": "这是 Outlook 的邮箱文件，请把需要的附件另存出来放入。",
        "video": "这是视频或动画文件，" + _NO_DOCUMENT,
        "audio": "这是录音或音乐文件，" + _NO_DOCUMENT,
        "database": "这是数据库文件，" + _NO_DOCUMENT,
        "font": "这是字体文件，" + _NO_DOCUMENT,
        "profile": "这是颜色配置文件，" + _NO_DOCUMENT,
        "help": "这是帮助文件，" + _NO_DOCUMENT,
        "key": "这是密钥或证书文件，不能作为归档材料，请不要放入。",
        "drawing": "这是 CAD 图纸，" + _PRINTED,
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
