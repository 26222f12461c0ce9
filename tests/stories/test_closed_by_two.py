"""A complete project closed by two: one proposes, the form is printed, signed, sealed and scanned back, another confirms.

The same story twice: with the samples, every page printed and recognised as it is (long), and thin, on given text.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sample_maker.people import CONFIRMS, PROPOSES

from archivist.cli.people import import_people
from archivist.cli.register import import_register
from archivist.core.checks import findings_of
from archivist.core.model import Severity
from archivist.core.rootcode import evidence_root
from archivist.decisions.gate import rules_of, today
from archivist.decisions.proposing import Proposed, confirm, propose
from archivist.drafts.drafting import draft_document
from archivist.errors import BadInputError, RefusedError
from archivist.index.reader import open_reader
from archivist.ingest.pipeline import Pipeline
from archivist.pages.project import refresh
from archivist.preservation.fixity.verify import verify
from archivist.store.layout import DECISION_PAGE, STATUS_PAGE
from archivist.workspace.opened import Workspace
from archivist.workspace.resources import data_folder
from support import workspaces as w
from support.complete import hand_in, reasons
from support.office import converted
from support.people import as_one
from support.programs import needs_office
from support.signing import signed_scan

FORM, DECISION = "销号审批表", "销号决定"
BODIES = ("中敖镇人民政府", "大足区农业农村委员会", "大足区帮扶产业工作专班", "重庆市大足区人民政府")
DROPPED = ("中敖镇", "农业农村委", "区政府办")
"""The folders of the samples with all of the complete project."""
OTHER_PAPER = "微信图片_20241203170211.jpg"
SAMPLES = data_folder("samples")
Propose = Callable[[], Proposed]
"""A look at what proposing would say."""


class Story(ABC):
    """A workspace with a complete project and the samples' register of people, and how a signed form comes into it."""

    code: str

    def __init__(self, opened: Workspace) -> None:
        self.opened = opened

    def again(self, folder: Path) -> Story:
        """The same in a copy."""
        return type(self)(w.again(self.opened, folder))

    @abstractmethod
    def printed(self, folder: Path) -> Any:
        """The form as it is printed now."""

    @abstractmethod
    def signed(self, form: Any) -> None:
        """The printed form signed, sealed, scanned into the inbox and taken."""

    @abstractmethod
    def add(self) -> None:
        """One more paper filed with the project."""

    @abstractmethod
    def reasons(self, asked: Propose) -> dict[str, str]:
        """What is written for what only a person can see."""

    def propose(self, name: str = PROPOSES) -> Proposed:
        ours = as_one(self.opened, name)
        with ours.writing("deregister", wait=10, act="propose") as index:
            given = self.reasons(lambda: propose(ours, index, self.code, {}, dry_run=True))
            done = propose(ours, index, self.code, given)
            refresh(ours, index, index.projects.stale())
        return done

    def confirm(self, name: str = CONFIRMS) -> Proposed:
        ours = as_one(self.opened, name)
        with ours.writing("deregister", wait=10, act="confirm") as index:
            done = confirm(ours, index, self.code)
            refresh(ours, index, index.projects.stale())
        return done

    @property
    def root(self) -> str:
        with open_reader(self.opened.index_path) as index:
            (file,) = index.project_files.of([self.code])
        return evidence_root(file.documents).printed

    @property
    def found(self) -> list[tuple[str, Severity]]:
        with open_reader(self.opened.index_path) as index:
            (file,) = index.project_files.of([self.code])
        return [(one.code, one.severity) for one in findings_of(file, rules_of(self.opened), today())]

    def page(self, name: str) -> str:
        with open_reader(self.opened.index_path) as index:
            row = index.projects.find(self.code)
        assert row is not None
        path: Path = self.opened.config.store_root / row["folder"] / name
        return path.read_text("utf-8")

    def standing(self) -> list[tuple[Any, ...]]:
        return w.rows(self.opened, "SELECT project FROM deregistrations WHERE reopened IS NULL")


class Scanned(Story):
    """The samples' complete project: nobody explains anything."""

    code = "DZ-2019-0042"

    def printed(self, folder: Path) -> Path:
        return draft_document(self.opened, FORM, self.code, None, (), folder).path

    def signed(self, form: Path) -> None:
        day = today()
        days = [(str(day.year), str(day.month), str(day.day))] * len(BODIES)
        signed_scan(form, form.parent, self.opened.config.inbox / "扫描0042.pdf", BODIES, days)
        self._take()

    def add(self) -> None:
        with open_reader(self.opened.index_path) as index:
            row = index.projects.find(self.code)
        assert row is not None
        (other,) = (rule for rule in self.opened.annex.items if not rule.required)
        shutil.copy(
            SAMPLES / "收件箱" / OTHER_PAPER, self.opened.config.store_root / row["folder"] / other.folder
        )
        self._take()

    def reasons(self, asked: Propose) -> dict[str, str]:
        return {}

    def _take(self) -> None:
        with self.opened.writing("ingest", wait=10) as index, Pipeline(self.opened, index) as line:
            line.run()


class Given(Story):
    """A project whose papers' words are given, but no seals of theirs."""

    code = w.SHEEP.code

    def printed(self, folder: Path) -> str:
        return self.root

    def signed(self, form: str) -> None:
        day = today()
        w.pdf(
            w.item_folder(self.opened, w.SHEEP, 8) / "扫描.pdf",
            f"大足区淘汰类产业项目{FORM}\n项目编号：{self.code}\n归档根码：{form}\n项目名称 {w.SHEEP.name}\n"
            f"区政府意见 同意销号\n负责人（签字）：覃立新\n{day.year}年{day.month}月{day.day}日\n",
            scanned=True,
            sealed=True,
        )
        w.ingest(self.opened)

    def add(self) -> None:
        w.pdf(w.item_folder(self.opened, w.SHEEP, 5) / "补充.pdf", w.minutes(w.SHEEP, 6), sealed=True)
        w.ingest(self.opened)

    def reasons(self, asked: Propose) -> dict[str, str]:
        return reasons(asked().verdict.judged.keys)


def scanned(folder: Path) -> Story:
    opened = w.workspace(folder)
    import_register(opened, SAMPLES / "登记" / "项目台账.xlsx")
    for name in DROPPED:
        ignored = shutil.ignore_patterns("Thumbs.db", "~$*")
        shutil.copytree(SAMPLES / "收件箱" / name, opened.config.inbox / name, ignore=ignored)
    made = Scanned(opened)
    made._take()
    return made


def given(folder: Path) -> Story:
    opened = w.workspace(folder)
    hand_in(opened, w.SHEEP)
    w.ingest(opened)
    return Given(opened)


SLOW = [pytest.mark.long, pytest.mark.libreoffice, needs_office]


@pytest.fixture(scope="module", params=[pytest.param(scanned, marks=SLOW), given])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    story: Story = request.param(tmp_path_factory.mktemp("two") / "w")
    _, notes = import_people(story.opened, SAMPLES / "登记" / "人员名册.xlsx")
    assert not [note for note in notes if "停用" in note]
    return story


@pytest.fixture
def story(made: Story, tmp_path: Path) -> Story:
    return made.again(tmp_path / "copy")


def test_two_persons_close_a_project_with_a_signed_form_that_was_scanned_back(
    story: Story, tmp_path: Path
) -> None:
    root = story.root
    assert story.propose().proposal is not None
    story.signed(story.printed(tmp_path))
    done = story.confirm()
    decision = done.verdict.decision

    assert decision is not None, done.verdict.judged
    assert decision.proposed_by is not None and decision.confirmed_by is not None
    assert (decision.proposed_by.name, decision.confirmed_by.name) == (PROPOSES, CONFIRMS)
    assert (story.root, story.standing()) == (root, [(story.code,)])
    outcomes = {one.rule: one for one in decision.checks}
    assert (outcomes["closing"].outcome, outcomes["root"].outcome) == ("通过", "通过")
    assert root in outcomes["root"].told
    assert root in story.page(DECISION_PAGE) and "已销号" in story.page(STATUS_PAGE)
    assert "有问题" not in story.page(DECISION_PAGE) + story.page(STATUS_PAGE)
    assert verify(story.opened).findings == []
    assert w.disagreements(story.opened) == []


def test_who_proposed_does_not_confirm(story: Story, tmp_path: Path) -> None:
    assert story.propose(CONFIRMS).proposal is not None
    story.signed(story.printed(tmp_path))

    with pytest.raises(RefusedError, match="是同一个人"):
        story.confirm(CONFIRMS)
    with pytest.raises(RefusedError, match="不能确认销号"):
        story.confirm(PROPOSES)
    assert story.standing() == []


def test_a_paper_that_comes_between_makes_the_proposal_lapse(story: Story, tmp_path: Path) -> None:
    story.propose()
    form = story.printed(tmp_path)
    story.add()
    story.signed(form)

    with pytest.raises(BadInputError, match="已失效：提请以后，作为证据的材料变了"):
        story.confirm()
    assert story.standing() == []


def test_a_form_that_was_printed_for_other_evidence_closes_nothing(story: Story, tmp_path: Path) -> None:
    form, before = story.printed(tmp_path), story.root
    story.add()
    assert story.propose().proposal is not None
    story.signed(form)
    done = story.confirm()

    assert done.verdict.decision is None
    assert {"root-changed", "approval-missing"} <= {one.code for one in done.verdict.judged.obstacles}
    assert any(before in one.message and story.root in one.message for one in done.verdict.judged.obstacles)
    assert story.standing() == []


@pytest.mark.long
@pytest.mark.libreoffice
@needs_office
def test_nothing_of_the_samples_complete_project_is_waved_through(tmp_path: Path) -> None:
    story = scanned(tmp_path / "w")
    import_people(story.opened, SAMPLES / "登记" / "人员名册.xlsx")

    assert [code for code, severity in story.found if severity is not Severity.INFO] == []
    proposed = story.propose()
    assert (proposed.verdict.judged.keys, proposed.verdict.judged.reasons) == ((), ())
    story.signed(story.printed(tmp_path))
    decision = story.confirm().verdict.decision
    assert decision is not None and decision.reasons == ()
    (page,) = converted(
        tmp_path, [draft_document(story.opened, DECISION, story.code, None, (), tmp_path).path]
    )
    words = printed_words(page)
    assert "决定予以销号" in words and story.root.replace(" ", "") in words
    assert f"{PROPOSES}（区农业农村委）提请" in words and f"{CONFIRMS}（工作专班办公室）确认" in words
    assert "草稿，只作留存" in words and "有问题" not in words


def printed_words(page: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(page) as pdf:
        return "".join("".join(one.get_textpage().get_text_range().split()) for one in pdf)
