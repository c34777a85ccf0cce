"""The named questions as a page of Markdown, in Chinese and English."""

from queries.library import Question, columns, questions, themes
from queries.parameters import KINDS, typed

_HEAD = """# 问题一览 · The questions

本页由 `queries/questions/*.rq` 生成，请勿手改。This page is generated from `queries/questions/*.rq`; do not edit it:

    python -m queries.question_reference > docs/questions.md

`caimai ask` 列出问题；`caimai ask 名字 --param 名=值` 回答；`--show` 显示可直接运行的 SPARQL；
`--format table|json|csv|markdown` 选格式，`-o 文件` 写入文件。CSV 文件开头有 UTF-8 标记，Excel 可直接打开；
输出到终端或管道的没有这一标记。
参数作为值绑定，从不拼入查询；名字不在图中时列出相近的名字和理由。
Python：`caimai.open("图的目录").ask("名字", 名="值")`，再 `.to_pandas()` 或 `.to_polars()`。
`caimai --lang en` 或 `caimai.open("图的目录", lang="en")`：阶段、口径、科目、等级等用英文名。

`caimai ask` lists the questions; `caimai ask NAME --param NAME=VALUE` answers one; `--show` prints SPARQL that runs as
it stands; `--format table|json|csv|markdown` chooses the form, `-o FILE` writes a file. A CSV file begins with the mark
of UTF-8, so that Excel opens it as it is; CSV for a terminal or a pipe does not. Parameters are bound as values and
never pasted; for a name that is not there the nearest are listed with why they are near.
Python: `caimai.open("my-store").ask("NAME", name="value")`, then `.to_pandas()` or `.to_polars()`.
`caimai --lang en`, or `caimai.open("my-store", lang="en")`: phases, types, subjects, grades … by their English names.

- 金额为精确小数，`wan` 为万元。不同口径、不同表、某行与其分项从不相加；部门数含所属单位。
  Amounts are exact decimals, `wan` in 万元. Types of amounts, tables, and a row and its parts are never added up; a
  department contains its units.
- 行写明印在哪个文件、第几页（文本文件为行）。
  Rows say in which file and on which page (of text files, line) they are printed.
- 行的次序是确定的。
  The order of rows is fixed.

核对规则见 [audit.md](audit.md)。 For the rules that check documents see [audit.md](audit.md).
"""

_COLUMNS = """
## 栏目 · Columns

同名同义。One name, one meaning.

| column | 含义 | meaning |
|---|---|---|
"""


def reference() -> str:
    """The page, as it stands in `docs/questions.md`."""
    contents = "".join(f"- [{words.zh} · {words.en}](#{name})\n" for name, words in themes().items())
    parts = [
        f'\n<a id="{name}"></a>\n\n## {words.zh} · {words.en}\n\n'
        + "".join(map(_entry, _of(name)))
        + "".join(map(_question, _of(name)))
        for name, words in themes().items()
    ]
    meanings = "".join(f"| `{name}` | {words.zh} | {words.en} |\n" for name, words in sorted(columns().items()))
    return f"{_HEAD}\n{contents}{''.join(parts)}{_COLUMNS}{meanings}"


def _of(theme: str) -> list[Question]:
    return [one for one in questions().values() if one.theme == theme]


def _entry(question: Question) -> str:
    """A line of the theme's list of questions."""
    return f"- [`{question.name}`](#{question.name}) {question.zh} · {question.en}\n"


def _question(question: Question) -> str:
    command = " ".join(["caimai ask", question.name, *(f"--param {typed(one)}" for one in question.parameters)])
    listed = "".join(
        f"- `{one.name}`: {KINDS[one.kind].zh} · {KINDS[one.kind].en}"
        f"{'' if one.required else '，可省 · may be left out'}\n"
        for one in question.parameters
    )
    columns_ = ", ".join(f"`{name}`" for name in question.columns)
    return (
        f"\n### {question.name}\n\n**{question.zh}**\n\n{question.en}\n\n{listed}{chr(10) if listed else ''}"
        f"```sh\n{command}\n```\n\n→ {columns_} · [SPARQL](../queries/questions/{question.name}.rq)\n"
    )


if __name__ == "__main__":
    print(reference(), end="")
