"""What a clerk does in the folders, act by act: each is answered where she is, in her words, and names no command.

An act is done in a workspace of three projects; a pass is made; then the page, the note or the list where she would look
must hold the words that tell what became of it and what she can do.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archivist.core.project import Project
from archivist.store.layout import NOTE_SUFFIX, RECENT, STATUS_PAGE
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.complete import survey

PIGS = Project("CS-2017-0031", "石坝镇桐子垭村养猪场", "石坝镇", "桐子垭村", year="2017")
"""A project that the register does not have."""


def words_of(page: Path) -> str:
    """What a page says, without its marks."""
    plain = re.sub(r"<style.*?</style>|<[^>]+>", " ", page.read_text("utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(plain).split())


class Clerk:
    """Somebody at the folders of a workspace, and what she reads there."""

    def __init__(self, opened: Workspace) -> None:
        self.opened = opened
        self.inbox, self.review = opened.config.inbox, opened.config.review
        self.rejected, self.projects = opened.config.rejected, opened.config.projects

    def item(self, one: Project, number: int) -> Path:
        return w.item_folder(self.opened, one, number)

    def folder(self, one: Project) -> Path:
        return w.folder_of(self.opened, one)

    def drop(self, folder: Path, text: str, name: str = "扫描件.pdf", scanned: bool = True) -> Path:
        return w.pdf(folder / name, text, scanned=scanned)

    def filed(self, text: str = "", one: Project = w.SHEEP, number: int = 4) -> Path:
        """A paper in an item's folder, filed."""
        self.drop(self.item(one, number), text or w.record(one))
        w.ingest(self.opened)
        (path,) = [self.opened.store.path(row["path"]) for row in w.documents(self.opened)]
        return path

    # -- where she looks -------------------------------------------------------------------------------------------

    def page(self, one: Project = w.SHEEP) -> str:
        with self.opened.open_index() as index:
            row = index.projects.find(one.code)
        assert row is not None
        return words_of(self.opened.config.store_root / row["folder"] / STATUS_PAGE)

    def recent(self) -> str:
        return words_of(self.inbox / RECENT)

    def notes(self, folder: Path) -> str:
        return "".join(note.read_text("utf-8-sig") for note in sorted(folder.glob(f"*{NOTE_SUFFIX}")))

    def everything(self) -> str:
        """All that the software wrote for people in the folders."""
        pages = [words_of(path) for path in sorted(self.opened.config.store_root.rglob("*.html"))]
        return "\n".join([*pages, self.notes(self.review), self.notes(self.rejected)])

    def states(self, one: Project = w.SHEEP) -> dict[int, str]:
        return {found.item: found.state.value for found in w.states(self.opened, one).items}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    opened = w.workspace(tmp_path_factory.mktemp("acts") / "w")
    w.ingest(opened)
    return opened


@pytest.fixture
def clerk(made: Workspace, tmp_path: Path) -> Clerk:
    return Clerk(w.again(made, tmp_path / "w"))


@dataclass(frozen=True)
class Answer:
    """Where an act is answered, and words that must stand there."""

    where: Callable[[Clerk], str]
    words: tuple[str, ...]


def on_page(*words: str, of: Project = w.SHEEP) -> Answer:
    return Answer(lambda clerk: clerk.page(of), words)


def in_recent(*words: str) -> Answer:
    return Answer(Clerk.recent, words)


def beside_what_waits(*words: str) -> Answer:
    return Answer(lambda clerk: clerk.notes(clerk.review), words)


def beside_what_was_sent_back(*words: str) -> Answer:
    return Answer(lambda clerk: clerk.notes(clerk.rejected), words)


@dataclass(frozen=True)
class Act:
    """Something a clerk does, and its answers."""

    do: Callable[[Clerk], object]
    answers: tuple[Answer, ...]


ACTS: dict[str, Act] = {}


def act(*answers: Answer) -> Callable[[Callable[[Clerk], object]], Callable[[Clerk], object]]:
    def kept(do: Callable[[Clerk], object]) -> Callable[[Clerk], object]:
        ACTS[do.__name__] = Act(do, answers)
        return do

    return kept


MOVE = "拖到它自己的项目文件夹里"


# -- papers that do not belong where they are put --------------------------------------------------------------------


@act(
    on_page("不合格", "项目不符", "写的是“桐子垭”", "第1页“石坝镇桐子垭村会议记录”", MOVE),
    in_recent("已归档", "请看一看", "桐子垭", MOVE),
)
def a_record_of_another_village(clerk: Clerk) -> None:
    clerk.drop(clerk.item(w.SHEEP, 4), w.record(PIGS))


@act(on_page("写的是“龙井”", MOVE), in_recent("请看一看", "龙井"))
def minutes_of_another_township(clerk: Clerk) -> None:
    clerk.drop(clerk.item(w.SHEEP, 5), w.minutes(w.LEMON))


@act(on_page("写的项目编号是“CS-2017-0031”", MOVE), in_recent("请看一看", "CS-2017-0031"))
def a_survey_sheet_of_another_project(clerk: Clerk) -> None:
    clerk.drop(clerk.item(w.SHEEP, 1), survey(PIGS))


@act(on_page("写的是 CS-2020-0003", MOVE), in_recent("请看一看", "CS-2020-0003"))
def another_projects_record_as_a_text_file_alone(clerk: Clerk) -> None:
    clerk.drop(clerk.item(w.SHEEP, 4), w.record(w.FISH), scanned=False)


@act(on_page("待核 1 项：第8项其他材料（项目不符）", "写的是 CS-2020-0003", MOVE), in_recent("请看一看"))
def another_projects_minutes_among_other_papers(clerk: Clerk) -> None:
    clerk.drop(clerk.item(w.SHEEP, 8), w.minutes(w.FISH))


@act(
    on_page("不合格", "像是第5项“镇街会议纪要”一类的材料", "拖到对的那一项的文件夹"),
    in_recent("请看一看", "镇街会议纪要"),
)
def minutes_in_the_folder_of_the_survey_sheet(clerk: Clerk) -> None:
    clerk.drop(clerk.item(w.SHEEP, 1), w.minutes(w.SHEEP))


@act(
    on_page("也被放进了项目 CS-2020-0003 的第5项", "拖回“待确认”"),
    on_page("不合格", "写的是 CS-2018-0001", MOVE, of=w.FISH),
    in_recent("请看一看", "没有写 CS-2020-0003"),
)
def minutes_copied_into_another_project(clerk: Clerk) -> None:
    shutil.copy2(clerk.filed(w.minutes(w.SHEEP), number=5), clerk.item(w.FISH, 5) / "复制.pdf")


@act(
    on_page("第4项", "第1项", "是同一份文件", "拖回“待确认”"),
    in_recent("请看一看", "一份文件只能作一个项目的一项材料"),
)
def a_paper_copied_into_another_item(clerk: Clerk) -> None:
    shutil.copy2(clerk.filed(), clerk.item(w.SHEEP, 1) / "复制.pdf")


@act(in_recent("重复", "没有重复归档"))
def a_paper_copied_within_its_item(clerk: Clerk) -> None:
    shutil.copy2(clerk.filed(), clerk.item(w.SHEEP, 4) / "复制.pdf")


# -- folders ---------------------------------------------------------------------------------------------------------


@act(
    on_page("放在“龙井镇”里", "台账里它属于石坝镇", "拖回“石坝镇”", "请管理员改台账"),
    in_recent("放在“龙井镇”里", "拖回“石坝镇”"),
)
def a_projects_folder_dragged_under_another_township(clerk: Clerk) -> None:
    clerk.filed()
    clerk.folder(w.SHEEP).rename(clerk.projects / w.LEMON.township / clerk.folder(w.SHEEP).name)


@act(on_page("没有放在镇街的文件夹里", "拖回“石坝镇”"), in_recent("没有放在镇街的文件夹里"))
def an_empty_projects_folder_dragged_out_of_its_township(clerk: Clerk) -> None:
    clerk.folder(w.SHEEP).rename(clerk.projects / clerk.folder(w.SHEEP).name)


@act(on_page("的文件夹叫“黑山羊”", "最好改回“CS-2018-0001 石坝镇青杠村黑山羊养殖场”"))
def a_projects_folder_renamed(clerk: Clerk) -> None:
    clerk.filed()
    clerk.folder(w.SHEEP).rename(clerk.folder(w.SHEEP).with_name("黑山羊"))


FOLLOWED = (
    a_projects_folder_dragged_under_another_township,
    an_empty_projects_folder_dragged_out_of_its_township,
    a_projects_folder_renamed,
)


@pytest.mark.parametrize("do", FOLLOWED, ids=lambda do: do.__name__)
def test_a_folder_that_was_moved_is_followed_and_files_on(
    clerk: Clerk, do: Callable[[Clerk], object]
) -> None:
    do(clerk)
    w.ingest(clerk.opened)
    clerk.drop(clerk.inbox, w.minutes(w.SHEEP))
    w.ingest(clerk.opened)
    with clerk.opened.open_index() as index:
        row = index.projects.find(w.SHEEP.code)
        known = index.projects.astray()

    assert clerk.states()[5] != "缺件"
    assert row is not None
    assert row["folder"] != clerk.opened.store.relative(clerk.folder(w.SHEEP))
    assert not clerk.folder(w.SHEEP).exists()
    assert len(known) == (do is not a_projects_folder_renamed)
    assert w.disagreements(clerk.opened) == []


MISPLACED = (
    a_record_of_another_village,
    minutes_of_another_township,
    a_survey_sheet_of_another_project,
    another_projects_record_as_a_text_file_alone,
    another_projects_minutes_among_other_papers,
    minutes_in_the_folder_of_the_survey_sheet,
)


@pytest.mark.parametrize("do", MISPLACED, ids=lambda do: do.__name__)
def test_a_paper_that_does_not_belong_is_filed_and_its_item_is_not_green(
    clerk: Clerk, do: Callable[[Clerk], object]
) -> None:
    do(clerk)
    w.ingest(clerk.opened)
    (row,) = w.documents(clerk.opened)

    assert (row["status"], row["project"]) == ("filed", w.SHEEP.code)
    assert clerk.states()[row["item"]] in {"不合格", "待核"}


# -- all of them -----------------------------------------------------------------------------------------------------


def missing_words(clerk: Clerk, answers: Iterable[Answer]) -> list[str]:
    return [word for answer in answers for word in answer.words if word not in answer.where(clerk)]


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_answered_where_the_clerk_looks(clerk: Clerk, name: str) -> None:
    ACTS[name].do(clerk)
    w.ingest(clerk.opened)

    assert missing_words(clerk, ACTS[name].answers) == []
