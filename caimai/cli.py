"""The command line."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TextIO

import click
import pyoxigraph as ox
from rich.console import Console

import caimai
from caimai import output
from caimai.answer_text import print_answer
from caimai.asking import explained, print_questions
from caimai.audit_text import print_audit
from caimai.bundles import write_bundle
from caimai.corrections_command import corrections_command
from caimai.document_places import noted
from caimai.dossier import dossier_of
from caimai.exports import FORMATS, exported
from caimai.help_text import BilingualGroup, question_names, question_parameters
from caimai.reading import Reading, read_all
from caimai.remove_command import remove_command
from caimai.stopping import stoppable
from caimai.sum_command import sum_command
from caimai.trace_text import print_trace
from caimai.words import Say, language, say
from kg.checks import violations
from kg.store import documents, open_read_only
from kg.unsafe_sums import UnsafeSum
from ontology.errors import CaimaiError
from ontology.facts import Fact, Finding
from queries.auditing.audit import audit as run_audit
from queries.library import WrongQuestion, named
from queries.parameters import WrongParameter
from queries.read_only import RefusedQuery
from queries.tracing.finding import NotFound
from queries.tracing.places import SHOWN
from queries.tracing.trace import LIMIT, subgraph

_DEFAULT_STORE = "./caimai-store"

_store = click.option(
    "--store", envvar="CAIMAI_STORE", default=_DEFAULT_STORE, show_default=True, metavar="DIR",
    help="图所在的目录 · the graph's directory ($CAIMAI_STORE)",
)  # fmt: skip
_out = click.option(
    "-o", "--output", "out", metavar="FILE", help="写入文件，- 为标准输出 · write to a file, - for stdout"
)

_answer_form = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "markdown"]), default="table", show_default=True
)


@click.group(cls=BilingualGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(["zh", "en"]), help="界面语言 · language of messages")
@click.version_option(package_name="caimai")
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """财脉：读预决算公开，追一笔资金的来龙去脉。 · Chinese budget disclosures in, a traced grant out.

    补全：eval "$(_CAIMAI_COMPLETE=bash_source caimai)"（zsh、fish 同理） · Completion: eval
    "$(_CAIMAI_COMPLETE=bash_source caimai)" in bash; zsh_source and fish_source likewise.
    """
    context.obj = say(lang or language([], os.environ))


cli.add_command(sum_command)
cli.add_command(remove_command)
cli.add_command(corrections_command)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@_store
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="同时读几份 · documents read at once"
)
@click.option(
    "--decisions", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
    help="对候选关系的裁定，默认为图目录旁的 decisions.toml · decisions about candidates, by default beside the store",
)  # fmt: skip
@click.option(
    "--issuers", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
    help="补充或更正机关代字，默认为图目录旁的 issuers.toml · further prefixes of document numbers and who uses them",
)  # fmt: skip
@click.pass_obj
def build(say: Say, paths: Sequence[Path], store: str, jobs: int, decisions: Path | None, issuers: Path | None) -> None:
    """把公开文件读入图中，可反复执行 · Read documents into the graph, again and again.

    \b
    caimai build examples --store demo-store
    """
    failed: list[str] = []
    findings = 0

    def seen(reading: Reading) -> None:
        nonlocal findings
        findings += sum(isinstance(fact, Finding) for fact in reading.facts)
        if reading.error:
            failed.append(reading.error)
            click.echo(reading.error, err=True)
        else:
            click.echo(f"{say('reading')} {reading.path.name}", err=True)

    report = caimai.build(paths, store, jobs=jobs, seen=seen, decisions=decisions, issuers=issuers)
    counts = {name: len(getattr(report, name)) for name in ("read", "replaced", "unchanged", "superseded", "refused")}
    lang = _lang(say)
    for refusal in report.refused:
        click.echo(say("refused", why=refusal.in_words(lang)), err=True)
    click.echo(say("built", **counts, failed=len(failed), quads=report.quads), err=True)
    if report.warnings:
        click.echo(say("warnings", count=report.warnings, store=store), err=True)
    if findings:
        click.echo(say("findings", count=findings), err=True)
    for unused in report.decisions_without_effect:
        click.echo(say("decision_without_effect", decision=unused), err=True)
    if failed or report.refused:
        sys.exit(1)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "parquet"]), default="jsonl", show_default=True)
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="同时读几份 · documents read at once"
)
@click.option("--coverage", is_flag=True, help="逐表逐节列出读到了什么 · list what was understood, part by part")
@_out
def facts(paths: Sequence[Path], form: str, jobs: int, coverage: bool, out: str | None) -> None:
    """只读取，输出事实 · Only read, print the facts.

    \b
    caimai facts examples --format csv -o facts.csv
    caimai facts examples --coverage
    """
    if coverage:
        from caimai.coverage_report import coverage_rows, print_coverage  # with all that reads, needed here only

        errors: list[str] = []
        parts = coverage_rows(paths, errors)
        if form == "jsonl" and out in {None, "-"}:
            print_coverage(parts)
        else:
            _write_answer(parts, "csv", out)
        click.echo("\n".join(errors), err=True, nl=bool(errors))
        sys.exit(1 if errors else 0)
    found: list[Fact] = []
    failed = False
    for reading in read_all(paths, jobs):
        if reading.error:
            failed = True
            click.echo(reading.error, err=True)
        elif form == "jsonl" and out in {None, "-"}:
            output.write(output.as_jsonl(reading.facts), None)
        else:
            found.extend(reading.facts)
    if form == "jsonl" and out not in {None, "-"}:
        output.write(output.as_jsonl(found), out)
    elif form != "jsonl":
        columns, rows = output.fact_rows(found)
        output.write(output.as_csv(columns, rows) if form == "csv" else output.parquet(columns, rows), out)
    if failed:
        sys.exit(1)


@cli.command()
@click.argument("what", metavar="WHAT")
@_store
@click.option(
    "--format", "form", type=click.Choice(["text", "table", "json", "csv", "turtle"]), default="text", show_default=True
)
@click.option("--candidates", is_flag=True, help="也跟随候选关系，并注明 · follow candidate links, too, marked")
@click.option(
    "--limit", type=click.IntRange(0), default=LIMIT, show_default=True,
    help="最多列出几个项目，0 为全部 · how many projects at most, 0 for all",
)  # fmt: skip
@click.option(
    "--all", "everything", is_flag=True,
    help="列出全部项目、指标和出处 · all projects, all indicators and all places",
)  # fmt: skip
@click.option("--dossier", is_flag=True, help="写成附引文的 Markdown 报告 · a Markdown report with quotations")
@click.option(
    "--bundle", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.zip",
    help="写出可脱离本库核验的依据包 · write a bundle of evidence to verify without this store",
)  # fmt: skip
@_out
@click.pass_obj
def trace(
    say: Say, what: str, store: str, form: str, candidates: bool, limit: int, everything: bool, dossier: bool,
    bundle: Path | None, out: str | None,
) -> None:  # fmt: skip
    """追踪文号、项目、专项、单位、收款单位、绩效指标或功能科目 · Trace a document number, project, programme, body,
    recipient, indicator or functional code.

    \b
    caimai trace '昌州财教[2024]65号' --store demo-store
    caimai trace 招商引资经费 --store demo-store --format csv
    caimai trace 新疆人才发展基金 --store demo-store --dossier -o dossier.md
    caimai trace 2060599 --store demo-store --bundle proof.zip
    """
    opened = open_read_only(store)
    to_read = form in {"text", "table"} and not (dossier or bundle)  # what is kept or handed on has all the places
    limit, places = (0, 0) if everything else (limit, SHOWN if to_read else 0)
    found = caimai.trace(opened, what, candidates=candidates, limit=limit, places=places)
    if bundle:
        claims = write_bundle(bundle, found, dossier_of(found, say), subgraph(opened, found))
        click.echo(say("bundle_written", path=bundle, claims=claims), err=True)
    elif dossier:
        output.write(dossier_of(found, say), out)
    elif form == "text" and out in {None, "-"}:
        print_trace(Console(width=None if sys.stdout.isatty() else 120, highlight=False), found, say)
    elif form == "table":
        print_answer(found.table())
    elif form == "csv":
        rows = found.table()
        output.write(output.as_csv(rows.columns, rows.rows), out)
    elif form == "turtle":
        output.write(subgraph(opened, found), out)
    elif form == "json":
        output.write(output.trace_json(found), out)
    else:
        with Path(str(out)).open("w", encoding="utf-8") as file:
            print_trace(Console(file=file, width=120, highlight=False), found, say)


@cli.command()
@click.argument("bundle", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="BUNDLE")
@click.option(
    "--documents", type=click.Path(path_type=Path, exists=True), required=True, metavar="DIR",
    help="原文件所在目录 · where the source files are",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@_out
@click.pass_obj
def verify(say: Say, bundle: Path, documents: Path, form: str, out: str | None) -> None:
    """对照原文件核验依据包：校验码、位置、原文 · Check a bundle against the source files: hash, place and words.

    \b
    caimai trace '昌州财教[2024]65号' --store demo-store --bundle proof.zip
    caimai verify proof.zip --documents examples
    """
    from caimai.verifying import verified  # with all that reads, needed here only

    checked = verified(bundle, documents)
    columns = ("verdict", "claim", "file", "page", "line", "table", "row", "column", "words", "why")
    rows = tuple(tuple(getattr(one, name) for name in columns) for one in checked)
    if form != "text":
        _write_answer(caimai.Answer(columns, rows), form, out)
    else:
        for one in checked:
            if one.verdict != "verified":
                place = " ".join(str(part) for part in (one.file, one.page or one.line, one.table) if part)
                click.echo(f"{say(one.verdict)}  {one.claim}\n    {place}  「{one.words}」{one.why}")
    right = sum(one.verdict == "verified" for one in checked)
    click.echo(say("verify_counts", total=len(checked), verified=right, other=len(checked) - right), err=True)
    if right < len(checked):
        sys.exit(1)


@cli.command()
@click.argument("name", required=False, shell_complete=question_names)
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=question_parameters,
    help="问题的参数 · a parameter of the question",
)
@click.option("--show", is_flag=True, help="显示 SPARQL，参数已代入 · print the SPARQL with its parameters")
@_answer_form
@_store
@_out
@click.pass_obj
def ask(
    say: Say, name: str | None, parameters: Sequence[str], show: bool, form: str, store: str, out: str | None
) -> None:
    """回答一个现成的问题；不写名字则列出全部 · Answer a named question; lists them all without a name.

    \b
    caimai ask
    caimai ask who_received --param number=昌州财教[2024]65号 --store demo-store
    caimai ask largest_projects --param year=2025 --show
    """
    lang = _lang(say)
    if name is None:
        print_questions(Console(width=None if sys.stdout.isatty() else 120, highlight=False), say, lang)
        return
    for text in parameters:
        if "=" not in text:
            raise click.UsageError(f"--param {text}: NAME=VALUE")
    given = {key.strip(): value for key, _, value in (text.partition("=") for text in parameters)}
    if show:
        output.write(explained(named(name), given, lang), out)
        return
    with stoppable(None, ""):
        answer = caimai.open(store, lang=lang).ask(name, **given)
    if not answer.rows:
        click.echo(say("no_rows"), err=True)
    _write_answer(answer, form, out, lang)


@cli.command()
@click.argument("file", type=click.File(encoding="utf-8"), metavar="FILE|-")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "markdown", "turtle"]), default="table",
    show_default=True, help="turtle 用于 CONSTRUCT · turtle is for CONSTRUCT",
)  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0), metavar="SECONDS", help="至多等多久 · how long to wait at most")
@_store
@_out
@click.pass_obj
def sparql(say: Say, file: TextIO, form: str, timeout: float | None, store: str, out: str | None) -> None:
    """运行只读的 SPARQL；bl:、skos: 等前缀不必声明 · Run any read-only SPARQL query; bl:, skos: and other prefixes are
    known.

    SUM、AVG 所取的金额不可相加时拒绝，并说明原因和可行的问法；在注释中写 sums: unchecked 则照原样运行。 · Where
    SUM or AVG takes amounts that make no sum it is refused, with the reason and what to ask instead; with the comment
    # sums: unchecked the query runs as it stands.

    \b
    echo 'SELECT (COUNT(*) AS ?quads) { ?s ?p ?o }' | caimai sparql - --store demo-store
    caimai sparql queries/total_spending.rq --timeout 10 --format csv --store demo-store
    """
    with stoppable(timeout, say("too_slow", seconds=f"{timeout or 0:g}")):
        found = caimai.sparql(_opened(store, say), file.read())
    if isinstance(found, caimai.Answer):
        _write_answer(found, "table" if form == "turtle" else form, out, _lang(say))
    elif isinstance(found, bytes):
        output.write(output.turtle(found) if form == "turtle" else found, out)
    else:
        output.write(f"{str(found).lower()}\n", out)


@cli.command()
@click.option("--focus", multiple=True, metavar="WHAT", help="围绕什么 · what to draw around: 文号, 单位, 项目…")
@_store
@click.option("-o", "--output", "out", default="page.html", show_default=True, metavar="FILE")
@click.pass_obj
def show(say: Say, focus: Sequence[str], store: str, out: str) -> None:
    """输出一个可离线打开的图页 · Write a page of the lineage that opens offline.

    \b
    caimai show --focus '昌州财教[2024]65号' --store demo-store -o page.html
    """
    lang = _lang(say)
    output.write(caimai.page(store, focus, title=" · ".join(focus) or "财脉 caimai", lang=lang), out)
    if out != "-":
        click.echo(say("written", path=out), err=True)


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="只在本机 · this machine only by default")
@click.option(
    "--documents", multiple=True, type=click.Path(path_type=Path, exists=True), metavar="PATH",
    help="源文件所在，默认为建图时之处和当前文件夹 · where the source files lie, by default where they were, and here",
)  # fmt: skip
@_store
@click.pass_obj
def serve(say: Say, port: int, host: str, documents: Sequence[Path], store: str) -> None:
    """在浏览器里看图：查找、追踪、核对原文 · See the graph in a browser: search, trace, check against the print.

    \b
    caimai serve --store demo-store --documents examples
    """
    from caimai.serve import serve as serving  # with the web server, needed here only

    folders = documents or [*noted(store), Path()]
    serving(store, host, port, folders, lambda address: click.echo(say("serving", address=address), err=True))


@cli.command()
@click.argument("what", required=False, metavar="[DOCUMENT|BODY]")
@_store
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "html"]), default="text", show_default=True)
@_out
@click.pass_obj
def audit(say: Say, what: str | None, store: str, form: str, out: str | None) -> None:
    """核对公开文件自身及前后年度的勾稽关系 · Check documents against themselves and the year before.

    \b
    caimai audit --store demo-store
    caimai audit 阿图什市商务科技和工业信息化局 --store demo-store --format html -o audit.html
    """
    found = run_audit(open_read_only(store) if what else _opened(store, say), what)
    lang = _lang(say)
    if form == "html":
        from viz.audit_page import audit_page  # with all that makes pages, needed here only

        output.write(audit_page(found, lang), out)
    elif form == "json":
        output.write(output.audit_json(found), out)
    elif form == "csv":
        rows = found.table()
        output.write(output.as_csv(rows.columns, rows.rows), out)
    elif out in {None, "-"}:
        print_audit(Console(width=None if sys.stdout.isatty() else 160, highlight=False), found, say, lang)
    else:
        with Path(str(out)).open("w", encoding="utf-8") as file:
            print_audit(Console(file=file, width=160, highlight=False), found, say, lang)


@cli.command()
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@_store
@_out
def check(form: str, store: str, out: str | None) -> None:
    """按本体的规则检查整个图；有错误则退出码为 1 · Check the graph by the ontology's rules; errors end with status 1.

    \b
    caimai check --store demo-store
    """
    found = violations(open_read_only(store))
    columns = ("severity", "rule", "thing", "zh", "en", "place")
    _write_answer(
        caimai.Answer(columns, tuple(tuple(getattr(one, name) for name in columns) for one in found)), form, out
    )
    if any(one.severity == "error" for one in found):
        sys.exit(1)


@cli.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="nquads", show_default=True)
@_store
@_out
def export(form: str, store: str, out: str | None) -> None:
    """输出整个图，附出处、许可与署名 · Export the whole graph with sources, licence and attribution.

    \b
    caimai export --format parquet --store demo-store -o figures.parquet
    """
    output.write(exported(open_read_only(store), form), out)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="第几页 · which page, from 1")
@click.option("--engine", type=click.Choice(["pdfium", "pdfplumber"]), help="用哪个引擎读 · what reads the page")
@click.option("-o", "--output", "out", default="page.png", show_default=True, metavar="FILE")
@click.pass_obj
def inspect(say: Say, file: Path, page: int, engine: Literal["pdfium", "pdfplumber"] | None, out: str) -> None:
    """把读到的画在原页上：格子、文字行、成为事实的、未能理解的 · Draw what was read over the page.

    \b
    caimai inspect examples/昌吉回族自治州科学技术局2025年部门预算公开.pdf --page 6 -o page.png
    """
    from caimai.inspect_page import inspected, png  # with all that reads and draws, needed here only

    inspection = inspected(file, page, engine)
    output.write(png(inspection.image), out)
    for finding in inspection.findings:
        click.echo(finding, err=True)
    if out != "-":
        click.echo(say("written", path=out), err=True)


def _opened(store: str, say: Say) -> ox.Store:
    """The store for reading; says on stderr where it is empty, and what fills it."""
    opened = open_read_only(store)
    if not documents(opened):
        click.echo(say("empty_graph", store=store), err=True)
    return opened


def _lang(say: Say) -> str:
    return say("language")


def _write_answer(answer: caimai.Answer, form: str, out: str | None, lang: str | None = None) -> None:
    if form == "table" and out in {None, "-"}:
        print_answer(answer, lang)
    elif form in {"csv", "table"}:
        output.write(output.as_csv(answer.columns, answer.rows), out)
    else:
        output.write(output.as_markdown(answer) if form == "markdown" else output.answer_json(answer), out)


def _say_not_found(error: NotFound, words: Say, lang: str) -> None:
    """That nothing is called so; the near names, each with why; for an empty graph what fills it."""
    click.echo(words("not_found", what=error.what), err=True)
    if error.empty:
        click.echo(words("empty_graph", store="DIR"), err=True)
    if error.near or not error.empty:
        click.echo(words("near_ones" if error.near else "none_near"), err=True)
    for one in error.near:
        click.echo(f"  {one.name}" + (f"  （{one.zh}）" if lang == "zh" else f"  ({one.en})"), err=True)


def main() -> None:
    """Run the command line. Exit status 0 done, 1 done with documents or findings that failed, 2 wrong use."""
    lang = language(sys.argv, os.environ)
    words = say(lang)
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(words("stopped"), err=True)
        sys.exit(130)
    except NotFound as error:
        _say_not_found(error, words, lang)
        sys.exit(1)
    except CaimaiError as error:
        click.echo(error.zh if lang == "zh" else str(error), err=True)
        sys.exit(2 if isinstance(error, WrongQuestion | WrongParameter | RefusedQuery | UnsafeSum) else 1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
