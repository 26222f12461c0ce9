"""What was done (经办), as the log of events has it, in plain words; and from where."""

from __future__ import annotations

from collections.abc import Mapping

ACTS: Mapping[str, str] = {
    "received": "收到文件",
    "identified": "识别",
    "unpacked": "解开压缩包",
    "refused": "退回（不能用的文件）",
    "duplicate": "认出重复文件",
    "placed": "归到位",
    "joined": "合成一份",
    "went on": "续收没有写完的文件",
    "combined": "留存合并扫描件",
    "read again": "重新识读",
    "version noticed": "发现不同版本",
    "superseded": "改以完整的一份为准",
    "renamed": "改文件名",
    "restored": "放回原处",
    "assigned": "指定项目和归档内容",
    "put back": "放回原处（人的决定）",
    "taken back": "拿回待确认",
    "dismissed": "从待确认移走",
    "rejected": "退回",
    "undone": "撤销决定",
    "described": "登记日期、原件或复印件",
    "version": "指定以哪一份为准",
    "withdrawn": "撤掉分出的材料",
    "waived": "定为免交",
    "waiver withdrawn": "撤回免交",
    "overridden": "负责人核定",
    "override withdrawn": "撤回核定",
    "proposed": "提请销号",
    "proposal withdrawn": "撤回提请",
    "proposal lapsed": "提请失效",
    "deregistered": "销号",
    "reopened": "重新打开",
    "register": "导入台账",
    "renumbered": "项目换编号",
    "merged": "项目并入",
    "divided": "项目拆分",
    "retired": "移出台账",
    "township changed": "镇街变更",
    "separated": "登记为另一个项目",
    "corrected": "更正台账",
    "register undone": "撤销台账变更",
    "people": "导入人员名册",
    "folder": "项目文件夹变更",
    "altered": "发现归档文件被改动",
    "gone": "发现归档文件不见了",
    "intact": "归档文件恢复原样",
    "repaired": "放回归档文件",
    "healed": "修复原件",
    "fixity": "核验发现问题",
    "verified": "核验",
    "verified by hand": "登记四性人工核验",
    "verification withdrawn": "撤回四性人工核验",
    "numbered": "编档号",
    "number withdrawn": "停用档号",
    "exported": "导出移交包",
    "dossier": "登记项目底册",
    "digests": "补记校验值",
    "anchored": "留存日志末端",
    "backup": "备份",
    "recovered": "从文件夹找回记录",
    "reindexed": "重建索引",
    "noticed": "记下处理不了的事",
    "bookkeeping": "补记",
}
"""By the event's act (`Events`)."""

PLACES: Mapping[str, str] = {
    "cli": "命令",
    "ingest": "处理一遍",
    "watch": "值守",
    "folder": "文件夹",
    "demo": "演示",
    "test": "测试",
}
"""By the place an event was told from."""


def act_word(act: str) -> str:
    """What an act is called; one that nobody named keeps its own name, marked as such."""
    return ACTS.get(act) or f"其他（{act}）"


def place_word(place: str) -> str:
    """Where from; one that nobody named stands as it is."""
    return PLACES.get(place, place)
