"""使用说明.html from its template: the shipped one, a workspace's own, and one from before there was a language."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.errors import SettingsError
from archivist.pages.guidepage import guide_html
from support.page_stories import GUIDE_FOLDERS, GUIDE_NAMES

OLD = """<style>@media print{#unten{color:red}}</style><p>放进{{收件箱}}，看{{别的}}，{{ 退回 }}</p>
<ul>
{{归档目录}}
</ul>
"""


def made(folder: Path, text: str, **names: str) -> str:
    template = folder / "guide.html"
    template.write_text(text, "utf-8")
    return guide_html(template, {**GUIDE_NAMES, **names}, GUIDE_FOLDERS).decode()


def test_a_page_from_before_there_was_a_language_says_what_it_always_said(tmp_path: Path) -> None:
    items = "\n".join(f"<li>{folder}</li>" for folder in GUIDE_FOLDERS)

    assert made(tmp_path, OLD, 收件箱="投件&处") == OLD.replace("{{收件箱}}", "投件&amp;处").replace(
        "{{ 退回 }}", "退回"
    ).replace("{{归档目录}}", items)


def test_a_page_of_ones_own_may_be_written_upon_the_shipped_frame(tmp_path: Path) -> None:
    text = (
        "{% extends 'base.html' %}{% block title %}说明{% endblock %}{% block header %}<h1>本区</h1>{% endblock %}"
        "{% block main %}{% if 收件箱 %}放进{{ 收件箱 }}{% endif %}<ul>{{ 归档目录 }}</ul>{% endblock %}"
        "{% block footer %}{% endblock %}"
    )
    page = made(tmp_path, text, 收件箱="<投件处>")

    assert '<html lang="zh-CN">' in page
    assert "放进&lt;投件处&gt;<ul><li>01 摸底调查表</li>" in page


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("好\n{% if 收件箱 %}", "第 2 行"),
        ("{% if true %}{{ 收件相 }}{% endif %}", "收件相"),
        ("{% include '/etc/passwd' %}", "passwd"),
        ("{% set a = 收件箱.__class__ %}{{ a }}", "写得不对"),
    ],
)
def test_what_is_wrong_in_a_page_of_ones_own_is_told_with_its_place(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        made(tmp_path, text)

    assert told in caught.value.message
    assert str(tmp_path / "guide.html") in caught.value.message


def test_a_template_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="读不出来"):
        guide_html(tmp_path / "guide.html", GUIDE_NAMES, GUIDE_FOLDERS)
