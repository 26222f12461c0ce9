"""Where things stand on printed pages: imprint, page numbers of turned pages, signatures, crowded documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from archivist.core.drafts.sources import REGISTERED, fixed
from support.drafting import KINDS, PROJECT, SLUGS, make
from support.office import converted
from support.programs import needs_office

pytestmark = [pytest.mark.libreoffice, needs_office]

Printed = Callable[[Mapping[str, bytes]], dict[str, Any]]

MM = 72 / 25.4
HOSTILE = "<甲&{{乙}}{%丙%}\"'>&amp; 很长的名称"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Turn documents {name: bytes} into opened PDF files, by name."""
    import pypdfium2

    folder = tmp_path_factory.mktemp("paper")

    def convert(documents: Mapping[str, bytes]) -> dict[str, Any]:
        paths = [folder / f"{name}.docx" for name in documents]
        for path, content in zip(paths, documents.values(), strict=True):
            path.write_bytes(content)
        converted(folder, paths)
        return {name: pypdfium2.PdfDocument(folder / f"{name}.pdf") for name in documents}

    return convert


def text_of(page: Any) -> str:
    return "".join(page.get_textpage().get_text_range().split())


def box_of(page: Any, words: str) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of ``words`` on the page in mm from its upper left corner."""
    text = page.get_textpage()
    found = text.search(words).get_next()
    assert found is not None, words
    boxes = [text.get_charbox(found[0] + at) for at in range(found[1])]
    height = page.get_height()
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return left / MM, (height - bottom) / MM, right / MM, (height - top) / MM


def crowded(slug: str) -> dict[str, Any]:
    """Long and hostile words in every field of a kind that takes free text."""
    kind = next(kind for kind in KINDS if kind.slug == slug)
    data: dict[str, Any] = {}
    for name, rule in kind.schema["properties"].items():
        field = kind.field(name)
        if (
            field.tally
            or name in ("项目编号", "归档目录")
            or fixed(field.source)
            or field.computed
            or field.source in REGISTERED
            or rule["type"] == "integer"
        ):
            continue
        if rule["type"] != "array":
            data[name] = filled(rule)
        elif rule["items"]["type"] == "object":
            columns = rule["items"]["properties"].items()
            row = {column: value for column, part in columns if (value := filled(part)) is not None}
            data[name] = [row] * min(rule.get("maxItems", 12), 12)
        else:
            most = rule["items"]["maxLength"]
            data[name] = [(HOSTILE + "字" * 80)[:most]] * min(rule["maxItems"], 25 if most < 100 else 8)
    for check in kind.checks:
        tallies = [tally for part in check.parts if (tally := kind.field(part).tally)]
        if tallies:
            data[check.total] = str(sum(Decimal(row[one.column]) for one in tallies for row in data[one.of]))
    return data


def filled(rule: Mapping[str, Any]) -> str:
    if "enum" in rule:
        return str(rule["enum"][0])
    if rule["type"] == "number":
        return "1234.50"
    if rule["type"] == "integer":
        return "12"
    if "pattern" in rule:
        return "2024-11-20"
    return (HOSTILE * 3)[: min(rule.get("maxLength", 40), 40)]


def test_the_imprint_ends_at_the_foot_of_the_last_page_of_minutes(printed: Printed) -> None:
    pages = printed(
        {slug: make(slug) for slug in ("township-minutes", "department-minutes", "district-minutes")}
    )

    for slug, pdf in pages.items():
        last = pdf[len(pdf) - 1]
        _, bottom, _, top = box_of(last, "日印发")
        assert 250 < top < bottom < 262, slug  # the text area ends 262 mm below the page's upper edge


def test_an_imprint_never_covers_words_however_full_the_page_is(printed: Printed) -> None:
    letters = [{"议定事项": [{"事项": "（一）样", "内容": "样" * 28 * lines}]} for lines in range(1, 23, 3)]
    for number, pdf in enumerate(
        printed({f"m{n}": make("township-minutes", data) for n, data in enumerate(letters)}).values()
    ):
        last = pdf[len(pdf) - 1]
        people = box_of(last, "出席")
        imprint = box_of(last, "印发")
        assert people[1] < imprint[3], number


def test_a_turned_page_has_its_number_on_the_left_edge_as_bound_pages_have_theirs_at_the_foot(
    printed: Printed,
) -> None:
    pdf = printed({"plan": make("disposal-plan")})["plan"]
    turned = [(number, page) for number, page in enumerate(pdf, 1) if page.get_width() > page.get_height()]

    assert [number for number, _ in turned] == [4, 5]
    for number, page in turned:
        left, bottom, right, top = box_of(page, "—")
        assert 25 < (left + right) / 2 < 32
        assert (top > 100) == (number % 2 == 1)  # odd: outer edge is the turned page's lower end
        assert bottom - top > right - left  # it stands turned


def test_a_signature_never_stands_on_a_page_without_the_words_it_signs(printed: Printed) -> None:
    pages = printed({"record": make("village-record", {}), "plan": make("disposal-plan", {})})
    record = next(text_of(page) for page in pages["record"] if "主持人（签字）" in text_of(page))
    plan = next(text_of(page) for page in pages["plan"] if "附件：1" in text_of(page))

    assert "散会" in record
    assert "销号退出" in plan


def test_dates_in_the_catalogue_and_years_in_the_ledger_are_not_broken(printed: Printed) -> None:
    pages = printed({"catalogue": make("catalogue"), "ledger": make("ledger")})
    lines = pages["catalogue"][0].get_textpage().get_text_range().splitlines()

    assert any("2024年11月19日" in line.replace(" ", "") for line in lines)
    assert any(
        "2018" in line.replace("DZ-2018", "")
        for line in pages["ledger"][0].get_textpage().get_text_range().splitlines()
    )


def test_crowded_and_hostile_words_stand_on_the_paper_within_the_margins(printed: Printed) -> None:
    words = (HOSTILE * 3)[:40]
    project = replace(PROJECT, name=words, village=words, amount=None)
    pages = printed({slug: make(slug, crowded(slug), project) for slug in SLUGS})

    for slug, pdf in pages.items():
        whole = "".join(text_of(page) for page in pdf)
        given = json.dumps(crowded(slug), ensure_ascii=False)
        if HOSTILE[:6] in given:
            assert "{{乙}}" in whole and "&amp;" in whole, slug
        for page in pdf:
            text = page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            inked = [box for box in boxes if box[2] - box[0] > 0.1]
            assert min(box[0] for box in inked) > 20 * MM, slug
            assert max(box[2] for box in inked) < page.get_width() - 20 * MM, slug
            assert min(box[1] for box in inked) > 20 * MM, slug
            assert max(box[3] for box in inked) < page.get_height() - 24 * MM, slug
