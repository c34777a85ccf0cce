"""Refusing sums in SPARQL that are none: what SUM and AVG take is held to the rules of `kg.unsafe_sums`, by group.

A query says `# sums: unchecked` in a comment where it shall be answered as it stands.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.reading import Row, grouped, node, text
from kg.summands import figures, of
from kg.sums import refuse_unsafe
from kg.unsafe_sums import UnsafeSum, refuse_mixed
from ontology.terms import BL, label
from queries.guarding.joined_sums import joined
from queries.guarding.read_only import comments, tokens
from queries.guarding.sum_clauses import Added, Clause, clauses
from queries.guarding.summed_figures import AMOUNTS, HIDDEN, NESTED, Behind, figures_behind

MOST = 20_000
UNCHECKED = "sums: unchecked"
Ask = Callable[[str], QuerySolutions | QueryBoolean | QueryTriples]
Group = list[tuple[NamedNode, int]]

_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_ADVICE_ZH = f"或在查询里写注释 # {UNCHECKED}"
_ADVICE = f"or write the comment # {UNCHECKED} into the query"
_FINEST = "take figures that may be added up: bl:BudgetObservation of one bl:inView with bl:additive true"


def refuse_unsafe_sums(store: Store, query: str, ask: Ask) -> None:
    """Raise UnsafeSum where SUM or AVG in a query takes amounts of money that make no sum, or no mean.

    `ask` answers a SELECT over the graphs that the query is asked of. A query that adds up no amounts, or says that it
    is unchecked, costs nothing.
    """
    adding = clauses(query)
    if not adding or any(UNCHECKED in comment for comment in comments(query)):
        return
    before, dataset = _beginning(query)
    for clause in adding:
        for added in clause.added:
            behind = {name: figures_behind(before, clause.pattern, name) for name in added.variables}
            for name, figures_ in behind.items():
                _check(store, clause, added, figures_, (before, dataset, name), ask)
            if _plus(added.expression) and sum(map(bool, behind.values())) > 1:
                every = set().union(*behind.values())
                _check(store, clause, added, every, (before, dataset, added.variables[0]), ask)
        _check_joined(store, clause, (before, dataset), ask)


def _check_joined(store: Store, clause: Clause, frame: tuple[str, str], ask: Ask) -> None:
    """What sums have in common that a SELECT adds to each other: they are one sum, group by group."""
    if len(clause.added) < 2:
        return
    for places in sorted(joined(frame[0], clause.head), key=sorted):
        sums = [clause.added[at] for at in sorted(places) if not clause.added[at].mean]
        together: dict[tuple[str, ...], dict[NamedNode, int]] = {}
        for added in sums:
            every = set().union(*(figures_behind(frame[0], clause.pattern, name) for name in added.variables))
            for keys, group in _groups(clause, added, sorted(every - {NESTED}), frame, ask).items():
                counted = together.setdefault(keys, {})
                for figure, times in group:
                    counted[figure] = counted.get(figure, 0) + times
        for found in together.values():
            _check_group(store, list(found.items()), replace(sums[0], distinct=False))


def _plus(text: str) -> bool:
    return any(token.text == "+" for token in tokens(text))


def _check(
    store: Store, clause: Clause, added: Added, behind: set[Behind], frame: tuple[str, str, str], ask: Ask
) -> None:
    if behind and clause.graph[:1] in ("?", "$"):
        raise UnsafeSum(
            f"a SELECT that adds up stands within GRAPH {clause.graph}: of which graphs it adds up is not to be seen",
            f"write GRAPH {clause.graph} within that SELECT and GROUP BY {clause.graph}, {_ADVICE}",
            f"加总的 SELECT 写在 GRAPH {clause.graph} 之内，看不出加的是哪些图中的数。"
            f"请把 GRAPH {clause.graph} 写进 SELECT 之内并 GROUP BY {clause.graph}，{_ADVICE_ZH}",
        )
    if NESTED in behind and not added.mean:
        raise UnsafeSum(
            f"?{frame[2]} is a sum already: what the sums share is not to be seen",
            f"add up once, over the figures themselves, {_ADVICE}",
            f"?{frame[2]} 本身已是合计，看不出各合计之间是否重复。请直接对各数加总一次，{_ADVICE_ZH}",
        )
    if HIDDEN in behind:
        raise UnsafeSum(
            f"the figures whose amounts ?{frame[2]} takes have no variable there, so they cannot be told",
            f"write ?figure bl:amountCNY ?{frame[2]}, and pass ?figure out of subqueries, {_ADVICE}",
            f"看不出 ?{frame[2]} 是哪些数的金额。请写 ?figure bl:amountCNY ?{frame[2]}，{_ADVICE_ZH}",
        )
    for group in _groups(clause, added, sorted(behind - {NESTED}), frame[:2], ask).values():
        _check_group(store, group, added)


def _groups(
    clause: Clause, added: Added, behind: Sequence[Behind], frame: tuple[str, str], ask: Ask
) -> dict[tuple[str, ...], Group]:
    """The figures of each group of a clause, each with how often it comes with something other than nought."""
    if not behind:
        return {}
    before, dataset = frame
    names = list(dict.fromkeys(one.figure for one in behind))
    together = _plus(added.expression + clause.pattern)
    keys = [key if key[0] in "?$" else "?" + key.rpartition("?")[2].rstrip(") ") for key in clause.keys]
    asked = " ".join(dict.fromkeys([*(f"?{name}" for name in names), *(f"?{key[1:]}" for key in keys)]))
    by = " ".join(dict.fromkeys([*clause.keys, *(f"?{name}" for name in names)]))
    counts = f"(SUM(IF(COALESCE(({added.expression}), 0) = 0, 0, 1)) AS ?times_counted)"
    counted = f"SELECT {asked} {counts} {dataset} WHERE {_pattern(clause, behind)} GROUP BY {by}"
    rows = list(islice(_rows(ask, f"{before} {counted}"), MOST + 1))
    if len(rows) > MOST:
        raise UnsafeSum(
            f"more than {MOST:,} figures: too many to look at each",
            f"ask for one year, body or subject, {_ADVICE}",
            f"超过{MOST:,}个数，无法逐个核对。请限定年度、单位或科目，{_ADVICE_ZH}",
        )
    found: dict[tuple[str, ...], dict[NamedNode, int]] = {}
    for row in rows:
        times = int(row["times_counted"].value) if "times_counted" in row else 0
        bound = [one for name in names if isinstance(one := row.get(name), NamedNode)]
        for figure in bound[: len(bound) if together else 1] if times else ():
            group = found.setdefault(tuple(str(row.get(key[1:])) for key in keys), {})
            group[figure] = group.get(figure, 0) + times
    return {values: list(group.items()) for values, group in found.items()}


def _pattern(clause: Clause, behind: Sequence[Behind]) -> str:
    """The pattern in the graph that is named around it, and of properties that it does not name those of amounts."""
    amounts = ", ".join(f"<{one}>" for one in sorted(AMOUNTS))
    named = "".join(
        f" FILTER(!BOUND(?{by}) || ?{by} IN ({amounts}))" for by in sorted({one.by for one in behind} - {""})
    )
    within = f"GRAPH {clause.graph} {clause.pattern}" if clause.graph else clause.pattern
    return f"{{ {within}{named} }}" if clause.graph or named else clause.pattern


def _rows(ask: Ask, query: str) -> Iterator[Row]:
    found = ask(query)
    assert isinstance(found, QuerySolutions), "a SELECT gives rows"
    names = [variable.value for variable in found.variables]
    return ({name: row[name] for name in names if row[name] is not None} for row in found)


def _check_group(store: Store, group: Group, added: Added) -> None:
    if len(group) == 1 and group[0][1] == 1:
        return
    rows = [some[0] for some in grouped(figures(store, [figure for figure, _ in group]), "figure").values()]
    _repeated(group, rows, added)
    money = [row for row in rows if "type" in row and node(row, "kind") != BL.PerformanceTarget]
    _others(store, {figure for figure, _ in group} - {node(row, "figure") for row in money}, added)
    if added.mean:
        refuse_mixed(money)
    elif money:
        refuse_unsafe(store, money)


def _repeated(group: Group, rows: Sequence[Row], added: Added) -> None:
    """An amount that the pattern gives several times, or DISTINCT that takes equal amounts of two figures for one."""
    if added.distinct:
        equal = [some for some in grouped(rows, "amount").values() if len(some) > 1]
        if equal and not added.mean:
            names = " and ".join(text(row, "item") or text(row, "figure") for row in equal[0][:2])
            raise UnsafeSum(
                f"DISTINCT counts equal amounts of different figures once: {names}",
                "add up without DISTINCT, over SELECT DISTINCT ?figure ?amount in a subquery",
                f"DISTINCT 会把金额相同的不同数只算一次（{names}）。请先 SELECT DISTINCT ?figure ?amount 再加总",
            )
        return
    often = next(((figure, times) for figure, times in group if times > 1), None)
    if often is not None:
        names_ = {node(row, "figure"): text(row, "item") for row in rows}
        raise UnsafeSum(
            f"the pattern gives one amount {often[1]} times: {names_.get(often[0]) or often[0].value}",
            "take out what joins it with several rows, or add up over SELECT DISTINCT ?figure ?amount in a subquery",
            f"同一个数被算了{often[1]}次。请去掉使其重复的条件，或在子查询里 SELECT DISTINCT ?figure ?amount 再加总",
        )


def _others(store: Store, left: set[NamedNode], added: Added) -> None:
    """What has an amount and is no figure of a table and no flow of money."""
    kinds = {node(row, "of"): node(row, "value") for row in of(store, "types_of", left)}
    if len(left) < 2 or added.mean:
        return
    forms = [figure for figure, kind in kinds.items() if kind == BL.PerformanceTarget]
    if len(forms) == len(left):
        scopes = {node(row, "value") for row in of(store, "scopes_of_forms", forms)}
        if len(scopes) > 1:
            raise UnsafeSum(
                "forms of whole bodies together with those of their projects",
                "choose one bl:targetScope",
                "整体绩效表与项目绩效表混在一起，请用 bl:targetScope 只取一种",
            )
        return
    names = "、".join(sorted({label(kind) or kind.value for kind in kinds.values()}))
    raise UnsafeSum(
        f"statements in words tell wholes and their parts side by side ({names})",
        f"{_FINEST}, {_ADVICE}",
        f"文字陈述中总数与分项并列（{names}）。请取一张表（bl:inView）中标为 bl:additive true 的预算数，{_ADVICE_ZH}",
    )


def _beginning(query: str) -> tuple[str, str]:
    """What stands before the first SELECT (prefixes), and the FROM clauses."""
    words = tokens(query)
    first = next(at for at, token in enumerate(words) if token.word in _FORMS)
    opens = next((token for token in words[first:] if token.text == "{" or token.word == "WHERE"), words[-1])
    source = next((token for token in words[first:] if token.word == "FROM"), None)
    named = query[source.start : opens.start] if source is not None and source.start < opens.start else ""
    return query[: words[first].start], named
