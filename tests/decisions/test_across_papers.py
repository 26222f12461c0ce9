"""What people drag into a project is held against its other papers, as it is read: every way is named and refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from archivist.core.checks import findings_of
from archivist.core.checks.values import Finding
from archivist.decisions.gate import pass_gate, rules_of
from archivist.index.reader import open_reader
from archivist.workspace.opened import Workspace
from support import workspaces as w

HERE = replace(
    w.SHEEP,
    code="CS-2019-0077",
    name="石坝镇青杠村食用菌种植基地项目",
    township="石坝镇",
    village="青杠村",
    amount=Decimal("183000.00"),
    operator="青杠菌业有限公司",
)
HEADS = {
    2: "核查评估报告\n2024年11月20日\n对石坝镇青杠村食用菌种植基地项目（项目编号：CS-2019-0077）开展核查评估。\n",
    3: "合作协议书\n甲方：石坝镇青杠村民委员会\n乙方：青杠菌业有限公司\n2019年3月18日\n",
    4: "石坝镇青杠村会议记录\n时间：2024年11月2日\n应到20人，实到18人\n表决：同意18票。\n",
    6: "大足区农业农村委员会会议纪要\n2024年12月6日\n会议同意石坝镇青杠村食用菌种植基地项目退出。\n",
    8: "石坝镇青杠村食用菌种植基地项目情况说明\n2025年3月1日\n",
}


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    opened = w.workspace(tmp_path / "w")
    w.import_projects(opened, [HERE])
    return opened


def found(opened: Workspace, **papers: str) -> list[Finding]:
    """What is found once these papers (item4="…") were put into the project's folders."""
    for name, text in papers.items():
        item = int(name[4])
        w.pdf(w.item_folder(opened, HERE, item) / f"{name}.pdf", text)
    w.ingest(opened)
    with open_reader(opened.index_path) as index:
        (file,) = index.project_files.of([HERE.code])
    every = findings_of(file, rules_of(opened), datetime.now().astimezone().date())
    return [one for one in every if one.code != "missing"]


def codes(findings: list[Finding]) -> set[str]:
    return {one.code for one in findings}


def refused(opened: Workspace) -> list[str]:
    """What stands in the way of the gate besides what is not there."""
    with opened.writing("deregister", wait=10) as index:
        verdict = pass_gate(opened, index, HERE.code, dry_run=True)
    assert verdict.decision is None
    return [one.code for one in verdict.judged.obstacles if one.code != "missing"]


def test_another_villages_record_is_refused(opened: Workspace) -> None:
    other = HEADS[4].replace("青杠村", "柏杨湾村")
    (finding,) = [one for one in found(opened, item4=other) if one.code == "other-place"]

    assert finding.item == 4
    assert "other-place" in refused(opened)


def test_a_contract_and_an_assessment_of_other_sums_are_each_found_once(opened: Workspace) -> None:
    findings = found(
        opened,
        item2=HEADS[2] + "项目累计投入帮扶资金21.98万元。\n",
        item3=HEADS[3] + "项目投入帮扶资金21.63万元。\n",
        item4=HEADS[4] + "该项目投入帮扶资金18.30万元。\n",
        item6=HEADS[6] + "该项目投入帮扶资金18.3万元。\n",
    )
    wrong = {one.item: one for one in findings if one.code == "differs-amount"}

    assert set(wrong) == {2, 3}
    assert "21.98万元" in wrong[2].message
    assert "21.63万元" in wrong[3].message
    assert all("18.30万元" in (one.other_quote or "") for one in wrong.values())


def test_a_mistyped_name_is_found(opened: Workspace) -> None:
    mistyped = HEADS[2].replace("青杠村", "青岗村")

    assert "differs-name" in codes(found(opened, item2=mistyped))


def test_a_sentence_settles_no_debt(opened: Workspace) -> None:
    debt = HEADS[2] + "五、债权债务\n公司欠付饲料款1.20万元。\n"
    findings = found(
        opened, item2=debt, item8=HEADS[8] + "饲料款1.20万元已全部付清，债权债务清算完毕。\n", item4=HEADS[4]
    )

    assert "debts-open" in codes(findings)
    assert "debts-open" in refused(opened)


def test_a_project_whose_papers_agree_has_none_of_these_findings(opened: Workspace) -> None:
    findings = found(
        opened,
        item3=HEADS[3] + "项目投入帮扶资金18.30万元。\n",
        item4=HEADS[4] + "该项目投入帮扶资金183000元。\n",
        item6=HEADS[6],
    )

    assert [one for one in codes(findings) if one.startswith(("differs", "other", "debts", "matter"))] == []
