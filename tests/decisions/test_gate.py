"""The gate (销号): it opens only on evidence that was looked at there and then, says why it stays shut, writes down what
it decides, and opens again by itself when the evidence is lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from archivist.core.checks import findings_of
from archivist.core.model import Status
from archivist.core.project import Project
from archivist.core.register import project_to_record
from archivist.core.rootcode import root_code
from archivist.decisions.gate import Verdict, pass_gate, reopen_by_person, rules_of
from archivist.filing.versions import decide
from archivist.index.reader import open_reader
from archivist.ingest.pipeline import Pipeline
from archivist.pages.project import refresh
from archivist.preservation.fixity.patrol import verify_some
from archivist.preservation.fixity.verify import verify
from archivist.preservation.recovery.reindex import reindex
from archivist.store.layout import DECISION_PAGE, RECENT, STATUS_PAGE
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.catalogue import ITEMS, NUMBERS, required_but
from support.complete import LOST, WAIVABLE, hand_in, reasons, waive
from support.tampering import flip, tampered

CODE = w.SHEEP.code
SEEN = "看过原件，记录有签字"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project all of whose items are there, the minutes filed by a person, but for the contract, which is waived."""
    opened = w.workspace(tmp_path_factory.mktemp("gate") / "w")
    w.pdf(opened.config.inbox / "记录.pdf", w.record(w.SHEEP, 2), sealed=True)
    w.pdf(w.item_folder(opened, w.SHEEP, 5) / "纪要.pdf", w.minutes(w.SHEEP, 5))
    w.pdf(opened.config.inbox / "别处.pdf", w.minutes(w.LEMON, 3))
    hand_in(opened, w.SHEEP, required_but(4, 5, WAIVABLE))
    w.ingest(opened)
    waive(opened, w.SHEEP)
    w.ingest(opened)
    return opened


@pytest.fixture
def opened(made: Workspace, tmp_path: Path) -> Workspace:
    return w.again(made, tmp_path / "copy")


@pytest.fixture
def passed(opened: Workspace) -> Workspace:
    assert ask(opened, SEEN).decision is not None
    return opened


def ask(
    opened: Workspace,
    seen: str = "",
    dry_run: bool = False,
    code: str = CODE,
    given: Mapping[str, str] | None = None,
    **keys: str,
) -> Verdict:
    """Ask the gate with reasons by key; ``seen`` begins the words for each thing that has none."""
    by_key = {**(given or {}), **{key.replace("_", "-"): words for key, words in keys.items()}}
    with opened.writing("deregister", wait=10) as index:
        if seen:
            asked = pass_gate(opened, index, code, dry_run=True).judged.keys
            by_key = {key: f"{seen}（{key}）" for key in asked} | by_key
        verdict = pass_gate(opened, index, code, by_key, dry_run)
        refresh(opened, index, index.projects.stale())
    return verdict


def document(opened: Workspace, source: str) -> dict[str, Any]:
    return next(row for row in w.documents(opened) if row["source"].endswith(source))


def with_line(opened: Workspace, act: Callable[[Pipeline], object]) -> None:
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        act(line)
        line.desk.refresh_pages()


def acts(opened: Workspace) -> list[str]:
    return [act for (act,) in w.rows(opened, "SELECT act FROM events ORDER BY seq")]


def gates(opened: Workspace) -> list[tuple[Any, ...]]:
    return w.rows(opened, "SELECT project, actor, reopened IS NULL, reason FROM deregistrations ORDER BY id")


def page(opened: Workspace, name: str, one: Project = w.SHEEP) -> str:
    return (w.folder_of(opened, one) / name).read_text("utf-8")


def codes(opened: Workspace) -> set[str]:
    """What `check` says of the project."""
    with open_reader(opened.index_path) as index:
        (file,) = index.project_files.of([CODE])
    return {one.code for one in findings_of(file, rules_of(opened), datetime.now().astimezone().date())}


# -- shut ----------------------------------------------------------------------------------------------------------


def test_a_project_that_lacks_documents_is_refused_with_each_item_and_its_clause(opened: Workspace) -> None:
    before = acts(opened)
    verdict = ask(opened, "理由", code=w.LEMON.code)

    assert verdict.decision is None
    assert [(one.item, one.code) for one in verdict.judged.obstacles] == [
        (item, "missing") for item in required_but(5)
    ]
    assert all(one.clause and one.clause.startswith("附件4第") for one in verdict.judged.obstacles)
    assert acts(opened) == before
    assert gates(opened) == []
    assert not (w.folder_of(opened, w.LEMON) / DECISION_PAGE).exists()


def test_what_the_software_cannot_tell_needs_a_persons_reason(opened: Workspace) -> None:
    verdict = ask(opened)
    others = reasons([key for key in verdict.judged.keys if key != "signature-unclear-4"])
    wrong = ask(opened, given=others, signature_unclear_5="没有这样的问题")
    right = ask(opened, given=others, signature_unclear_4="看过原件，主持人、记录人都签了")

    assert verdict.decision is None
    assert ("signature-unclear-4", document(opened, "记录.pdf")["id"]) in [
        (one.key, one.document) for one in verdict.judged.unexplained
    ]
    assert (wrong.decision, wrong.judged.unknown) == (None, ("signature-unclear-5",))
    assert right.decision is not None
    assert "看过原件，主持人、记录人都签了" in [one["reason"] for one in right.decision.reasons]
    assert len({one["reason"] for one in right.decision.reasons}) == len(right.decision.reasons)


def test_the_same_words_for_two_things_explain_neither(opened: Workspace) -> None:
    keys = ask(opened).judged.keys
    verdict = ask(
        opened, given={key: "看过原件，都有的。" if at else "看过原件 都有的" for at, key in enumerate(keys)}
    )

    assert len(keys) > 1
    assert (verdict.decision, verdict.judged.reasons) == (None, ())
    assert verdict.judged.keys == keys
    assert verdict.judged.repeated == tuple(sorted(keys))


def test_a_meeting_out_of_order_in_principle_passes_with_a_reason_and_not_without(opened: Workspace) -> None:
    """The plan says 原则上: village before township."""
    w.pdf(opened.config.inbox / "早.pdf", w.minutes(w.SHEEP, 1))
    w.ingest(opened)
    others = reasons([key for key in ask(opened).judged.keys if not key.startswith("order-")])
    refused = ask(opened, given=others)
    told_before = page(opened, STATUS_PAGE)
    verdict = ask(opened, given=others, order_procedure_5="镇街先研究，村里补开会议")

    (finding,) = refused.judged.unexplained
    assert (finding.code, finding.item, finding.severity) == ("order-procedure", 5, "warning")
    assert (finding.document, finding.page) == (document(opened, "早.pdf")["id"], 1)
    assert "2024-11-01" in finding.message
    assert "2024-11-02" in finding.message
    assert "2024年11月1日" in (finding.quote or "")
    assert "原则上按照村（社区）申报，镇街核查" in (finding.clause or "")
    assert verdict.decision is not None
    told = {one.rule: one.outcome for one in verdict.decision.checks}
    assert told["procedure"] == "有问题"
    assert "镇街先研究，村里补开会议" in page(opened, DECISION_PAGE)
    assert ("顺序不对：镇街核查" in told_before, "顺序不对" in page(opened, STATUS_PAGE)) == (True, False)


def test_a_check_that_could_not_run_is_no_pass_whatever_the_reason(opened: Workspace) -> None:
    row = document(opened, "纪要.pdf")

    def undated(line: Pipeline) -> None:
        found = line.index.documents.find(row["id"])
        assert found is not None
        line.index.documents.update(replace(found, date=None), "described")

    with_line(opened, undated)
    verdict = ask(opened, SEEN)

    assert verdict.decision is None
    assert [(one.code, one.item) for one in verdict.judged.obstacles] == [("order-procedure-not-run", 5)]
    assert {one.rule: one.outcome for one in verdict.checks}["procedure"] == "没有检查"
    assert "order-procedure-not-run" in codes(opened)


def test_a_project_of_another_category_is_not_wound_up(opened: Workspace) -> None:
    one = replace(w.project(w.SHEEP), category=None)
    with opened.writing("register import", wait=10) as index:
        index.projects.put([(project_to_record(one), one)], {"file": "台账.xlsx"})

    assert [one.code for one in ask(opened, SEEN).judged.obstacles] == ["category"]


def test_a_document_that_waits_for_a_missing_item_is_in_the_way(opened: Workspace) -> None:
    with opened.writing("waive", wait=10) as index:
        index.waivers.withdraw(CODE, WAIVABLE, "")
        found = index.documents.find(document(opened, "别处.pdf")["id"])
        assert found is not None
        waits = replace(found, status=type(found.status).REVIEW, project=CODE, item=WAIVABLE)
        index.documents.update(waits, "described")

    assert [(one.code, one.item) for one in ask(opened, SEEN).judged.obstacles] == [("review", WAIVABLE)]


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda opened: flip(opened.store.path(document(opened, "记录.pdf")["path"])), "copy-damaged"),
        (lambda opened: opened.store.path(document(opened, "记录.pdf")["path"]).unlink(), "copy-damaged"),
        (lambda opened: flip(vault(opened, "记录.pdf")), "original-damaged"),
        (lambda opened: vault(opened, "纪要.pdf").unlink(), "original-damaged"),
        (
            lambda opened: tampered(opened, "UPDATE documents SET date = '2024-11-09' WHERE item = 5"),
            "records-damaged",
        ),
        (
            lambda opened: tampered(opened, "UPDATE events SET actor = '别人' WHERE act = 'waived'"),
            "records-damaged",
        ),
        (
            lambda opened: tampered(opened, "UPDATE waivers SET actor = '区领导' WHERE item = 3"),
            "records-damaged",
        ),
    ],
    ids=["copy altered", "copy gone", "original altered", "original gone", "row", "event", "waiver"],
)
def test_evidence_and_records_are_looked_at_anew(
    opened: Workspace, damage: Callable[[Workspace], object], code: str
) -> None:
    """Nobody has told the index yet: only hashing and replaying find it."""
    damage(opened)
    verdict = ask(opened, SEEN)

    assert {one.code for one in verdict.judged.obstacles} == {code}
    assert verdict.damaged
    assert gates(opened) == []


def vault(opened: Workspace, name: str) -> Path:
    (found,) = w.rows(opened, f"SELECT vault FROM sources WHERE name LIKE '%{name}'")[:1]
    return opened.store.path(found[0])


# -- open ----------------------------------------------------------------------------------------------------------


def test_the_decision_says_what_it_rests_on_and_its_event_carries_all_of_it(opened: Workspace) -> None:
    head = w.rows(opened, "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")[0]
    verdict = ask(opened, SEEN)
    assert verdict.decision is not None
    decision = verdict.decision.record()
    (detail,) = w.rows(
        opened, "SELECT detail FROM events WHERE act = 'deregistered' AND subject = 'CS-2018-0001'"
    )
    ((_, row),) = json.loads(detail[0])["rows"]["deregistrations"]
    record, minutes = document(opened, "记录.pdf"), document(opened, "纪要.pdf")
    items = {item["item"]: item for item in decision["items"]}

    assert json.loads(row["decision"]) == decision
    assert (decision["actor"], decision["head"]) == ("测试员", {"seq": head[0], "hash": head[1]})
    assert {one["item"]: one["state"] for one in decision["items"]} == {
        **{rule.number: "齐全" for rule in ITEMS},
        WAIVABLE: "免交",
    }
    assert items[4]["documents"] == [
        {
            "id": record["id"],
            "path": record["path"],
            "pages": [1, 1],
            "title": record["title"],
            "date": "2024-11-02",
            "date_page": 1,
            "sealed": "yes",
            "signed": "unknown",
            "sha256": record["path_sha256"],
            "original_sha256": record["sha256"],
            "copy": None,
            "decided_by": None,
            "evidence": "签章件",
        }
    ]
    assert [one["decided_by"] for one in items[5]["documents"]] == ["测试员"]
    assert items[WAIVABLE]["waiver"]["reason"] == LOST
    assert items[WAIVABLE]["waiver"]["actor"] == "测试员"
    outcomes = {one["rule"]: one["outcome"] for one in decision["checks"]}
    assert (
        outcomes.items()
        >= {
            "category": "通过",
            **{f"item-{item}": "通过" for item in NUMBERS},
            "waivers": "通过",
            "identity": "通过",
            **{f"level-{one.number}": "通过" for one in ITEMS if one.level},
            **{f"{rule}-{item}": "通过" for rule in ("evidence", "fit") for item in required_but(WAIVABLE)},
            **{f"agreed-{one.number}": "通过" for one in ITEMS if one.level},
            f"signature-{WAIVABLE}": "不适用",
            "future-date": "通过",
            "undated": "通过",
            "procedure": "通过",
            "originals": "通过",
            "chain": "通过",
        }.items()
    )
    assert set(outcomes.values()) <= {"通过", "不适用", "看不准"}
    assert decision["hashed"]["files"] == 2 * len(NUMBERS) - 2
    every = [
        (number, one["id"], one["sha256"]) for number, held in items.items() for one in held["documents"]
    ]
    assert decision["root"] == root_code(every).digest
    assert minutes["path_sha256"] in page(opened, DECISION_PAGE)
    assert "已销号。测试员" in page(opened, DECISION_PAGE)
    assert "已销号（" in page(opened, STATUS_PAGE)
    assert "检查发现" not in page(opened, STATUS_PAGE)
    assert w.disagreements(opened) == []
    assert verify(opened).findings == []


def test_a_dry_run_says_the_same_and_decides_nothing(opened: Workspace) -> None:
    before = acts(opened)
    tried = ask(opened, SEEN, dry_run=True)

    assert tried.decision is not None
    assert (acts(opened), gates(opened)) == (before, [])
    real = ask(opened, SEEN)
    assert real.decision is not None
    assert replace(real.decision, at="") == replace(tried.decision, at="")


def test_a_project_that_is_deregistered_is_not_deregistered_again(passed: Workspace) -> None:
    before = acts(passed)
    again = ask(passed)

    assert again.already
    assert (acts(passed), len(gates(passed))) == (before, 1)


def test_the_page_of_a_decision_is_made_again_when_taken_away_and_never_taken_for_a_document(
    passed: Workspace,
) -> None:
    there = w.folder_of(passed, w.SHEEP) / DECISION_PAGE
    before = there.read_bytes()
    there.unlink()
    w.ingest(passed)
    (passed.config.inbox / DECISION_PAGE).write_bytes(before)
    known = len(w.documents(passed))
    w.ingest(passed)

    assert there.read_bytes() == before
    assert len(w.documents(passed)) == known
    assert w.disagreements(passed) == []


def test_a_page_that_somebody_edited_is_told_by_verify_and_written_as_the_records_say(
    passed: Workspace,
) -> None:
    there = w.folder_of(passed, w.SHEEP) / DECISION_PAGE
    true = there.read_text("utf-8")
    there.write_text(true.replace("测试员", "区领导"), "utf-8")
    report = verify(passed)

    assert [(one.code, one.severity) for one in report.findings] == [("altered", "warning")]
    assert DECISION_PAGE in report.findings[0].path
    assert there.read_text("utf-8") == true
    assert verify(passed).findings == []


def test_a_page_that_claims_a_decision_nobody_made_is_found(passed: Workspace) -> None:
    there = w.folder_of(passed, w.SHEEP) / DECISION_PAGE
    forged = w.folder_of(passed, w.LEMON) / DECISION_PAGE
    forged.write_text(there.read_text("utf-8").replace(CODE, w.LEMON.code), "utf-8")
    report = verify(passed)

    assert [(one.code, one.severity, one.known.project) for one in report.findings] == [
        ("unexpected", "error", w.LEMON.code)
    ]
    assert not forged.exists()
    assert verify(passed).findings == []


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE deregistrations SET actor = '区领导'", "index.db deregistrations 1"),
        (
            "UPDATE deregistrations SET decision = replace(decision, '免交', '齐全')",
            "index.db deregistrations 1",
        ),
        ("DELETE FROM deregistrations", "index.db deregistrations 1"),
        (
            "INSERT INTO deregistrations (project, at, actor, decision) SELECT 'CS-2019-0002', at, actor, decision "
            "FROM deregistrations",
            "index.db deregistrations 2",
        ),
    ],
)
def test_a_decision_that_was_tampered_with_is_found_by_verify(
    passed: Workspace, statement: str, where: str
) -> None:
    tampered(passed, statement)

    assert (("row", where)) in [
        (one.code, one.path) for one in verify(passed).findings if one.severity == "error"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"x"',
        '{"format": "archivist 销号决定 1"}',
        "[" * 9000,
        "replace(decision, 'pages', 'seiten')",
    ],
    ids=range(8),
)
def test_a_decision_that_cannot_be_read_stops_nobody_and_is_found(passed: Workspace, text: str) -> None:
    value = text if text.startswith("replace") else f"'{text}'"
    tampered(passed, f"UPDATE deregistrations SET decision = {value}", "UPDATE projects SET stale = 1")
    w.pdf(passed.config.inbox / "补充.pdf", w.minutes(w.SHEEP, 9))
    batch = w.ingest(passed)

    assert batch.problems == []
    assert document(passed, "补充.pdf")["status"] == "filed"
    codes(passed)
    assert ask(passed, SEEN).damaged
    assert "index.db deregistrations 1" in {one.path for one in verify(passed).findings}


# -- what takes the evidence away -----------------------------------------------------------------------------------


def deleted(opened: Workspace) -> None:
    opened.store.path(document(opened, "记录.pdf")["path"]).unlink()
    w.ingest(opened)


def edited(opened: Workspace) -> None:
    path = opened.store.path(document(opened, "记录.pdf")["path"])
    path.write_bytes(path.read_bytes() + b"%")
    w.ingest(opened)


def moved(opened: Workspace) -> None:
    path = opened.store.path(document(opened, "记录.pdf")["path"])
    path.rename(w.item_folder(opened, w.LEMON, 4) / path.name)
    w.ingest(opened)


def on(source: str, act: Callable[[Pipeline, Any], object]) -> Callable[[Workspace], None]:
    def job(opened: Workspace) -> None:
        identity = document(opened, source)["id"]
        with_line(opened, lambda line: act(line, line.index.documents.find(identity)))

    return job


def superseded(opened: Workspace) -> None:
    w.pdf(w.item_folder(opened, w.SHEEP, 5) / "更新.pdf", w.minutes(w.SHEEP, 6))
    w.ingest(opened)
    assert gates(opened)[0][2] == 1  # a new document alone takes nothing away
    new, old = document(opened, "更新.pdf")["id"], document(opened, "纪要.pdf")["id"]

    def replaced(line: Pipeline) -> None:
        rows = [line.index.documents.find(one) for one in (new, old)]
        assert rows[0] and rows[1]
        decide(line.index, rows[0], rows[1])

    with_line(opened, replaced)


def recategorised(opened: Workspace) -> None:
    one = replace(w.project(w.SHEEP), category=None)
    with opened.writing("register import", wait=10) as index:
        index.projects.put([(project_to_record(one), one)], {"file": "台账.xlsx"})


def renamed(opened: Workspace) -> None:
    w.import_projects(opened, [replace(w.SHEEP, name="石坝镇青杠村黑山羊繁育场")])


def another_amount(opened: Workspace) -> None:
    w.import_projects(opened, [replace(w.SHEEP, amount=Decimal("183000"))])


def withdrawn(opened: Workspace) -> None:
    with opened.writing("waive", wait=10) as index:
        assert index.waivers.withdraw(CODE, WAIVABLE, "合同找到了")


def found_by_verify(opened: Workspace) -> None:
    flip(vault(opened, "记录.pdf"))
    verify(opened)


def found_by_the_patrol(opened: Workspace) -> None:
    flip(vault(opened, "记录.pdf"))
    with opened.writing("watch", wait=10) as index:
        verify_some(opened, index, 1 << 30)


def undo(line: Pipeline, row: Any) -> None:
    decision = line.index.decisions.last(row.id)
    assert decision is not None
    line.desk.undoing.undo(decision)


def undone(opened: Workspace) -> None:
    """A slip of the pen made the evidence; it is taken back after the gate was passed."""
    undo_minutes = on("别处.pdf", undo)
    undo_minutes(opened)


WAYS: dict[str, tuple[Callable[[Workspace], None], str]] = {
    "deleted": (deleted, "被删除或移走"),
    "edited": (edited, "被改动或替换"),
    "moved by a person": (moved, "改归项目 CS-2019-0002"),
    "another item": (
        on("记录.pdf", lambda line, row: line.desk.deciding.assign(row, CODE, 8, "确认")),
        "改归第8项",
    ),
    "sent back": (
        on("记录.pdf", lambda line, row: line.desk.deciding.reject(row, "没有盖章")),
        "退回",
    ),
    "superseded": (superseded, "被新版本"),
    "dated otherwise": (
        on(
            "记录.pdf",
            lambda line, row: line.index.documents.update(replace(row, date="2024-11-09"), "described"),
        ),
        "日期由 2024-11-02 改为 2024-11-09",
    ),
    "waiver withdrawn": (withdrawn, f"第{WAIVABLE}项“协议书或合同书”的免交被取消"),
    "name in the register": (renamed, "项目名称由“石坝镇青杠村黑山羊养殖场”改成了“石坝镇青杠村黑山羊繁育场”"),
    "amount in the register": (another_amount, "投入帮扶资金由“没有填”改成了“183000”"),
    "category": (recategorised, "类别改成了"),
    "found by verify": (found_by_verify, "核验发现收存的原件"),
    "found by the patrol": (found_by_the_patrol, "核验发现收存的原件"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_gate_opens_again_by_itself_when_the_evidence_is_lost(passed: Workspace, way: str) -> None:
    take, why = WAYS[way]
    take(passed)
    ((_, actor, holds, reason),) = gates(passed)
    (told,) = w.rows(passed, "SELECT subject, detail FROM events WHERE act = 'reopened'")
    w.ingest(passed)

    assert (holds, actor) == (0, "测试员")
    assert why in reason
    assert (told[0], json.loads(told[1])["reason"]) == (CODE, reason)
    assert "重新打开" in page(passed, STATUS_PAGE)
    assert "本决定已失效" in page(passed, DECISION_PAGE)
    assert "重新打开" in (passed.config.inbox / RECENT).read_text("utf-8")
    assert "reopened" in codes(passed)
    assert acts(passed).count("reopened") == 1


def test_undoing_what_made_the_evidence_opens_the_gate_again(opened: Workspace) -> None:
    assign = on("别处.pdf", lambda line, row: line.desk.deciding.assign(row, CODE, 8, "确认"))
    assign(opened)
    assert ask(opened, SEEN).decision is not None
    undone(opened)

    assert "改归项目 CS-2019-0002" in gates(opened)[0][3]


def test_names_places_and_new_documents_take_nothing_away(passed: Workspace) -> None:
    record = passed.store.path(document(passed, "记录.pdf")["path"])
    record.rename(record.with_name("我起的名字.pdf"))
    w.ingest(passed)
    folder = w.folder_of(passed, w.SHEEP)
    folder.rename(folder.with_name(f"{folder.name}（已清算）"))
    w.ingest(passed)
    w.import_projects(
        passed, [replace(w.SHEEP, phone="023-43700000", progress="已复垦", department="区林业局")]
    )
    w.ingest(passed)

    assert [holds for _, _, holds, _ in gates(passed)] == [1]
    assert w.disagreements(passed) == []


def test_a_document_that_comes_later_is_filed_and_told(passed: Workspace) -> None:
    w.pdf(passed.config.inbox / "补充.pdf", w.minutes(w.SHEEP, 9))
    w.ingest(passed)
    row = document(passed, "补充.pdf")

    assert (row["status"], row["project"], row["item"]) == ("filed", CODE, 5)
    assert [holds for _, _, holds, _ in gates(passed)] == [1]
    assert "以后又归档了" in page(passed, STATUS_PAGE)
    assert "已经销号，这份是以后归档的" in (passed.config.inbox / RECENT).read_text("utf-8")
    assert "after-deregistration" in codes(passed)
    assert row["id"] not in page(passed, DECISION_PAGE)


def test_a_pass_tells_that_it_opened_a_gate_again_once(passed: Workspace) -> None:
    opened = passed
    opened.store.path(document(opened, "记录.pdf")["path"]).unlink()
    first = w.ingest(opened)
    second = w.ingest(opened)

    assert [CODE in words and "被删除或移走" in words for words in first.reopened] == [True]
    assert second.reopened == []


def test_a_person_opens_the_gate_again_and_it_is_passed_anew(passed: Workspace) -> None:
    with passed.writing("deregister", wait=10) as index:
        assert reopen_by_person(index, CODE, "发现还有债务")
        assert not reopen_by_person(index, CODE, "再来一次")
    verdict = ask(passed, "债务已清")

    assert verdict.decision is not None
    assert [(holds, reason) for _, _, holds, reason in gates(passed)] == [
        (0, "由 测试员 重新打开：发现还有债务"),
        (1, None),
    ]
    assert "以前的决定" in page(passed, DECISION_PAGE)
    assert "发现还有债务" in page(passed, DECISION_PAGE)
    assert w.disagreements(passed) == []


def test_evidence_that_is_put_back_does_not_close_the_gate_by_itself(passed: Workspace) -> None:
    path = passed.store.path(document(passed, "记录.pdf")["path"])
    data = path.read_bytes()
    path.unlink()
    w.ingest(passed)
    path.write_bytes(data)
    w.ingest(passed)

    assert [holds for _, _, holds, _ in gates(passed)] == [0]
    assert ask(passed, SEEN).decision is not None


def test_a_transaction_that_fails_opens_no_gate(passed: Workspace) -> None:
    before = acts(passed)
    with closing_index(passed) as index, pytest.raises(ZeroDivisionError), index.change():
        assert index.waivers.withdraw(CODE, WAIVABLE, "")
        raise ZeroDivisionError

    assert acts(passed) == before
    assert [holds for _, _, holds, _ in gates(passed)] == [1]


def closing_index(opened: Workspace) -> closing[Any]:
    return w.tables_open(opened)


def test_hostile_words_stand_on_the_page_as_words(opened: Workspace) -> None:
    evil = '<script>alert(1)</script><img src=x onerror="x">'
    with opened.writing("waive", wait=10) as index:
        index.waivers.grant(CODE, WAIVABLE, evil, document(opened, "情况说明.pdf")["id"])
    assert ask(opened, evil).decision is not None
    text = page(opened, DECISION_PAGE)

    assert "<script" not in text
    assert "<img" not in text
    assert text.count("&lt;script&gt;") >= 2


def test_a_date_in_the_future_is_in_the_way(opened: Workspace) -> None:
    day = (datetime.now().astimezone().date() + timedelta(days=2)).isoformat()
    later = on("记录.pdf", lambda line, row: line.index.documents.update(replace(row, date=day), "described"))
    later(opened)

    assert "future-date" in {one.code for one in ask(opened, SEEN).judged.obstacles}


def test_latest_is_the_last_decision(passed: Workspace) -> None:
    with passed.writing("deregister", wait=10) as index:
        reopen_by_person(index, CODE, "再看一次")
    ask(passed, SEEN)
    with w.tables_open(passed) as index:
        gate = index.deregistrations.latest(CODE)

    assert gate is not None
    assert gate.standing
    assert w.rows(passed, "SELECT id FROM deregistrations WHERE reopened IS NULL") == [(2,)]


def test_a_decision_comes_back_with_the_index_row_by_row(passed: Workspace) -> None:
    with passed.writing("deregister", wait=10) as index:
        reopen_by_person(index, CODE, "再看一次")
    ask(passed, SEEN)
    before = w.rows(passed, "SELECT rowid, * FROM deregistrations")
    for path in passed.store.private.glob("index.db*"):
        path.unlink()
    reindex(passed, lambda path, name: ())
    w.ingest(passed)

    assert w.rows(passed, "SELECT rowid, * FROM deregistrations") == before
    assert [holds for _, _, holds, _ in gates(passed)] == [0, 1]
    assert w.disagreements(passed) == []


def test_a_page_that_no_record_backs_is_set_aside_and_a_persons_own_file_is_left(passed: Workspace) -> None:
    """As after a log that was lost in part: nobody may read 已销号 where nothing says so."""
    there = w.folder_of(passed, w.SHEEP) / DECISION_PAGE
    own = w.folder_of(passed, w.LEMON) / DECISION_PAGE
    data = there.read_bytes()
    own.write_bytes(b"somebody's own")
    with w.tables_open(passed) as index, index.change():
        index.db.execute("DELETE FROM deregistrations")
        index.event("described", CODE)
        index.db.execute("UPDATE projects SET stale = 1")
    w.ingest(passed)

    assert not there.exists()
    assert [path.read_bytes() for path in passed.store.private.glob(f"aside/*/{DECISION_PAGE}")] == [data]
    assert own.read_bytes() == b"somebody's own"


# -- 免交 ----------------------------------------------------------------------------------------------------------


def test_a_waiver_of_another_item_or_without_a_statement_counts_for_nothing(opened: Workspace) -> None:
    """As archives of earlier editions hold them: seven waives by one person were a project wound up on no paper."""
    with opened.writing("waive", wait=10) as index:
        for item in required_but():
            index.waivers.grant(w.FISH.code, item, "项目未建成，没有这项材料", None)
        index.waivers.grant(CODE, 7, "区里没有开会", document(opened, "情况说明.pdf")["id"])
        minutes = index.documents.find(document(opened, "第7项.pdf")["id"])
        assert minutes is not None
        index.documents.update(replace(minutes, status=Status.REVIEW, item=None), "described")
    none, other = ask(opened, SEEN, code=w.FISH.code), ask(opened, SEEN)

    assert {(one.code, one.item) for one in none.judged.obstacles} >= {
        (code, item) for code in ("missing", "waiver-void") for item in required_but()
    }
    assert ("waiver-void", 7) in {(one.code, one.item) for one in other.judged.obstacles}
    assert none.decision is other.decision is None


def test_a_waiver_falls_with_its_statement(passed: Workspace) -> None:
    on("情况说明.pdf", lambda line, row: line.desk.deciding.reject(row, "公章看不清楚"))(passed)

    assert [holds for _, _, holds, _ in gates(passed)] == [0]
    assert "免交被取消" in gates(passed)[0][3]
    assert {("missing", WAIVABLE), ("waiver-void", WAIVABLE)} <= {
        (one.code, one.item) for one in ask(passed, SEEN).judged.obstacles
    }
