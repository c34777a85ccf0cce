"""The disclosure itself: body, year, phase, date, and the figures of its text."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from extract.narrative.absences import absences
from extract.narrative.changes import changes
from extract.narrative.document_fact import document_fact
from extract.narrative.document_references import document_references
from extract.narrative.projects import projects
from extract.narrative.stated_figures import figures
from extract.outline import outline
from extract.plain_text import read_text
from ontology.fact_json import as_json
from ontology.facts import DocumentFact, Finding

CONTENTS = ("目录", "第一部分 部门概况", "第一部分 部门概况")


def fact_of(*lines: str) -> DocumentFact:
    document = read_text(Path("a.txt"), "\n".join(lines).encode())
    return document_fact(document, outline(document))


@pytest.mark.parametrize(
    ("cover", "title", "agency", "year", "phase", "level"),
    [
        (("2026 年奇台县某局", "部门预算公开"), "2026年奇台县某局部门预算公开", "奇台县某局", 2026, "预算", "部门"),
        (("奇台县某局", "2024 年单位预算公开"), "奇台县某局2024年单位预算公开", "奇台县某局", 2024, "预算", "单位"),
        (("江苏省某厅2019年度部门预算公开",), "江苏省某厅2019年度部门预算公开", "江苏省某厅", 2019, "预算", "部门"),
        (("上海市某局2024年度部门决算",), "上海市某局2024年度部门决算", "上海市某局", 2024, "决算", "部门"),
        *(
            ((f"奇台县某局2024年部门{words}",), f"奇台县某局2024年部门{words}", "奇台县某局", 2024, "预算", "部门")
            for words in ("预算及三公经费预算情况说明", "预算（含“三公”经费预算）", "预算编制说明", "综合预算公开报告")
        ),
    ],
)
def test_the_cover_gives_body_year_and_phase(
    cover: tuple[str, ...], title: str, agency: str, year: int, phase: str, level: str
) -> None:
    fact = fact_of(*cover, *CONTENTS)
    assert (fact.title, fact.agency, fact.year, fact.phase, fact.level) == (title, agency, year, phase, level)


@pytest.mark.parametrize("number", ["公开01表", "公开15-1表", "表3", "财公开02表"])
def test_the_number_of_a_table_on_the_line_of_the_body_is_none_of_its_name(number: str) -> None:
    fact = fact_of("监督索引号53000000000000000", "某州某局", "2024年度部门决算", *CONTENTS, f"部门：某州某局 {number}")
    assert (fact.title, fact.agency) == ("某州某局2024年度部门决算", "某州某局")


def test_a_title_that_is_worded_like_a_heading_gives_them() -> None:
    fact = fact_of("奇台县某局2024年部门预算编制说明", "一、部门职责", "负责某事。")
    assert (fact.agency, fact.year, fact.phase) == ("奇台县某局", 2024, "预算")


def test_without_a_cover_the_tables_and_headings_give_them() -> None:
    fact = fact_of(
        "第一部分 2025年单位概况",
        "第二部分 2025年单位预算公开表",
        "表 1",
        "单位收支总体情况表",
        "编制单位：奇台县某局 单位：万元",
    )
    assert (fact.title, fact.agency, fact.year, fact.phase) == (None, "奇台县某局", 2025, "预算")
    assert (fact.level, fact.division, fact.unit) == ("单位", "奇台县", "万元")


@pytest.mark.parametrize(("last", "year"), [("2026年", 2026), ("2025年", 2025), ("", 2025)])
def test_a_year_on_the_cover_that_no_heading_has_is_outweighed_by_three(last: str, year: int) -> None:
    tables = ("收支总体情况表", "收入总体情况表", f"{last}部门支出总体情况表")
    headed = (f"{'' if at == 2 else '2026年部门'}{table}" for at, table in enumerate(tables))
    assert fact_of("奇台县某局2025年部门预算公开", *CONTENTS, *headed).year == year


@pytest.mark.parametrize(
    ("years", "year"),
    [
        ((2026, 2026, 2026, 2026, 2026), 2026),
        ((2026, 2026, 2026, 2026), 2025),
        ((2026, 2026, 2026, 2026, 2026, 2025), 2025),  # as often as the title and once more
    ],
)
def test_a_year_on_the_cover_is_outweighed_by_set_phrases(years: tuple[int, ...], year: int) -> None:
    phrases = ("收入支出总计5万元，与2025年度收入支出总计相比持平", "政府采购金额5万元", "机关运行经费支出5万元")
    said = (f"某局{one}年度{phrases[at % len(phrases)]}。" for at, one in enumerate(years))
    assert fact_of("奇台县某局2025年部门决算", *CONTENTS, "一、收入支出决算总体情况说明", *said).year == year


@pytest.mark.parametrize(
    ("over_the_tables", "agency", "level"),
    [("阿图什市某局本级", "阿图什市某局本级", "单位"), ("奇台县某局", "阿图什市某局", "部门")],
)
def test_tables_of_a_body_of_another_place_do_not_outweigh_the_cover(
    over_the_tables: str, agency: str, level: str
) -> None:
    fact = fact_of("2026年阿图什市某局部门预算公开", *CONTENTS, f"编制单位：{over_the_tables} 单位：万元")
    assert (fact.agency, fact.division, fact.level) == (agency, "阿图什市", level)


@pytest.mark.parametrize(
    ("titled", "over_the_tables", "agency"),
    [
        ("上海市普陀区某某管理行政执法局", "普陀区某某管理行政执法局", "上海市普陀区某某管理行政执法局"),
        ("上海市普陀区某某管理局", "普陀区某某管理行政执法局", "上海市普陀区某某管理行政执法局"),
        ("某某管理行政执法局", "上海市普陀区某某管理行政执法局", "上海市普陀区某某管理行政执法局"),
    ],
)
def test_a_place_that_one_print_has_before_the_name_is_the_bodys(
    titled: str, over_the_tables: str, agency: str
) -> None:
    fact = fact_of(f"{titled}2026年部门预算", *CONTENTS, *[f"编制部门：{over_the_tables} 单位：万元"] * 2)
    assert (fact.agency, fact.division) == (agency, "普陀区")


@pytest.mark.parametrize(
    ("titled", "agency"),
    [
        ("上海市普陀区人民政府某街道办事处", "上海市普陀区人民政府某路街道办事处"),
        ("上海市普陀区财政局", "上海市普陀区财政局"),  # not like it
        ("上海市普陀区人民政府另一街道办事处", "上海市普陀区人民政府另一街道办事处"),  # it stands in the text, too
    ],
)
def test_a_name_that_the_cover_alone_has_yields_to_that_of_two_headings(titled: str, agency: str) -> None:
    name = "上海市普陀区人民政府某路街道办事处"
    headed = (f"第{part}部分 {name}2025年度部门决算{what}" for part, what in (("二", "表"), ("三", "情况说明")))
    fact = fact_of(f"{titled}2025年度部门决算", *CONTENTS, *headed, "由上海市普陀区人民政府另一街道办事处组织。")
    assert fact.agency == agency


def test_the_body_that_signs_is_the_last_resort() -> None:
    fact = fact_of("第四部分 名词解释", "一、财政拨款：指拨款。", "奇台县某局", "2025 年 02 月 10 日")
    assert (fact.agency, fact.published) == ("奇台县某局", "2025-02-10")


def test_what_is_not_printed_is_none() -> None:
    fact = fact_of("一些文字")
    values = as_json(fact)
    assert {name for name, value in values.items() if value is not None} == {"fact", "source", "grade"}


@pytest.mark.parametrize(
    ("printed", "published"),
    [("2025年2月14日", "2025-02-14"), ("2025年13月14日", None), ("截至2025年2月14日", None)],
)
def test_published_is_a_date_that_stands_alone_at_the_end(printed: str, published: str | None) -> None:
    assert fact_of("奇台县某局", printed).published == published


def test_staff_has_signs_where_the_text_says_fewer() -> None:
    fact = fact_of(
        "二、机构设置及人员情况",
        "某局编制数 30，实有人数 81 人，其中：在职",
        "29人，减少 3 人；退休 50人，增加 4 人；离休 2 人，增加 0人。",
    )
    assert fact.staff == {
        "编制": "30",
        "实有": "81",
        "在职": "29",
        "在职增减": "-3",
        "退休": "50",
        "退休增减": "4",
        "离休": "2",
        "离休增减": "0",
    }


def test_procurement_and_assets_are_read_by_name() -> None:
    fact = fact_of(
        "（二）政府采购情况",
        "某局政府采购预算1,287.95万元，其中：政府采购货物预算3.18万元，政府采购工程预算0万元，政府采购服务预算",
        "281.77万元。面向中小企业预留政府采购项目预算金额287.95万元，其中：小微企业预留政府采购项目预算金额7.00万元。",
        "（三）国有资产占用使用情况",
        "截至2024年底，1.房屋1,300.73平方米，价值700.94万元。2.车辆3辆，价值51.46万元；其中：一般公务用车0辆，",
        "价值0.00万元；其他车辆3辆，价值51.46万元。部门价值50万元以上大型设备1套。",
        "未安排购置车辆经费，安排购置50万元以上大型设备0台。",
    )
    assert fact.procurement == {
        "合计": "1287.95",
        "货物": "3.18",
        "工程": "0",
        "服务": "281.77",
        "面向中小企业预留": "287.95",
        "小微企业预留": "7.00",
    }
    assert fact.assets == {
        "截至": "2024年底",
        "房屋面积平方米": "1300.73",
        "房屋价值万元": "700.94",
        "车辆数": "3",
        "车辆价值万元": "51.46",
        "一般公务用车数": "0",
        "一般公务用车价值万元": "0.00",
        "其他车辆数": "3",
        "其他车辆价值万元": "51.46",
        "大型设备50万元以上": "1",
        "购置大型设备50万元以上": "0",
        "购置车辆经费": "未安排",
    }


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("政府采购安排985.00万元，其中：货物类采购预算198.70万元。", {"合计": "985.00", "货物": "198.70"}),
        ("政府采购预算120.5万元，其中：拟购买服务100万元。", {"合计": "120.5", "服务": "100"}),
        ("政府采购支出总额80.00万元，比上年政府采购支出90.00万元减少10.00万元。", {"合计": "80.00"}),
        ("面向中小企业预留政府采购份额640.00万元，预留小微企业采购预算30万元。", {"面向中小企业预留": "640.00"}),
        ("政府购买服务支出50.00万元。", None),
    ],
)  # fmt: skip
def test_procurement_is_read_as_provinces_word_it(text: str, read: dict[str, str] | None) -> None:
    assert fact_of("（二）政府采购情况", text).procurement == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("核定编制58人（其中：行政编制22人，工勤编制3人）。", {"编制": "58", "行政编制": "22"}),
        ("年末实有人员编制80人，其中：行政编制38人（含行政工勤编制2人）。", {"编制": "80", "行政编制": "38"}),
        ("负责编制2026年部门预算。车辆编制6辆，在编实有行政人员36人。", None),
        ("尚未移交的离退休人员0人（退休0人）；由基金发放养老金的46人（退休46人）。", {"离退休": "0"}),
        ("在职职工112人，其中：行政在职40人，事业在职72人。", {"在职": "112"}),
        ("局机关在职18人；下属单位在职28人。", None),
        ("共有参照公务员管理编制数9名，事业编制3名。", {"事业编制": "3"}),
        ("编制人数42，其中：行政编制人数19、自收自支编制人数13人。", {"编制": "42"}),
    ],
)  # fmt: skip
def test_staff_is_that_of_the_whole_body_or_not_read(text: str, read: dict[str, str] | None) -> None:
    assert fact_of("二、机构设置及人员情况", text).staff == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("固定资产金额18632.47万元。2026年拟购置固定资产355.70万元。", {"固定资产万元": "18632.47"}),
        ("固定资产2684.30万元。处置车辆0辆，账面原值0.00万元。", {"固定资产万元": "2684.30"}),
        ("单位价值100万元以上专用设备1台。拟购置单位价值100万元以上专用设备3台。", {"专用设备100万元以上": "1"}),
        ("主要负责人用车1辆、离退休干部服务用车0辆。", {"主要负责人用车数": "1", "离退休干部用车数": "0"}),
    ],
)  # fmt: skip
def test_assets_are_those_that_the_body_has(text: str, read: dict[str, str]) -> None:
    assert fact_of("（三）国有资产占用使用情况", text).assets == read


def test_figures_of_which_the_whole_is_not_known_are_told() -> None:
    document = read_text(Path("a.txt"), "二、机构设置及人员情况\n局机关在职18人；下属单位在职28人。".encode())
    [told] = figures(document, outline(document))
    assert isinstance(told, Finding)
    assert told.message.endswith("(在职): 18、28")


@pytest.mark.parametrize("name", ["002", "004"])
def test_the_facts_of_real_disclosures_agree_with_those_found_by_hand(shared: Path, name: str) -> None:
    path = next((shared / "corpus/xinjiang").glob(f"{name}_*.txt"))
    document = read_text(path, path.read_bytes())
    fact = document_fact(document, outline(document))
    gold = json.loads((shared / f"gold/{name}.meta.json").read_text("utf-8"))
    for field in ("agency", "year", "phase", "level", "division"):
        assert getattr(fact, field) == gold[field]
    assert fact.procurement == {key: value for key, value in gold["procurement"].items() if key != "line"}
    staff = {key: str(value) for key, value in gold["staff"].items() if isinstance(value, int) and key != "line"}
    assert (fact.staff or {}) == staff
    assert fact.assets is not None
    for key, value in gold["assets"].items():
        if key in fact.assets and key != "购置车辆经费":
            assert Decimal(fact.assets[key]) == Decimal(str(value))
    assert fact.assets["一般公务用车价值万元"] == gold["assets"]["一般公务用车"]["价值"]


@pytest.mark.parametrize(
    ("name", "agency", "year", "published"),
    [
        ("000", "奇台县商务科技和工业信息化局", 2025, "2025-02-10"),
        ("001", "奇台县商务和工业信息化局", 2024, "2024-02-21"),
        ("002", "阿图什市商务科技和工业信息化局", 2026, "2026-03-30"),
        ("003", "昌吉回族自治州工业和信息化局", 2025, "2025-02-14"),
        ("004", "昌吉回族自治州科学技术局", 2025, "2025-02-14"),
    ],
)
def test_real_disclosures_say_whose_they_are_and_when_published(
    shared: Path, name: str, agency: str, year: int, published: str
) -> None:
    path = next((shared / "corpus/xinjiang").glob(f"{name}_*.txt"))
    document = read_text(path, path.read_bytes())
    fact = document_fact(document, outline(document))
    assert (fact.agency, fact.year, fact.published) == (agency, year, published)


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_no_fact_of_the_running_text_holds_a_personal_name_or_telephone_number(shared: Path, name: str) -> None:
    path = next((shared / "corpus/xinjiang").glob(f"{name}_*.txt"))
    text = path.read_text("utf-8")
    document = read_text(path, path.read_bytes())
    sections = outline(document)
    facts = (
        document_fact(document, sections),
        *projects(document, sections),
        *changes(document, sections),
        *document_references(document, sections),
        *absences(document, sections),
    )
    words = "\n".join(json.dumps(as_json(fact), ensure_ascii=False) for fact in facts)
    named = re.findall(r"(?:项目负责人|部门联系人)[ \t]+([\u4e00-\u9fff·]{2,20})", text)
    phones = re.findall(r"(?<![\d.])1\d{9,10}(?![\d.])", text)
    assert named or phones
    assert not [secret for secret in (*named, *phones, "项目负责人", "联系电话") if secret in words]
