"""The tag files of a package say plainly what it is, above all that its project is not wound up."""

from __future__ import annotations

from archivist.core.package.bag import bag_info, check_code, description, oxum
from archivist.core.rootcode import holds


def test_no_value_breaks_a_line_or_is_empty() -> None:
    told = bag_info([("Contact-Name", "张\r\nPayload-Oxum: 0.0\u2028某"), ("Source-Organization", " ")])

    assert told == "Contact-Name: 张 Payload-Oxum: 0.0 某\n"


def test_the_payload_is_counted() -> None:
    assert oxum(iter([1, 2, 4])) == "7.3"


def test_a_project_that_is_not_wound_up_is_called_so_first() -> None:
    assert description("X-1", "羊场", True, "").startswith("未销号：X-1 羊场")
    assert "归档内容齐全" in description("X-1", "羊场", True, "")
    assert "归档内容不齐全" in description("X-1", "羊场", False, "")
    assert (
        description("X-1", "羊场", True, "某日 销号") == "已销号：X-1 羊场，帮扶产业项目档案移交包，某日 销号"
    )


def test_the_code_of_a_package_carries_its_check_digits() -> None:
    code = check_code("ab" * 32)

    assert [len(part) for part in code.split(" ")] == [4] * 5
    assert holds(code.replace(" ", ""))
