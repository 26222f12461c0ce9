"""The papers that close a project as printed (销号审批表, 销号决定): room for seals, lines to sign, every name as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archivist.core.drafts.context import build_context
from archivist.core.identify.unfinished import left_open
from archivist.core.page import Line, Page
from archivist.core.project import Project
from archivist.drafts import find_kind, render
from archivist.errors import BadInputError
from support.checking import IN_ORDER, held, whole
from support.drafting import KINDS, PROJECT, TODAY, closed
from support.office import converted
from support.programs import needs_office
from support.signing import places

pytestmark = [pytest.mark.libreoffice, needs_office]

FORM, DECISION = "approval-form", "decision"
MM = 72 / 25.4
ROOM = 45
"""The largest seal, in mm (国发〔1999〕25号)."""
HOSTILE = "<甲&{{乙}}{%丙%}\"'>&amp;𠮷㛃"
LONG = replace(
    PROJECT,
    name=f"{HOSTILE}珠溪镇青杠岭村黑山羊标准化养殖与饲草种植加工一体化示范项目二期工程续建项目配套圈舍"[:60],
    department="重庆市大足区农业农村委员会",
    operator="重庆市大足区岭上牧业专业合作社联合社（普通合伙）",
)
PLAIN: Mapping[str, Any] = {"title": f"{HOSTILE}会议纪要补充材料" + "长" * 40}


def crowded() -> Any:
    """A project with twelve papers, all their names hostile, and warnings passed with reasons."""
    plain = whole({**IN_ORDER, 5: "2024-12-01"})
    more = [
        replace(held(8, "2024-12-05", number, **PLAIN), path=f"8/{HOSTILE}{number}.pdf")
        for number in range(20, 25)
    ]
    papers = tuple(replace(one, title=PLAIN["title"]) for one in plain.documents)
    return replace(plain, documents=(*papers, *more))


def paper(slug: str, project: Project = PROJECT, **more: Any) -> bytes:
    kind = find_kind(KINDS, slug)
    return render(kind, build_context(kind, project, None, {}, TODAY, closing=closed(project, **more)))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Both papers, of a plain project and of a crowded one, as opened PDF files."""
    import pypdfium2

    folder: Path = tmp_path_factory.mktemp("closing")
    for slug in (FORM, DECISION):
        (folder / f"{slug}.docx").write_bytes(paper(slug))
        (folder / f"{slug}-crowded.docx").write_bytes(paper(slug, LONG, file=crowded()))
    documents = sorted(folder.glob("*.docx"))
    files = converted(folder, documents)
    return {path.stem: pypdfium2.PdfDocument(path) for path in files}


def text(pdf: Any) -> str:
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)


@pytest.mark.parametrize("name", [FORM, f"{FORM}-crowded"])
def test_all_four_steps_stand_on_one_page_each_with_room_for_the_largest_seal_beside_its_own_lines(
    printed: dict[str, Any], name: str
) -> None:
    (page,) = [page for page in printed[name] if places(page, "负责人（签字）")]
    signed, dated = places(page, "负责人（签字）"), places(page, "日")
    ((left, _, right, _),) = places(page, "盖章")
    middle, scale = (left + right) / 2, 4.0
    picture = page.render(scale=scale).to_pil().convert("L")

    assert len(signed) == 4
    for _, bottom, _, top in signed:
        assert any(0 < bottom - day[3] < 12 * MM for day in dated)
        centre = (
            picture.height / scale - (bottom + top) / 2 - 6.5 * MM
        )  # the line to sign is below the middle
        best = max(_free(picture, middle, centre + shift * MM, scale) for shift in range(-6, 7))
        assert best >= ROOM


def _free(picture: Any, x: float, y: float, scale: float) -> float:
    """The side in mm of the largest empty square around a place, up to a little more than a seal."""
    for side in range(ROOM + 1, 0, -1):
        half = side * MM / 2
        box = [int(value * scale) for value in (x - half, y - half, x + half, y + half)]
        if picture.crop(box).getextrema()[0] > 200:
            return side
    return 0


def test_the_opinions_stand_in_the_plans_order_with_the_code_above_them(printed: dict[str, Any]) -> None:
    (page,) = [page for page in printed[FORM] if places(page, "负责人（签字）")]
    words = "".join(page.get_textpage().get_text_range().split())
    steps = ("镇街意见", "行业主管部门意见", "工作专班（区农业农村委）意见", "区政府意见")

    at = [words.index(step) for step in steps]
    assert at == sorted(at)
    assert words.index(f"归档根码：{closed().root.code}") < at[0]


@pytest.mark.parametrize("slug", [FORM, DECISION])
def test_nothing_is_left_open_so_that_what_is_signed_is_no_draft(printed: dict[str, Any], slug: str) -> None:
    for name in (slug, f"{slug}-crowded"):
        lines = [page.get_textpage().get_text_range().splitlines() for page in printed[name]]
        pages = [Page(at, tuple(map(Line, found))) for at, found in enumerate(lines, 1)]

        assert left_open(pages) is None
        assert "待填" not in text(printed[name])


@pytest.mark.parametrize("slug", [FORM, DECISION])
def test_hostile_names_of_papers_stand_on_the_page_as_they_are_within_its_margins(
    printed: dict[str, Any], slug: str
) -> None:
    pdf = printed[f"{slug}-crowded"]
    words = text(pdf)

    assert "<甲&{{乙}}{%丙%}\"'>&amp;𠮷㛃" in words.replace("“", '"').replace("”", '"')
    for page in pdf:
        page_text = page.get_textpage()
        boxes = [page_text.get_charbox(at) for at in range(page_text.count_chars())]
        inked = [box for box in boxes if box[2] - box[0] > 0.1]
        assert min(box[0] for box in inked) > 26 * MM
        assert max(box[2] for box in inked) < page.get_width() - 24 * MM


@pytest.mark.parametrize("slug", [FORM, DECISION])
def test_the_digests_stand_in_the_annex_only_and_whole(printed: dict[str, Any], slug: str) -> None:
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in printed[slug]]
    annex = next(at for at, words in enumerate(pages) if words.startswith("附件1"))
    made = closed()

    for proof in made.proofs:
        assert proof["校验值"] in "".join(pages[annex:])
        assert not any(proof["校验值"][:12] in words for words in pages[:annex])
    assert made.root.digest in pages[-1]


def test_the_decision_is_signed_by_three_with_a_day_each(printed: dict[str, Any]) -> None:
    (page,) = [page for page in printed[DECISION] if places(page, "批　准")]
    words = "".join(page.get_textpage().get_text_range().split())

    assert [who for who in ("经办签字", "审核签字", "批准签字") if who not in words] == []
    assert words.count("年月日") == 3
    assert "有问题" not in text(printed[DECISION]) + text(printed[f"{DECISION}-crowded"])


def test_no_heading_stands_alone_at_the_foot_of_a_page(printed: dict[str, Any]) -> None:
    for name, pdf in printed.items():
        for page in pdf:
            lines = [line.strip() for line in page.get_textpage().get_text_range().splitlines()]
            *_, last = (line for line in lines if line and "—" not in line)
            assert last[:2] not in ("一、", "二、", "三、", "四、"), name


def test_a_decision_that_there_is_not_is_never_printed() -> None:
    with pytest.raises(BadInputError):
        paper(DECISION, decided=False)
