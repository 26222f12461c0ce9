"""Names in a package's lists: a line stays a line, and what two programs read differently stands in two lists."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from archivist.core.package.names import clashes, encoded, gnu_sums, manifest

DIGEST = "ab" * 32


def test_a_name_is_encoded_as_rfc_8493_wants_and_no_further() -> None:
    assert encoded("data/50%\r\n.pdf") == "data/50%25%0D%0A.pdf"
    assert encoded("data/~$第1项 \u2028.pdf") == "data/~$第1项 \u2028.pdf"


@given(st.text())
def test_what_is_encoded_is_one_line_and_comes_back(name: str) -> None:
    line = encoded(name)

    assert "\n" not in line
    assert "\r" not in line
    assert re.sub("%(25|0D|0A)", lambda sign: chr(int(sign.group(1), 16)), line) == name


def test_a_manifest_has_a_line_for_each_file_in_the_order_of_names() -> None:
    assert manifest({"data/b": "2", "data/a": "1"}) == "1  data/a\n2  data/b\n"


def test_a_second_list_is_there_only_where_sha256sum_reads_names_otherwise() -> None:
    assert gnu_sums({"data/第1项.pdf": DIGEST}) == ""
    assert gnu_sums({"data/50%": DIGEST, "data/a\\b\nc\r": DIGEST}) == (
        f"{DIGEST}  data/50%\n\\{DIGEST}  data/a\\\\b\\nc\\r\n"
    )


def test_names_that_windows_or_a_mac_take_for_one_clash() -> None:
    assert clashes(["data/A.pdf", "data/a.pdf", "data/e\u0301", "data/\u00e9", "data/b"]) == [
        ("data/A.pdf", "data/a.pdf"),
        ("data/e\u0301", "data/\u00e9"),
    ]
