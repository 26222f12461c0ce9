"""PDFs whose text is made of radicals (部首 ⼤⾜) look right on paper; their text is the ideographs that one sees."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from archivist.core.model import TextSource
from archivist.core.text import fold
from archivist.extract import Extractor
from support.makers import LONG, text_pdf

AS_RADICALS = str.maketrans("大足区一二十月日人民长会青行见", "⼤⾜区⼀⼆⼗⽉⽇⼈⺠⻓会⻘⾏⻅")
CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Radicals def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
{count} beginbfchar
{codes}
endbfchar endcmap end end"""


def radical_pdf(path: Path, lines: list[str]) -> Path:
    """A page of native text that its font says is made of radicals, as some printers write it."""
    made = [line.translate(AS_RADICALS) for line in lines]
    text_pdf(path, made)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.pages[0].obj.Resources.Font.F
        font.Encoding = pikepdf.Name("/Identity-H")
        font.DescendantFonts[0].CIDSystemInfo.Ordering = pikepdf.String("Identity")
        codes = [f"<{ord(char):04X}> <{ord(char):04X}>" for char in sorted(set("".join(made)))]
        font.ToUnicode = pdf.make_stream(CMAP.format(count=len(codes), codes="\n".join(codes)).encode())
        pdf.save(path)
    return path


def test_a_pdf_of_radicals_loses_nothing(plain: Extractor, tmp_path: Path) -> None:
    words = [*LONG, "二〇二四年十一月十九日", "大足区人民政府"]

    (page,) = plain.extract(radical_pdf(tmp_path / "r.pdf", words), "r.pdf").pages

    assert page.text_source is TextSource.NATIVE
    assert [fold(line.text) for line in page.lines] == [fold(word) for word in words]
    assert not any("\u2e80" <= char <= "\u2fd5" for line in page.lines for char in line.text)
    assert "二〇二四年十一月十九日" in [line.text for line in page.lines]
