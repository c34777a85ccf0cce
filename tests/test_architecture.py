"""Who may import whom, and that a newcomer finds the folders the architecture names."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

MAY_IMPORT = {
    "ontology": set(),
    "extract": {"ontology"},
    "kg": {"ontology"},
    "queries": {"kg", "ontology"},
    "viz": {"queries", "kg", "ontology"},
    "caimai": {"ontology", "extract", "kg", "queries", "viz"},
}
PDF_LIBRARIES = {"pdfplumber", "pdfminer", "pypdfium2", "pypdfium2_raw"}


@cache
def imports(path: Path) -> frozenset[str]:
    """The top-level names that a module imports, wherever in it the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return frozenset(found)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_those_below_it(root: Path, package: str) -> None:
    modules = sorted((root / package).rglob("*.py"))
    assert modules
    strays = {
        f"{module.relative_to(root)} imports {name}"
        for module in modules
        for name in imports(module) & set(MAY_IMPORT) - MAY_IMPORT[package] - {package}
    }
    assert not strays


def test_rules_of_the_audit_rest_on_those_of_tables_and_forms_alone(root: Path) -> None:
    packages = {path.parent.name: path.parent for path in (root / "queries/auditing").glob("*/__init__.py")}
    strays = {
        f"{module.relative_to(root)} imports {other}"
        for name, folder in packages.items()
        for module in folder.glob("*.py")
        for other in packages.keys() - {name, "tables", "performance"}
        if f"from queries.auditing.{other}" in module.read_text("utf-8")
    }
    assert packages.keys() > {"tables", "performance"}
    assert not strays


def test_only_the_pdf_readers_know_pdf_libraries(root: Path) -> None:
    strays = {
        str(module.relative_to(root))
        for package in MAY_IMPORT
        for module in (root / package).rglob("*.py")
        if imports(module) & PDF_LIBRARIES and module.parent != root / "extract" / "pdf"
    }
    assert not strays


def test_every_library_that_is_imported_is_declared_and_explained(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (of for name, of in project["optional-dependencies"].items() if name != "test")
    declared = {
        re.split("[<>=]", one)[0].lower() for one in (*project["dependencies"], *(one for of in extras for one in of))
    }
    modules = [module for package in MAY_IMPORT for module in (root / package).rglob("*.py")]
    imported = {name for module in modules for name in imports(module)} - set(MAY_IMPORT) - {"_typeshed"}
    known = packages_distributions()
    libraries = {known[name][0].lower() for name in imported - sys.stdlib_module_names if name in known}
    explained = (root / "docs/dependencies.md").read_text("utf-8").lower()
    assert libraries <= declared
    assert {name for name in declared if f"| {name} " not in explained} == set()


def test_the_import_rule_sees_an_import_inside_a_function(tmp_path: Path) -> None:
    module = tmp_path / "stray.py"
    module.write_text("def late():\n    from caimai import cli\n", "utf-8")
    assert imports(module) == {"caimai"}
