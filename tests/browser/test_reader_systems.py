"""Each of the 22 systems of the source documents has a page in the demo city, with something a reader can check.

Figures are those that the documents say: 5,497,201 is the sum of annex 1 of the circular of March 2023, 4,447 and
25,232 are told in its text, 20 is the sample of December 2023, 100 is the sum of the weights of the 16 indicators.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from published import PublishedSite
from readers import OpenReader

SYSTEMS = {
    "1 双公示": ("notices/", "信用公示", "行政处罚"),
    "2 八公示": ("statistics/coverage/", "“十公示”行政管理信息归集情况", "5,497,201"),
    "3 月度通报": ("bulletins/2023-12/", "关于2023年12月份全市", "11455条"),
    "4 瞒报抽查": ("statistics/sampling/", "“双公示”瞒报抽查", "20"),
    "5 红黑名单": ("notices/serious-discredit/", "严重失信主体名单", "拖欠农民工工资失信联合惩戒对象"),
    "6 信用承诺": ("notices/commitment/", "信用承诺", "全部履行"),
    "7 信用修复": ("services/repair/", "信用修复指南", "信用修复管理办法"),
    "8 异议": ("services/objection/", "异议申诉指南", "5个工作日"),
    "9 信用查询": ("subject/?code={code}", "{name}", "行政管理"),
    "10 信用评价": ("statistics/evaluation/", "信用评价结果报送情况", "4,447"),
    "10 分级分类监管": ("statistics/graded/", "信用分级分类监管覆盖领域", "16个以上"),
    "11 联合奖惩": ("cases/joint/", "典型案例：联合奖惩", "联合奖惩"),
    "12 信易贷": ("statistics/financing/", "“信易贷”平台注册企业", "25,232"),
    "13 信易+": ("scenes/", "信易+", "社区"),
    "14 政务诚信": ("integrity/", "政务诚信", "政务诚信"),
    "15 统一社会信用代码重错码": ("statistics/codes/", "统一社会信用代码质量", "一码多名"),
    "16 诚信宣传": ("news/promotion/", "信用动态：诚信宣传", "鲁山县"),
    "17 政策法规": ("policies/", "政策法规", "发改办财金〔2018〕424号"),
    "18 典型案例": ("cases/practice/", "典型案例：创新做法", "修复告知书"),
    "19 舆情、重大失信事件": ("events/", "信用事件", "重大失信事件"),
    "20 特定信用信息": ("statistics/specific/", "特定信用信息归集情况", "公积金"),
    "21 监测指标": ("statistics/indicators/", "监测指标", "满分100分"),
    "22 市场准入、征信字样、金融风险": ("events/access/", "信用事件：市场准入负面清单", "市场准入"),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_system_of_the_source_documents_has_its_page(
    system: str, open_reader: OpenReader, site: PublishedSite
) -> None:
    address, heading, said = SYSTEMS[system]
    licence = next(notice for notice in site.of_kind("licence") if notice.code.startswith("91"))
    reader = open_reader()
    reader.goto(address.format(code=licence.code))
    expect(reader.get_by_role("heading", level=1)).to_contain_text(heading.format(name=licence.subject))
    expect(reader.locator("main")).to_contain_text(said)
