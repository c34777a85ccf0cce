"""The rules of the audit as a page of Markdown, in Chinese and English, and what inspectors look for beside them:
`python -m queries.auditing.reference > docs/audit.md`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from queries.auditing.rules import Rule, rules
from queries.auditing.words import OF_SIGNALS, WORDED

_HEAD = """# Rules of the audit · 核对规则

本页由 `queries/checks/` 生成，请勿手改。This page is generated from `queries/checks/`; do not edit it:

    python -m queries.auditing.reference > docs/audit.md

`caimai audit [DOCUMENT|BODY] --store DIR` holds every rule against every document. What it prints are signals, not
verdicts. A rule whose figures are not in the graph says nothing. Figures that differ by no more than half a printed
unit for each of them agree; one figure printed in two places with such a gap is a note of class `rounding`.

`error`: two printed statements that cannot both be right. `warning`: worth asking. `info`: wording, names, habits.

| rule | 规则 | rule in English | severity | class | said in |
|---|---|---|---|---|---|
"""
_INSPECTIONS = """
## What inspections look for · 检查关注的问题

Inspections of budget disclosure report faults of these kinds. The rules named see what the document itself can show;
where something else is needed, nothing is claimed.

公开检查通报的问题类别及对应规则；公开文件本身看不出的，写明还需要什么。

| 类别 | kind of fault | rules · 规则 | also needed · 另需 |
|---|---|---|---|
"""


def reference() -> str:
    """The page, as it stands in `docs/audit.md`."""
    return _HEAD + "".join(map(_row, rules().values())) + _INSPECTIONS + "".join(map(_kind, inspections()))


@cache
def inspections() -> tuple[Mapping[str, Any], ...]:
    """The kinds of faults of `checks/inspections.toml`: `zh`, `en`, `rules`, and `needs_zh`, `needs_en` where it says
    what the document alone cannot tell."""
    text = files("queries").joinpath("checks/inspections.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["category"])


def _row(rule: Rule) -> str:
    cells = (rule.name, rule.zh, rule.en, rule.severity, rule.kind, _source(rule))
    return f"| {' | '.join(cells)} |\n"


def _source(rule: Rule) -> str:
    """A link to the query or to the module of the function that carries out a rule."""
    if rule.sparql:
        return f"[SPARQL](../queries/checks/{rule.name}.rq)"
    function = WORDED.get(rule.name) or OF_SIGNALS[rule.name]
    module = function.__module__
    return f"[{module.removeprefix('queries.auditing.')}.{function.__name__}](../{module.replace('.', '/')}.py)"


def _kind(category: Mapping[str, Any]) -> str:
    needs = " · ".join(category[name] for name in ("needs_zh", "needs_en") if name in category)
    return f"| {category['zh']} | {category['en']} | {', '.join(category['rules'])} | {needs} |\n"


if __name__ == "__main__":
    print(reference(), end="")
