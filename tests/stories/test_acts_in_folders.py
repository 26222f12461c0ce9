"""What a clerk does in the folders, act by act: each is answered where she is, in her words, and names no command.

An act is done in a workspace of three projects; a pass is made; then the page, the note or the list where she would look
must hold the words that tell what became of it and what she can do.
"""

from __future__ import annotations

import html
import re
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import pytest

from archivist.core.filing import TOGETHER
from archivist.core.project import Project
from archivist.ingest import hands
from archivist.ingest.pipeline import Pipeline
from archivist.ingest.watch import Stopper, keep_watch
from archivist.store.layout import NOTE_SUFFIX, RECENT, STATUS_PAGE
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.complete import survey
from support.people import EVERYBODY, VILLAGER, registered
from support.watching import LONG, until

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
        return "".join(note.read_text("utf-8-sig") for note in sorted(folder.rglob(f"*{NOTE_SUFFIX}")))

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


# -- taken away from where they were filed, and what waits ------------------------------------------------------------


def waits(clerk: Clerk) -> Path:
    """A file in 待确认."""
    clerk.drop(clerk.inbox, w.UNSURE)
    w.ingest(clerk.opened)
    return clerk.review / "扫描件.pdf"


@act(
    beside_what_waits("还没有归档", "04 村（社区）会议记录”拖到这里的", "没有放错的，拖回原处"),
    in_recent("待确认", "拖到这里的"),
    on_page("待确认 1 项：第4项", "“待确认”里的", "拖进“04 村（社区）会议记录”"),
)
def a_filed_file_dragged_back_to_what_waits(clerk: Clerk) -> None:
    path = clerk.filed()
    path.rename(clerk.review / path.name)


@act(in_recent("重复", "已经放回", "拖到对的文件夹，或拖到“待确认”"), on_page("待核 1 项：第4项"))
def a_filed_file_dragged_to_the_inbox(clerk: Clerk) -> None:
    path = clerk.filed()
    path.rename(clerk.inbox / path.name)


@act(
    beside_what_was_sent_back("04 村（社区）会议记录”拖到这里，按不归档处理", "就归档了"),
    in_recent("退回", "按不归档处理"),
    on_page("缺件"),
)
def a_filed_file_dragged_to_what_was_sent_back(clerk: Clerk) -> None:
    path = clerk.filed()
    path.rename(clerk.rejected / path.name)


@act(
    on_page("不合格 1 项：第4项村（社区）会议记录（被删除或移走）", "被删除或移走了", "从回收站还原到原处"),
    in_recent("被删除或移走了", "收存的原件还在"),
)
def a_filed_file_deleted(clerk: Clerk) -> None:
    clerk.filed().unlink()


@act(on_page("被删除或移走了", "从回收站还原"), in_recent("被删除或移走了"))
def an_items_folder_deleted(clerk: Clerk) -> None:
    shutil.rmtree(clerk.filed().parent)


@act(on_page("被删除或移走了", "从回收站还原"), in_recent("被删除或移走了"))
def a_projects_folder_deleted(clerk: Clerk) -> None:
    clerk.filed()
    shutil.rmtree(clerk.folder(w.SHEEP))


@act(in_recent("从那里拿走的已经放回"), on_page("待核 1 项：第4项"))
def a_projects_folder_dragged_into_the_inbox(clerk: Clerk) -> None:
    clerk.filed()
    clerk.folder(w.SHEEP).rename(clerk.inbox / "拖错的")


@act(in_recent("已放回原处"), on_page("待核 1 项：第4项"))
def a_projects_folder_dragged_to_what_waits(clerk: Clerk) -> None:
    clerk.filed()
    clerk.folder(w.SHEEP).rename(clerk.review / "拖错的")


@act(in_recent("退回", "从“待确认”删除或移走了", "原件另外存着"))
def a_file_that_waits_deleted(clerk: Clerk) -> None:
    waits(clerk).unlink()


@act(beside_what_was_sent_back("从“待确认”拖到这里，按不归档处理"), in_recent("退回", "按不归档处理"))
def a_file_that_waits_dragged_to_what_was_sent_back(clerk: Clerk) -> None:
    waits(clerk).rename(clerk.rejected / "不要的.pdf")


@act(beside_what_waits("还没有归档"), in_recent("重复", "已经放回“待确认/扫描件.pdf”"))
def a_file_that_waits_dragged_to_the_inbox(clerk: Clerk) -> None:
    waits(clerk).rename(clerk.inbox / "再来.pdf")


@act(beside_what_waits("还没有归档"), in_recent("待确认 1 件", "改了名.pdf"))
def a_file_that_waits_renamed(clerk: Clerk) -> None:
    waits(clerk).rename(clerk.review / "改了名.pdf")


@act(beside_what_waits("还没有归档", "请这样做"))
def a_note_deleted(clerk: Clerk) -> None:
    path = waits(clerk)
    path.with_name(path.name + NOTE_SUFFIX).unlink()


@act(beside_what_waits("还没有归档"), in_recent("待确认 1 件"))
def a_new_file_put_among_what_waits(clerk: Clerk) -> None:
    clerk.drop(clerk.review, w.UNSURE, "新的.pdf")


@act(beside_what_was_sent_back("有人放进“退回”的，软件没有处理", "把它拖进“收件箱”"))
def a_new_file_put_among_what_was_sent_back(clerk: Clerk) -> None:
    clerk.drop(clerk.rejected, w.minutes(w.SHEEP), "新的.pdf")


@act(beside_what_waits("从“退回”拖到这里的"), in_recent("待确认 1 件"))
def a_file_that_was_sent_back_dragged_to_what_waits(clerk: Clerk) -> None:
    clerk.drop(clerk.inbox, "增值税发票\n金额 100元\n", "发票.pdf")
    w.ingest(clerk.opened)
    (clerk.rejected / "发票.pdf").rename(clerk.review / "发票.pdf")


@act(on_page("石坝镇人民政府专题会议纪要.pdf"), in_recent("已归档"))
def a_file_put_straight_among_the_projects(clerk: Clerk) -> None:
    clerk.drop(clerk.projects, w.minutes(w.SHEEP))


@act(on_page("石坝镇人民政府专题会议纪要.pdf"), in_recent("已归档"))
def a_file_put_among_the_combined_scans(clerk: Clerk) -> None:
    clerk.drop(clerk.folder(w.SHEEP) / TOGETHER, w.minutes(w.SHEEP))


@act(on_page("我起的名字.pdf"))
def a_filed_file_renamed(clerk: Clerk) -> None:
    path = clerk.filed()
    path.rename(path.with_name("我起的名字.pdf"))


@act(on_page("被改动或替换了", "要换成新的，把新的放入收件箱"), in_recent("被改动或替换了"))
def a_filed_file_edited(clerk: Clerk) -> None:
    with clerk.filed().open("ab") as file:
        file.write(b"edited")


@act(on_page("被改动或替换了"), in_recent("被改动或替换了"))
def a_filed_file_replaced_by_another(clerk: Clerk) -> None:
    clerk.drop(path := clerk.filed().parent, w.record(w.SHEEP, 9), "新.pdf")
    (path / "新.pdf").replace(next(one for one in path.iterdir() if one.name != "新.pdf"))


@act(in_recent("已经放回", "重复"), on_page("待核 1 项：第4项"))
def a_filed_file_zipped_in_its_place(clerk: Clerk) -> None:
    path = clerk.filed()
    w.zipped(path.with_name("打包.zip"), {path.name: path.read_bytes()})
    path.unlink()


@act(in_recent("不在任何一个项目的文件夹里"))
def a_projects_folder_copied(clerk: Clerk) -> None:
    clerk.filed()
    shutil.copytree(clerk.folder(w.SHEEP), clerk.folder(w.SHEEP).with_name("副本"))


LEDGER = (
    "附件3\n帮扶产业提质增效管理台账\n序号 项目编号 项目名称 购建年度 资产权属 主管部门\n"
    "1 CS-2018-0001 石坝镇青杠村黑山羊养殖场\n"
)
PEOPLE = "人员名册\n序号 姓名 单位 层级 角色 职务\n1 张某 石坝镇 镇街 经办\n"


@act(beside_what_was_sent_back("这是项目台账", "请交给管理员"), in_recent("退回", "项目台账", "请交给管理员"))
def a_ledger_put_into_the_inbox(clerk: Clerk) -> None:
    clerk.drop(clerk.inbox, LEDGER, "台账.pdf")


@act(beside_what_was_sent_back("这是项目台账"), on_page("缺件"), in_recent("退回", "请交给管理员"))
def a_ledger_put_into_an_items_folder(clerk: Clerk) -> None:
    clerk.drop(clerk.item(w.SHEEP, 1), LEDGER, "台账.pdf")


@act(beside_what_was_sent_back("这是人员名册", "请交给管理员"), in_recent("退回", "人员名册"))
def a_register_of_people_put_into_a_projects_folder(clerk: Clerk) -> None:
    clerk.drop(clerk.folder(w.SHEEP), PEOPLE, "名册.pdf")


def test_not_this_takes_back_the_decision_with_what_it_taught_and_is_undone(clerk: Clerk) -> None:
    path = waits(clerk).rename(clerk.item(w.SHEEP, 4) / "确认.pdf")
    w.ingest(clerk.opened)
    (filed,) = w.documents(clerk.opened)
    taught = len(w.rows(clerk.opened, "SELECT * FROM lessons"))
    path = clerk.opened.store.path(filed["path"]).rename(clerk.review / "不是.pdf")
    w.ingest(clerk.opened)
    (row,) = w.documents(clerk.opened)

    assert taught > 0
    assert (row["status"], row["path"], row["decided_by"]) == ("review", "待确认/不是.pdf", None)
    assert w.rows(clerk.opened, "SELECT * FROM lessons") == []
    assert w.disagreements(clerk.opened) == []

    with (
        clerk.opened.writing("undo", wait=10) as index,
        Pipeline(clerk.opened, index, reader=w.TextReader()) as line,
    ):
        decision = index.decisions.last(row["id"])
        assert decision is not None
        line.desk.undoing.undo(decision)
        line.desk.refresh_pages()
    (row,) = w.documents(clerk.opened)

    assert (row["status"], row["project"], row["item"]) == ("filed", w.SHEEP.code, 4)
    assert not path.exists()
    assert len(w.rows(clerk.opened, "SELECT * FROM lessons")) == taught
    assert w.disagreements(clerk.opened) == []


def test_what_was_dragged_away_by_mistake_is_dragged_back_and_stands_as_it_stood(clerk: Clerk) -> None:
    path = clerk.filed()
    before = w.documents(clerk.opened)
    away = path.rename(clerk.review / path.name)
    w.ingest(clerk.opened)
    away.rename(path)
    w.ingest(clerk.opened)

    assert [(row["status"], row["path"]) for row in w.documents(clerk.opened)] == [
        (row["status"], row["path"]) for row in before
    ]
    assert clerk.notes(clerk.review) == ""
    assert w.disagreements(clerk.opened) == []


@act(beside_what_waits("还没有归档"), on_page("待确认 1 项：第4项"))
def an_items_folder_dragged_to_what_waits(clerk: Clerk) -> None:
    clerk.filed()
    clerk.item(w.SHEEP, 4).rename(clerk.review / "会议记录")


@act(on_page("待核 1 项：第4项", "04 2024-11-02 石坝镇青杠村会议记录.pdf"))
def an_items_folder_renamed(clerk: Clerk) -> None:
    clerk.filed()
    clerk.item(w.SHEEP, 4).rename(clerk.folder(w.SHEEP) / "04 我们的会议")


@act(on_page("缺件"), on_page("项目不符", "没有写 CS-2020-0003", of=w.FISH), in_recent("请看一看"))
def an_items_folder_dragged_into_another_project(clerk: Clerk) -> None:
    clerk.filed()
    clerk.item(w.SHEEP, 4).rename(clerk.folder(w.FISH) / "04 拖来的")


@pytest.mark.parametrize("folder", ["review", "rejected"])
def test_with_a_register_of_people_a_folder_only_files_and_what_was_dragged_away_is_put_back_and_told(
    clerk: Clerk, folder: str
) -> None:
    path = clerk.filed()
    registered(clerk.opened, *EVERYBODY)
    path.rename(getattr(clerk, folder) / "拖走.pdf")
    w.ingest(clerk.opened)
    (row,) = w.documents(clerk.opened)

    assert (row["status"], path.exists()) == ("filed", True)
    assert "已放回原处" in clerk.recent()
    assert "经办人" in clerk.recent()
    assert clerk.states()[4] == "待核"
    assert w.disagreements(clerk.opened) == []


def test_with_a_register_of_people_what_waits_is_not_thrown_away_by_hand_and_that_is_told(
    clerk: Clerk,
) -> None:
    path = waits(clerk)
    registered(clerk.opened, *EVERYBODY)
    path.unlink()
    w.ingest(clerk.opened)

    assert path.exists()
    assert "从“待确认”删除或移走了，已放回" in clerk.notes(clerk.review)
    assert "已放回：有人员名册时" in clerk.recent()
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


# -- who it was ------------------------------------------------------------------------------------------------------


def nameless(opened: Workspace) -> Workspace:
    """The workspace as a service runs it: nobody is named, and the system's user is root."""
    return replace(opened, actor=replace(opened.actor, name="root", user="root"))


def deciders(opened: Workspace) -> set[str]:
    return {
        name for (name,) in w.rows(opened, "SELECT decided_by FROM documents WHERE decided_by IS NOT NULL")
    }


@pytest.mark.parametrize(
    ("owner", "told", "said"),
    [(None, "文件夹", "有人"), ("zhangsan", "zhangsan（文件夹）", "由 zhangsan（文件夹） ")],
)
def test_who_put_it_there_is_whose_the_file_is_or_the_folder_and_never_the_softwares_account(
    clerk: Clerk, owner: str | None, told: str, said: str
) -> None:
    waits(clerk)
    service = nameless(clerk.opened)
    with patch.object(hands, "person_who_owns", lambda path: owner):
        (clerk.review / "扫描件.pdf").rename(clerk.item(w.SHEEP, 4) / "拖的.pdf")
        clerk.drop(clerk.item(w.SHEEP, 5), w.minutes(w.SHEEP))
        w.ingest(service)
    path = next(clerk.item(w.SHEEP, 5).iterdir())

    assert deciders(service) == {told}
    assert f"（{said}确认）" in clerk.recent()
    with patch.object(hands, "person_who_owns", lambda path: owner):
        path.rename(clerk.review / path.name)
        w.ingest(service)

    assert f"{said}从“项目档案" in clerk.notes(clerk.review)
    assert "root" not in clerk.everything()
    assert "root" not in {name for (name,) in w.rows(service, "SELECT actor FROM events WHERE seq > 20")}
    assert w.disagreements(service) == []


def test_a_watcher_names_nobody_either_and_hears_of_a_register_that_was_made_meanwhile(clerk: Clerk) -> None:
    service, stopper = nameless(clerk.opened), Stopper()
    running = threading.Thread(
        target=keep_watch,
        args=(service, stopper, lambda batch: None, lambda words: None),
        kwargs={"reader": w.TextReader()},
        daemon=True,
    )
    running.start()
    try:
        clerk.drop(clerk.item(w.SHEEP, 5), w.minutes(w.SHEEP))
        until(lambda: deciders(service) == {"文件夹"})
        with clerk.opened.locked("people import", LONG):
            registered(clerk.opened, *EVERYBODY)
        path = next(clerk.item(w.SHEEP, 5).iterdir())
        path.rename(clerk.review / path.name)
        until(path.exists)
        until(lambda: "已放回原处" in clerk.recent())
    finally:
        stopper.stop()
        running.join()


def test_an_owner_with_an_account_in_the_register_is_told_by_name_and_may_file_and_nothing_else(
    clerk: Clerk,
) -> None:
    registered(clerk.opened, *EVERYBODY, replace(VILLAGER, name="张某", account="zhangsan"))
    with patch.object(hands, "person_who_owns", lambda path: "zhangsan"):
        clerk.drop(clerk.item(w.SHEEP, 5), w.minutes(w.SHEEP))
        w.ingest(nameless(clerk.opened))
    (detail,) = w.rows(clerk.opened, "SELECT reasons FROM documents")

    assert deciders(clerk.opened) == {"张某（文件夹）"}
    assert "由 张某（文件夹） 放入归档文件夹" in detail[0]


# -- all of them -----------------------------------------------------------------------------------------------------


SOON = 2
"""Passes within which an act is answered: a watcher makes the second by itself."""


def missing_words(clerk: Clerk, answers: Iterable[Answer]) -> list[str]:
    return [word for answer in answers for word in answer.words if word not in answer.where(clerk)]


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_answered_where_the_clerk_looks(clerk: Clerk, name: str) -> None:
    ACTS[name].do(clerk)
    for _ in range(SOON):
        w.ingest(clerk.opened)
        if not missing_words(clerk, ACTS[name].answers):
            break

    assert missing_words(clerk, ACTS[name].answers) == []
    assert re.findall(r"archivist [a-z]+", clerk.everything()) == []
    assert "请联系管理本软件的人" in clerk.recent()
