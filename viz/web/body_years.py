"""What a body's page tells year by year: travel abroad, vehicles and receptions; staff and property."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from queries.answers import Answer
from queries.english import in_english
from queries.page_rows import Row as Found
from viz.web.asking import Asked
from viz.web.dossier import Cited, Column, Form, Money, Row, Table, Value
from viz.web.parts import by_node

ITEMS = (
    "“三公”经费小计", "因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行费", "公务接待费",
    "会议费", "培训费", "机关运行经费", "合计",
)  # fmt: skip
"""The items in the order of the usual table; others follow."""

_COUNTED = ("staff-posts", "staff-on-post", "staff-retired", "staff-veteran", "staff-actual", "vehicles", "floor-space")

_Cells = Callable[[Sequence[Found]], Value]


def restricted(asked: Asked, iri: str) -> Table:
    """The table of travel abroad, vehicles and receptions with what else stands in it, an item a row."""
    found = by_node(asked.rows("three_public_of_body", body=iri))

    def amounts(some: Sequence[Found]) -> tuple[Money, ...]:
        printed = [one for row in some if (one := asked.printed(row))]
        return tuple({(one.amount, one.printed): one for one in printed}.values())

    rows = _by_year(asked, found, "item", ITEMS, amounts, named(asked.lang))
    title, note = asked.say("body.restricted"), asked.say("body.restricted_note")
    return Table("restricted", title, _columns(found, "money"), rows, note)


def named(lang: str) -> Callable[[str], str]:
    """An item by its name in a language; in Chinese, where there is no other."""

    def name(item: str) -> str:
        return str(in_english(Answer(("item",), ((item,),))).rows[0][0]) if lang == "en" else item

    return name


def counted(asked: Asked, iri: str) -> Table:
    """Posts, staff, vehicles and floor space, a kind a row; each number leads to the words that say it."""
    found = by_node(asked.rows("counts_of_body", body=iri))

    def numbers(some: Sequence[Found]) -> tuple[Cited, ...]:
        said = {format(_plain(row["quantity"]), ",f"): asked.places(str(row["node"]))[:1] for row in some}
        return tuple(Cited(number, places) for number, places in said.items())

    rows = _by_year(asked, found, "kind", _COUNTED, numbers, asked.name)
    return Table("counted", asked.say("body.counted"), _columns(found, "text"), rows)


def _by_year(
    asked: Asked,
    found: Sequence[Found],
    part: str,
    order: Sequence[str],
    cells: _Cells,
    called: Callable[[str], str],
) -> tuple[Row, ...]:
    """A row for each part and phase, a cell a year; parts in the given order, then by name."""
    years = _years(found)
    kept: dict[tuple[str, str], list[Found]] = {}
    for row in found:
        kept.setdefault((str(row[part]), str(row.get("phase") or "")), []).append(row)

    def place(name: str) -> tuple[int, str]:
        last = name.rsplit("/", 1)[-1]
        return (order.index(last) if last in order else len(order), name)

    return tuple(
        Row(
            (
                called(name),
                asked.name(phase) if phase else None,
                *(cells([row for row in kept[name, phase] if row["year"] == year]) for year in years),
            ),
            (),
            tuple(str(row["node"]) for row in kept[name, phase]),
        )
        for name, phase in sorted(kept, key=lambda one: (*place(one[0]), one[1]))
    )


def _columns(found: Sequence[Found], form: Form) -> tuple[Column, ...]:
    return (Column("part"), Column("phase"), *(Column(f"year_{year}", form) for year in _years(found)))


def _years(found: Sequence[Found]) -> list[int]:
    return sorted({int(str(row["year"])) for row in found})


def _plain(quantity: object) -> Decimal:
    """A quantity without the zeros behind its last decimal."""
    number = Decimal(str(quantity))
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
