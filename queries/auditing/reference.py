"""The rules of the audit as a page of Markdown, in Chinese and English."""

from queries.auditing.rules import Rule, rules

_HEAD = """# Rules of the audit · 核对规则

`caimai audit [DOCUMENT|BODY] --store DIR` holds every rule against every document. What it prints are signals, not
verdicts. A rule whose figures are not in the graph says nothing. Figures that differ by no more than half a printed
unit for each of them agree; one figure printed in two places with such a gap is a note of class `rounding`.

`error`: two printed statements that cannot both be right. `warning`: worth asking. `info`: wording, names, habits.

| rule | 规则 | rule in English | severity | class | said in |
|---|---|---|---|---|---|
"""


def reference() -> str:
    """The page, as it stands in `docs/audit.md`."""
    return _HEAD + "".join(_row(rule) for rule in rules().values())


def _row(rule: Rule) -> str:
    cells = (rule.name, rule.zh, rule.en, rule.severity, rule.kind, "SPARQL" if rule.sparql else "Python")
    return f"| {' | '.join(cells)} |\n"
