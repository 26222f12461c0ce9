"""What is no evidence yet (草稿): papers with places left open (【待填】), and drafts of this software that nobody signed.

附件4 asks for what was decided, signed and sealed; a form that prints 【待填】 proves nothing, whoever printed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archivist.core.drafts.mark import made_here
from archivist.core.model import TextSource
from archivist.core.page import Extract, Page

_OPEN = re.compile(r"[【\[［（(〔]\s*待填[^】\]］）)〕\n]{0,12}[】\]］）)〕]")
_DO = "补齐后打印、签字、盖章，再把扫描件放进来"


def draft_doubt(extract: Extract, pages: Iterable[Page]) -> str:
    """Why the document on ``pages`` of a file is a draft, in Chinese; "" when nothing says so.

    A draft of this software stays one until it was printed: a page that is a picture, or on which a seal was seen, was.
    """
    own = list(pages)
    open_places = sum(len(_OPEN.findall(page.text)) for page in own)
    if open_places:
        return f"是草稿：还有 {open_places} 处【待填】没有填写，不能作为归档材料；请{_DO}"
    typed = all(page.text_source is not TextSource.OCR and not page.seals for page in own)
    if typed and made_here(extract.properties):
        return "是软件生成的公文草稿，还没有打印、签字、盖章，不能作为归档材料；请打印办理，再把扫描件放进来"
    return ""
