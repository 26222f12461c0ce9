"""Papers that turn up in the inbox and belong to no project: a notice, an invoice, other minutes."""

from __future__ import annotations

from .blocks import Block, Cell, Grid, Names, Paper, RedHead, Signed, Text, paragraphs

_FIRE = """
各村（社区）、镇属各部门：
进入冬季以来，气温下降、风干物燥，森林火险等级持续升高。为切实做好今冬明春森林防灭火工作，现将有关事项通知如下：
一、压实防火责任
各村（社区）主要负责人为第一责任人，划定网格，落实护林员巡山护林制度，每日在岗在位。
二、严控野外火源
严禁在林区及林缘烧秸秆、烧田坎、烧纸祭祀。对违规用火的，依法依规严肃处理。
三、强化宣传引导
通过院坝会、大喇叭等方式开展宣传。
"""
_SAFETY = """
2024年11月25日，贺晓东在镇机关三楼会议室主持召开珠溪镇人民政府安全生产专题会议，研究部署岁末年初安全生产工作。现将会议议定事项纪要如下：
会议听取了镇应急办关于今年以来安全生产情况的汇报。会议认为，全镇形势总体平稳，但道路交通、自建房、燃气等领域仍有隐患。
会议议定：
一、由镇应急办牵头，12月10日前完成“九小”场所拉网式排查。
二、由镇交巡警中队对农村赶场天车辆超员开展专项整治。
三、由各村（社区）对独居老人用电用气安全逐户入户检查。
四、所需经费由镇财政办统筹安排。
出席：贺晓东、覃立新、申学军、甘霖
列席：各村（社区）主要负责人
"""
_SELLER = """名称：大足区兴旺饲料经营部
纳税人识别号：92500111MA00000000
地址、电话：大足区龙水镇五金路  023-81000099"""
_CLEAN = """
会议名称：石梯村党员大会
时间：2024年11月6日
地点：村党群服务中心
主持人：甘泉    记录人：单小雨
应到：32人    实到：28人
议题：研究农村人居环境整治“积分制”管理办法
甘泉：人居环境整治的积分制试行三个月了，今天把办法定下来。
单小雨：共收集意见11条，主要是积分兑换的标准和公示的周期。
表决情况：同意28人，反对0人，弃权0人。
决议：通过《石梯村人居环境积分管理办法》，自12月1日起实行。
散会。
"""


def fire_notice() -> Paper:
    """Return a notice about forest fires."""
    blocks: list[Block] = [
        RedHead("大足区铁山镇人民政府文件", "铁山府发〔2024〕58号", "", ""),
        Text("关于做好今冬明春森林防灭火工作的通知", "form"),
        *[
            Text(b.text, "flush" if b.text.startswith("各村（社区）、镇属") else b.style)
            for b in paragraphs(_FIRE)
        ],
        Signed("大足区铁山镇人民政府", "2024年11月28日", "重庆市大足区铁山镇人民政府"),
    ]
    return Paper(tuple(blocks), title="通知", page_numbers=False)


def safety_minutes() -> Paper:
    """Return minutes of a township that has a project, about another matter."""
    head = RedHead("珠溪镇人民政府专题会议纪要", "〔2024〕31号", "珠溪镇党政办公室", "2024年11月25日")
    blocks: list[Block] = [head, Text("岁末年初安全生产工作会议纪要", "form"), *paragraphs(_SAFETY, "text")]
    return Paper(tuple(blocks), title="安全生产会议纪要")


def clean_record() -> Paper:
    """Return a village record about another matter."""
    blocks: list[Block] = [Text("石梯村会议记录", "title"), *paragraphs(_CLEAN, "flush")]
    blocks.append(Names(("甘泉", "单小雨", "蓝天云", "柯美华"), 4))
    return Paper(tuple(blocks), title="石梯村会议记录", size=15)


def invoice() -> Paper:
    """Return something that looks like an invoice for fodder."""
    head = ("货物或应税劳务名称", "规格型号", "单位", "数量", "单价", "金额")
    rows = [
        head,
        ("*饲料*育肥羊配合饲料", "40kg/袋", "袋", "30", "118.00", "3540.00"),
        ("*饲料*预混料", "20kg/袋", "袋", "8", "96.50", "772.00"),
    ]
    widths = (52.0, 24.0, 16.0, 18.0, 22.0, 24.0)
    cells = [Cell(r, c, text, align="center") for r, row in enumerate(rows) for c, text in enumerate(row)]
    cells += [
        Cell(3, 0, "价税合计（大写）", align="center"),
        Cell(3, 1, "肆仟叁佰壹拾贰元整    （小写）¥4312.00", cols=5),
    ]
    cells += [
        Cell(4, 0, "销售方", align="center"),
        Cell(
            4,
            1,
            _SELLER,
            cols=5,
        ),
    ]
    blocks: list[Block] = [
        Text("重庆增值税普通发票", "form"),
        Text("发票代码：050001900104    发票号码：00000321    开票日期：2024年12月03日", "note"),
        Text("购买方名称：重庆市大足区坪上养殖专业合作社", "note"),
        Grid(widths, (12, 11, 11, 12, 26), tuple(cells), 10.5),
        Text("收款人：简红    复核：乐平    开票人：简红    销售方：（章）", "note"),
        Signed("大足区兴旺饲料经营部", "发票专用章", "大足区兴旺饲料经营部"),
    ]
    return Paper(tuple(blocks), title="发票", size=11, page_numbers=False)
