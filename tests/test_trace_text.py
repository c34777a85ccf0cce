"""A trace as people read it: in the terminal, as a table, as a dossier."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

import caimai
from caimai.dossier import dossier_of
from caimai.trace_sources import Sources
from caimai.trace_table import table_of
from caimai.trace_text import print_trace
from caimai.words import say
from kg.places import Evidence
from queries.tracing.answer import Hop

CODE_WORDS = {"allocation", "carry_over", "derived", "stated", "candidate", "issue", "performance-form", "carried-over"}


def printed(store: Path, what: str, lang: str = "zh", width: int = 120) -> str:
    file = StringIO()
    print_trace(Console(file=file, width=width, highlight=False), caimai.trace(store, what), say(lang))
    return file.getvalue()


@pytest.mark.parametrize("what", ["克州润华纺织", "新增小升规企业数量", "2150204"])
def test_a_table_of_a_trace_is_in_words(example_store: Path, what: str) -> None:
    trace = caimai.trace(example_store, what)
    table = table_of(trace, say("zh"))
    assert len(table.rows) == sum(1 for _ in trace.hops()) + len(trace.candidates)
    assert all("一" <= heading[0] <= "龥" for heading in table.columns)
    assert not CODE_WORDS & {str(cell) for row in table.rows for cell in row}


def test_a_narrow_terminal_is_not_overrun(example_store: Path) -> None:
    from rich.cells import cell_len

    lines = printed(example_store, "招商引资经费", width=80).splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert not [line for line in lines if line != line.rstrip()]


def test_a_form_about_no_project_is_told_with_its_body_and_name(example_store: Path) -> None:
    told = printed(example_store, "阿图什市化工产业集聚区认定技术服务采购项目")
    assert "未能对到预算项目" in told
    assert "2026  阿图什市商务科技和工业信息化局  阿图什市化工产业集聚区认定技术服务采购项目  158.00 万元" in told
    dossier = dossier_of(caimai.trace(example_store, "新增小升规企业数量"), say("en"))
    assert "奇台县商务和工业信息化局 targets of the whole body" in dossier


def test_money_that_is_all_said_to_go_on_has_no_rest(example_store: Path) -> None:
    told = printed(example_store, "克州润华纺织")
    assert "全部写明转出" in told
    assert "其余 0.00" not in told


def test_a_long_place_is_quoted_around_the_words_it_is_quoted_for() -> None:
    """Not only from its beginning: the recipient stands late in what is said of a project."""
    words = "（一）项目名称：某项目" + "设立的政策依据：某文件。" * 9 + "110万元发放给克州润华纺织有限公司，一次付清。"
    place = Evidence("a.pdf", 3, None, None, None, None, words)
    sources = Sources()
    sources.marks(Hop("grant", "某局", "克州润华纺织有限公司", printed="110 万元", evidence=(place,)))
    quoted = sources.place(place, say("zh"))
    assert quoted.startswith("第3页 「（一）项目名称：某项目")
    assert "克州润华纺织有限公司" in quoted
    assert len(quoted) < 80


def test_a_document_number_in_another_print_is_seen_in_its_quotation() -> None:
    words = (
        "4.信访业务：预算数为2.00万元，比上年预算增加2.00万元，增长100.00%，主要原因是：增加昌州财办行[2023]26号资金"
    )
    place = Evidence("a.txt", None, 7, None, None, None, words + "预算。" * 9)
    sources = Sources()
    sources.marks(Hop("issue", "昌吉回族自治州财政局", "昌州财办行〔2023〕26号", evidence=(place,)))
    assert "昌州财办行[2023]26号" in sources.place(place, say("zh"))
