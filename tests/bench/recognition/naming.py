"""File names as people and machines give them: mostly saying nothing, sometimes saying what is wrong."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.bench.recognition.world import Project, World
from tests.bench.recognition.writing import Document

LABELS = {
    1: ["摸底调查表", "调查表", "摸底表"],
    2: ["评估报告", "核查评估", "核查情况"],
    3: ["合同", "协议书", "协议"],
    4: ["会议记录", "村会议记录", "村民代表会"],
    5: ["镇会议纪要", "党委会纪要", "会议纪要"],
    6: ["部门纪要", "会议纪要", "区级部门会议纪要"],
    7: ["区政府专题会纪要", "专题会议纪要"],
    8: ["其他材料", "处置资料", "附件"],
}
TEMPTING = ["会议记录", "合同", "调查表", "评估报告"]


class Namer:
    """Gives every file of one corpus its own name."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world, self.random = world, chance
        self.number = chance.randint(10, 400)
        self.used: set[str] = set()

    def name(self, document: Document, ending: str, project: Project | None, misleading: str = "") -> str:
        """A new relative path. ``misleading``: "", "item" or "project"."""
        if misleading and project and document.item:
            base = self._misleading(document.item, project, misleading)
        else:
            base = self._base(document, ending, project)
        return self.unique(self._folder(project), base, ending)

    def unique(self, folder: str, base: str, ending: str) -> str:
        """The path, with what people add when it is taken."""
        while f"{folder}{base}.{ending}" in self.used:
            base += self.random.choice(["(1)", "_2", "-副本", "a"])
        self.used.add(f"{folder}{base}.{ending}")
        return f"{folder}{base}.{ending}"

    def _base(self, document: Document, ending: str, project: Project | None) -> str:
        chance = self.random
        self.number += chance.randint(1, 3)
        last = max(document.accepted, default=self.world.targets[0].dates[7])
        day = last + timedelta(days=chance.randint(1, 40))
        if project and document.item and ending != "jpg" and chance.random() < 0.4:
            place = [
                project.village,
                project.town + project.village,
                project.village + project.product,
                project.town,
            ]
            return chance.choice(place) + chance.choice(LABELS[document.item])
        stamp = (
            f"{day:%Y%m%d}_{chance.randint(8, 17):02d}{chance.randint(0, 59):02d}{chance.randint(0, 59):02d}"
        )
        return self._by_machine(stamp, day, ending)

    def _by_machine(self, stamp: str, day: date, ending: str) -> str:
        short, number = stamp.replace("_", ""), self.number
        if ending == "jpg":
            known = [
                f"IMG_{stamp}",
                f"微信图片_{short}",
                f"mmexport17{self.random.randint(10**10, 10**11 - 1)}",
            ]
        else:
            known = [
                f"扫描件{number:04d}",
                f"扫描{number}",
                f"SKM_C308{short[2:]}",
                f"CamScanner {day:%m-%d-%Y} {self.random.randint(8, 17)}.{self.random.randint(10, 59)}",
                f"新建文档 {number}",
                stamp,
                f"DOC{number:05d}",
            ]
        return self.random.choice(known)

    def _misleading(self, item: int, project: Project, kind: str) -> str:
        """A name that says another item, or another project (its twin, if it has one)."""
        if kind == "item":
            other = self.random.choice([known for known in LABELS if known != item])
            return f"{project.village}{project.product}项目{LABELS[other][0]}"
        others = [known for known in self.world.projects if known is not project]
        twins = [known for known in others if project.twins and known.twins == project.twins]
        near = twins or [known for known in others if known.town == project.town]
        return f"{self.random.choice(near).name}{LABELS[item][0]}"

    def _folder(self, project: Project | None) -> str:
        named = f"{project.town}/" if project else ""
        deep = f"{project.town}/{project.village}材料/" if project else "其他/"
        return self.random.choice(["", "", "", "", named, "2024年12月报送/", deep, "微信接收文件/"])
