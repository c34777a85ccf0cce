"""`caimai audit`: check documents against themselves and the year before."""

import sys
from pathlib import Path

import click
from rich.console import Console

from caimai import output
from caimai.audit_text import print_audit
from caimai.commands.options import language_of, opened_store, out_option, store_option
from caimai.store_age import tell_age
from caimai.words import Say
from kg.store import open_read_only
from queries.exchange import as_csv


@click.command(name="audit")
@click.argument("what", required=False, metavar="[DOCUMENT|BODY]")
@store_option
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "html"]), default="text", show_default=True)
@out_option
@click.pass_obj
def audit_command(say: Say, what: str | None, store: str, form: str, out: str | None) -> None:
    """核对公开文件自身及前后年度的勾稽关系 · Check documents against themselves and the year before.

    \b
    caimai audit --store demo-store
    caimai audit 阿图什市商务科技和工业信息化局 --store demo-store --format html -o audit.html
    """
    from queries.auditing.audit import audit as run_audit  # with all its rules, needed here only

    opened = open_read_only(store) if what else opened_store(store, say)
    if what:
        tell_age(opened, store, say)
    found = run_audit(opened, what)
    lang = language_of(say)
    if form == "html":
        from viz.audit_page import audit_page  # with all that makes pages, needed here only

        output.write(audit_page(found, lang), out)
    elif form == "json":
        from queries.auditing.exchange import audit_json  # with all the rules, needed here only

        output.write(audit_json(found), out)
    elif form == "csv":
        rows = found.table()
        output.write_csv(as_csv(rows.columns, rows.rows), out)
    elif out in {None, "-"}:
        print_audit(Console(width=None if sys.stdout.isatty() else 160, highlight=False), found, say, lang)
    else:
        with Path(str(out)).open("w", encoding="utf-8") as file:
            print_audit(Console(file=file, width=160, highlight=False), found, say, lang)
