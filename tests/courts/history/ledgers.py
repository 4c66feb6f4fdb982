"""An old ledger, made row by row: everything about a case in one line."""

from tests.courts.court_sheets import as_bytes, workbook

HEADERS = [
    "序号", "案号", "被告", "原告", "案由", "立案日期", "开庭日期", "负责人是否出庭", "出庭人", "职务", "职级",
    "裁判日期", "裁判结果", "是否败诉", "生效日期", "一审案号", "履行情况", "备注",
]  # fmt: skip
POLICE, GOVERNMENT = "滨城区公安局", "滨城区人民政府"
COUNTY, CITY = "（2024）鲁1602行初{}号", "（2024）鲁16行终{}号"


def line(number, agency=POLICE, **told):
    """A row of the ledger under HEADERS."""
    said = {"案号": number, "被告": agency} | told
    return [said.get(name) for name in HEADERS]


def ledger(*rows, headers=HEADERS, title="2024年行政应诉台账"):
    return workbook(**{title: [headers, *rows]})


def year_2024():
    """Twelve rows of 2024 in the county's court and in that of the city; two of them cannot be read."""
    return [
        line(COUNTY.format(1), 原告="张三", 案由="行政处罚", 立案日期="2024-01-08", 开庭日期="2024-03-05",
             负责人是否出庭="是", 出庭人="李某", 职务="副局长", 职级="副职", 裁判日期="2024-04-10",
             裁判结果="判决驳回原告诉讼请求", 是否败诉="否", 生效日期="2024-04-26"),
        line(COUNTY.format(2), 立案日期="2024-01-10", 开庭日期="2024-03-06", 负责人是否出庭="否", 出庭人="王某",
             职务="法制科科长", 裁判日期="2024-04-11", 裁判结果="判决撤销被诉行政行为", 是否败诉="败诉"),
        line(COUNTY.format(3), GOVERNMENT, 开庭日期="2024.5.8", 负责人是否出庭="是", 出庭人="赵某", 职务="区长",
             职级="正职", 裁判日期="2024.6.3", 裁判结果="判决被告限期履行法定职责", 是否败诉="是",
             生效日期="2024.6.20", 履行情况="已履行"),
        line(COUNTY.format(4), 开庭日期="3月20日", 负责人是否出庭="出庭", 出庭人="孙某", 裁判结果="审理中"),
        line(COUNTY.format(5), 立案日期="2024-11-20"),
        line(COUNTY.format(6), 开庭日期="未开庭", 裁判日期="2024-02-02", 裁判结果="裁定准许撤诉", 是否败诉="否"),
        line(COUNTY.format(7), 开庭日期="2024-07-02", 负责人是否出庭="是", 裁判日期="2024-08-01",
             裁判结果="确认违法", 是否败诉="是", 履行情况="未履行"),
        line(CITY.format(11), 一审案号=COUNTY.format(2), 裁判日期="2024-07-15", 裁判结果="驳回上诉，维持原判",
             生效日期="2024-07-20"),
        line(CITY.format(12), GOVERNMENT, 开庭日期="2024-09-10", 负责人是否出庭="否"),
        line("（2015）滨中行终字第129号", 开庭日期="2015-06-01", 负责人是否出庭="是", 裁判日期="2015-07-01",
             裁判结果="驳回上诉，维持原判"),
        line(COUNTY.format(8), 开庭日期="2024-02-30", 负责人是否出庭="是"),
        line(COUNTY.format(9), "滨城区水产局", 开庭日期="2024-04-04", 负责人是否出庭="是"),
    ]  # fmt: skip


def content(*rows, **how):
    return as_bytes(ledger(*rows, **how))
