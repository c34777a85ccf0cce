"""Whether the headings of a flattened table, wrapped and scattered over lines, are those of its known form."""

from collections import Counter

from extract.flattened.forms import FlattenedForm
from ontology.text import key

# signs of headings that say nothing of the columns of figures
_LABELS = frozenset("科目支出预算功能经济分类编码名称款项代号序栏次行年度数合总计小备注部门单位表续")
_LACKING = 10  # one in so many signs may be lost
_STRANGE = 2


def are_headings_of(form: FlattenedForm, headings: str, title: str, counted: int | None) -> bool:
    """Whether the printed headings hold what the columns of the form are called, and little else.

    Other bodies print other columns under the same title: then no sum tells in which column a figure stands. Where no
    words are left of the headings, the row of numbers that was `counted` stands for them.
    """
    wanted = Counter(_signs(form.headings or "".join(form.columns)))
    printed = Counter(_signs(headings))
    if not printed:
        return counted is not None
    strange = printed.keys() - wanted.keys() - _LABELS - {*_signs(form.labels), *_signs(title)}
    return (wanted - printed).total() * _LACKING <= wanted.total() and len(strange) <= _STRANGE


def _signs(text: str) -> list[str]:
    return [sign for sign in key(text) if "\u4e00" <= sign <= "\u9fff"]
