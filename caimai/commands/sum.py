"""`caimai sum`: add up amounts that may be added up, or say why they may not."""

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import click
import pyoxigraph as ox

from caimai.audit_text import place
from caimai.commands.options import store_option
from caimai.store_age import tell_age
from caimai.words import Say
from kg.store import open_read_only
from kg.sums import Sum
from kg.unsafe_sums import UnsafeSum
from queries.adding import added
from queries.printed_places import places_at

_PLACES_SHOWN = 12


@click.command(name="sum")
@click.option("--body", metavar="NAME", help="单位全称 · full name of the body")
@click.option("--year", type=int, help="预算年度 · fiscal year")
@click.option("--view", metavar="TABLE", help="哪张表，如 expenditure、收入总体情况表 · which table")
@click.option("--code", metavar="DIGITS", help="功能科目，206 含其下各级 · functional subject with all below")
@click.option("--source", metavar="NAME", help="资金来源，如 transfer、单位资金 · source of money")
@click.option("--type", "amount_type", metavar="NAME", help="金额口径，如 budgeted、结转 · type of amount")
@click.option("--document", metavar="文号", help="该文号下各单位收到的资金 · what bodies received under this number")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@store_option
@click.pass_obj
def sum_command(say: Say, /, store: str, form: str, **where: Any) -> None:
    """加总可以相加的金额；不可相加的说明原因和可行的问法 · Add up amounts, or say why they must not be.

    \b
    caimai sum --body 奇台县商务科技和工业信息化局 --year 2025 --view revenue --source transfer --store demo-store
    """
    try:
        opened = open_read_only(store)
        tell_age(opened, store, say)
        found = added(opened, **where)
    except UnsafeSum as error:
        click.echo(f"{error.zh}\nnot a sum: {error.reason}\ninstead: {error.alternative}", err=True)
        sys.exit(2)
    click.echo(_json(found) if form == "json" else "\n".join(_text(found, opened, say)))


def _text(found: Sum, store: ox.Store, say: Say) -> Iterator[str]:
    """The sum, then where its figures are printed, in the order of file and page."""
    count = say("sum_figures", count=len(found.figures))
    yield f"{_plain(found.wan)} 万元 (± {_plain(found.tolerance)} 元) · {count}"
    places = places_at(store, [place.value for place in found.evidence])
    for one in places[:_PLACES_SHOWN]:
        yield f"  {one.file}  {place(one, say)}  「{''.join(one.words.split())}」"
    if len(places) > _PLACES_SHOWN:
        yield f"  {say('more_sources', count=len(places) - _PLACES_SHOWN)}"


def _json(found: Sum) -> str:
    values = {
        "yuan": _plain(found.yuan),
        "tolerance": _plain(found.tolerance),
        "figures": [figure.value for figure in found.figures],
        "evidence": [place.value for place in found.evidence],
    }
    return json.dumps(values, ensure_ascii=False, indent=1)


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
