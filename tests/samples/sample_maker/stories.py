"""What happened to each eliminated project: people, reasons, assets, debts, days. All invented."""

from __future__ import annotations

from dataclasses import dataclass, field

from .projects import BY_CODE, Row


@dataclass(frozen=True, slots=True)
class Story:
    """The facts the documents of one project are written from. Dates as printed."""

    code: str
    secretary: str
    clerk: str
    members: tuple[str, ...]
    chair: str
    """The township's head who chairs its meeting (镇长)."""
    officials: tuple[str, ...]
    legal: str
    """The operator's representative (法定代表人)."""
    start: str
    village_day: str
    village_form_day: str
    township_day: str
    township_form_day: str
    assessed: str
    form_day: str
    why: str
    assets: str
    debts: str
    wishes: str
    plan: str
    due: int
    present: int
    yes: int
    abstain: int
    goods: tuple[tuple[str, str, str, str, str], ...] = field(default=())
    """Asset list: name, unit, quantity, original value in 万元, state."""

    @property
    def row(self) -> Row:
        """The register's row."""
        return BY_CODE[self.code]

    @property
    def place(self) -> str:
        """Township and village."""
        return self.row.township + self.row.village

    @property
    def measures(self) -> str:
        """The proposal without its opening words: what is to be done."""
        return self.plan.partition("，")[2]

    @property
    def village_seal(self) -> str:
        """The words on the village committee's seal."""
        return f"大足区{self.place}民委员会"

    @property
    def township_seal(self) -> str:
        """The words on the township government's seal."""
        return f"重庆市大足区{self.row.township}人民政府"


GOAT = Story(
    code="DZ-2018-0017",
    secretary="唐守业",
    clerk="邓小琴",
    members=(
        "鲁兴贵",
        "唐先明",
        "黄世华",
        "曾永碧",
        "唐开福",
        "廖正群",
        "罗德芬",
        "蔡云清",
        "吴天禄",
        "唐国珍",
        "郑中秀",
        "冉启发",
    ),
    chair="贺晓东",
    officials=("覃立新", "申学军", "甘霖", "阮红梅"),
    legal="鲁兴贵",
    start="2018年5月20日",
    village_day="2024年11月11日",
    village_form_day="2024年11月12日",
    township_day="2024年11月18日",
    township_form_day="2024年11月19日",
    assessed="2024年12月5日",
    form_day="2024年12月9日",
    why="羊舍建在禁养区调整线以内，2022年起不再具备养殖条件；黑山羊市场价格连续两年低于成本，合作社技术力量不足，"
    "2021年冬季疫病死亡种羊61只，经营难以为继，2022年9月停产至今。",
    assets="现有羊舍2栋1260平方米、饲草加工棚180平方米、青贮池3口、铡草机等设备6台套，账面原值83.20万元，"
    "已登记在青杠岭村股份经济合作联合社名下；种羊已于2022年全部出栏。",
    debts="经营主体欠缴2021年、2022年土地流转费3.84万元，欠付饲料款1.20万元；无对外债权，无诉讼纠纷。",
    wishes="涉及流转土地的27户群众要求结清土地流转费并恢复耕种；经营主体要求退还剩余保证金2.00万元。",
    plan="建议认定为淘汰类，设备公开拍卖，羊舍拆除后恢复耕地，处置收入优先支付土地流转费，完成清算后销号退出。",
    due=45,
    present=39,
    yes=37,
    abstain=1,
    goods=(
        ("羊舍", "栋", "2", "58.60", "闲置，墙体开裂"),
        ("饲草加工棚", "平方米", "180", "9.80", "闲置"),
        ("青贮池", "口", "3", "6.30", "闲置"),
        ("铡草机等设备", "台套", "6", "8.50", "部分锈蚀"),
    ),
)
FUNGI = Story(
    code="DZ-2019-0042",
    secretary="谭德全",
    clerk="李春燕",
    members=(
        "谭正才",
        "胡昌秀",
        "谭明高",
        "龙文碧",
        "杨再兴",
        "谭德芳",
        "石万春",
        "聂光荣",
        "谭小平",
        "温国富",
    ),
    chair="游建明",
    officials=("骆春江", "丁玉兰", "汤继红", "莫长友"),
    legal="谢宗平",
    start="2019年3月18日",
    village_day="2024年11月10日",
    village_form_day="2024年11月10日",
    township_day="2024年11月15日",
    township_form_day="2024年11月18日",
    assessed="2024年12月3日",
    form_day="2024年12月13日",
    why="菌棒依靠外购，运输成本高；2021年8月连续强降雨造成大棚进水，菌种全部报废；引进的公司缺乏技术人员，"
    "产品没有稳定销路，2022年3月公司人员撤离，项目停摆。",
    assets="现有钢架大棚12个4320平方米、简易冷库1座、蒸汽锅炉1台、喷淋设施1套，账面原值60.10万元，"
    "权属归麻柳沟村集体，已完成确权登记。",
    debts="公司拖欠务工工资2.36万元（已由镇劳动监察部门督促付清）、土地流转费4.05万元；无其他债权债务纠纷。",
    wishes="流转户41户要求付清流转费并收回土地；村集体要求解除承包合同。",
    plan="建议认定为淘汰类，解除承包合同，大棚钢架和冷库设备公开转让，土地退还农户恢复种粮。",
    due=42,
    present=36,
    yes=36,
    abstain=0,
    goods=(
        ("钢架大棚", "个", "12", "38.40", "棚膜破损"),
        ("简易冷库", "座", "1", "11.50", "停用"),
        ("蒸汽锅炉", "台", "1", "5.60", "超过检验期"),
        ("喷淋设施", "套", "1", "4.60", "可用"),
    ),
)
PEPPER = Story(
    code="DZ-2017-0031",
    secretary="蒋朝富",
    clerk="殷丽",
    members=(
        "蒋中华",
        "古孝全",
        "蒋朝碧",
        "夏天明",
        "蒋兴旺",
        "舒国芬",
        "包长富",
        "蒋小容",
        "祝德明",
        "管光珍",
    ),
    chair="雷鸣远",
    officials=("明志刚", "苟利平", "华秀英", "欧阳林"),
    legal="古孝全",
    start="2017年4月6日",
    village_day="2024年11月13日",
    village_form_day="2024年11月14日",
    township_day="2024年11月20日",
    township_form_day="2024年11月21日",
    assessed="2024年12月6日",
    form_day="2024年12月11日",
    why="园区土层薄、无灌溉条件，2022年高温伏旱致花椒树枯死七成；花椒收购价由每斤9元跌至2.6元，采摘成本倒挂，"
    "合作社2023年起放弃管护，园地荒芜。",
    assets="现有花椒园320亩（成活约90亩）、作业便道1.8公里、蓄水池4口，账面原值51.00万元；花椒树属村集体，"
    "便道和蓄水池已登记为村集体公益性资产。",
    debts="合作社欠缴土地流转费6.40万元，欠化肥款0.75万元；未发现担保和诉讼。",
    wishes="流转户63户要求退地复耕；合作社要求免除2023年以后的流转费。",
    plan="建议认定为淘汰类，花椒园报损，土地退还农户复耕，便道和蓄水池由村集体继续使用。",
    due=51,
    present=44,
    yes=42,
    abstain=2,
)
RICE = Story(
    code="DZ-2020-0008",
    secretary="熊光明",
    clerk="沈佳",
    members=("熊大伦", "钟正碧", "熊光华", "陶永清", "熊小红", "裴国民", "熊仕英", "车明友"),
    chair="康立群",
    officials=("季文涛", "宁素芳", "洪光亮"),
    legal="熊大伦",
    start="2020年3月2日",
    village_day="2024年11月14日",
    village_form_day="2024年11月14日",
    township_day="2024年11月21日",
    township_form_day="2024年11月22日",
    assessed="2024年12月6日",
    form_day="2024年12月10日",
    why="二期田块位于河道行洪范围，2021年、2023年两次被洪水冲毁田埂和防逃设施，整治要求退出；"
    "论证时未征求水利部门意见，继续投入没有意义。",
    assets="二期现有防逃网2600米、进排水渠940米、增氧机8台，账面原值70.50万元，大部分已损毁；"
    "资产登记在柏杨湾村集体名下。与一期资产分别登记，互不交叉。",
    debts="二期欠付苗种款1.90万元，土地流转费已结清至2023年底；无诉讼纠纷。",
    wishes="流转户19户同意退地，要求平整田块；合作社要求保留增氧机用于一期。",
    plan="建议二期认定为淘汰类，退出行洪范围，增氧机调拨一期使用，其余资产报损，恢复种植水稻；一期继续按薄弱类升级。",
    due=38,
    present=31,
    yes=30,
    abstain=1,
)
OIL = Story(
    code="DZ-2018-0052",
    secretary="侯万里",
    clerk="陆瑶",
    members=("侯长青", "牟正芳", "侯国兵", "伍先进", "侯玉珍", "霍德林", "侯兴全", "危小兰"),
    chair="滕远志",
    officials=("容国强", "闵江", "褚晓娟"),
    legal="邬建设",
    start="2018年6月11日",
    village_day="2024年11月9日",
    village_form_day="2024年11月9日",
    township_day="2024年11月16日",
    township_form_day="2024年11月18日",
    assessed="2024年12月4日",
    form_day="2024年12月11日",
    why="加工车间设计年产能120吨，本地油茶籽年产不足15吨，原料严重不足；设备为浸出工艺，不符合现行食品生产许可要求，"
    "2020年11月停产，公司无力改造。",
    assets="现有车间860平方米、榨油生产线1条、储油罐4个，账面原值94.60万元；房屋未办理不动产登记，已纳入村集体资产台账。",
    debts="公司以设备抵押欠农商行贷款12.00万元，欠村集体固定分红5.84万元；无其他纠纷。",
    wishes="村集体要求收回车间并追缴分红；公司同意退出，要求以设备抵偿欠款。",
    plan="建议认定为淘汰类，先行清偿抵押贷款，设备公开拍卖，车间由村集体收回。",
    due=36,
    present=29,
    yes=28,
    abstain=1,
)
STORIES = (GOAT, FUNGI, PEPPER, RICE, OIL)
