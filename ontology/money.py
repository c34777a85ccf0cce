"""Printed amounts: exact decimals, the units they are printed in, and how exact amounts are shown."""

import re
import unicodedata
from decimal import Decimal

from ontology.errors import NotAnAmount
from ontology.findings import said
from ontology.text import tight

YUAN_PER_UNIT = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}

_AMOUNT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


def is_amount(text: str) -> bool:
    """Whether the text is one printed amount, thousands separated correctly or not at all."""
    return _AMOUNT.fullmatch(_plain(text)) is not None


def amount(text: str) -> Decimal:
    """The exact decimal printed in `text`, its decimals kept (`1,032.50` → `Decimal("1032.50")`).

    White space inside is ignored, as where a cell is wrapped. Raises NotAnAmount for anything else, a dash or a blank
    included.
    """
    plain = _plain(text)
    if not _AMOUNT.fullmatch(plain):
        raise NotAnAmount(said("not_an_amount", text=text))
    return Decimal(plain.replace(",", ""))


def yuan(value: Decimal, unit: str) -> Decimal:
    """`value` of `unit` in yuan. Raises NotAnAmount for a unit that is not one of money."""
    try:
        return value * YUAN_PER_UNIT[unit]
    except KeyError:
        raise NotAnAmount(f"'{unit}' is not a unit of money") from None


def half_width(value: Decimal) -> Decimal:
    """Half a unit of the last printed decimal: how far the true amount may lie from the printed one."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)


def in_yuan(amount: Decimal) -> str:
    """An exact amount of yuan with thousands separators and no digit lost or added but trailing zeros."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_wan(amount: Decimal) -> str:
    """An exact amount of yuan in 万元, with thousands separators, to 0.01 and beyond where digits would be lost."""
    wan = amount / 10_000
    return f"{wan:,.2f}" if wan == round(wan, 2) else f"{wan.normalize():,f}"


def _plain(text: str) -> str:
    return tight(unicodedata.normalize("NFKC", text)).replace("−", "-")
