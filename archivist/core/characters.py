"""Characters that are another character in all but number: radicals, printing variants, what nobody sees. Data.

PDFs made by some printers say ⼤⾜区 (radicals 部首) for 大足区: the page looks right and the text is found by nobody.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

# Unicode's Equivalent_Unified_Ideograph for the block CJK Radicals Supplement (U+2E80-2EF3), radical and ideograph in
# turn; U+2E80, 2E83, 2E85 … without one are no writing. The Kangxi radicals (U+2F00-2FD5) fold by NFKC.
_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母"
    "⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑"
    "⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风"
    "⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_KANGXI = range(0x2F00, 0x2FD6)

# The same character in the shape of another print (旧字形、日本字形), and its shape in the norm (通用规范汉字表). Only
# pairs of which neither is ever another word; traditional characters (繁体) are not here: they are what a page says.
_PRINTED = (
    "囯国髙高戸户戶户內内靑青淸清卽即旣既眞真硏研黃黄橫横査查冊册刪删呂吕宮宫姫姬悅悦稅税脫脱兌兑吿告郞郎値值晩晚"
    "毎每溫温靜静爭争祿禄虛虚歩步渉涉徳德敎教彥彦産产収收毀毁換换綠绿錄录鄕乡鎭镇"
)

UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""What is not seen, as the inside of a character class: soft hyphen, zero widths, directions, variation selectors."""


def _pairs(written: str) -> dict[int, str]:
    return {ord(one): other for one, other in zip(written[::2], written[1::2], strict=True)}


def _kangxi() -> dict[int, str]:
    return {code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}


RADICALS: Mapping[int, str] = _pairs(_SUPPLEMENT) | _kangxi()
"""Radicals (U+2E80-2FD5) and the ideographs that look the same: on paper nobody can tell them apart."""

VARIANTS: Mapping[int, str] = _pairs(_PRINTED)
"""Printing variants and the character of the norm: on paper they differ, in meaning they do not."""
