"""How the code is laid out: no circles, seven floors, short files, plain names, docstrings."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "dl4es_bib"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400
#: Files that are a table of data: what is long in them is the table.
DATA_TABLES: frozenset[str] = frozenset()
#: How often code may still say "for one in". Lower it when you mend some; never raise it.
FOR_ONE_IN_AT_MOST = 150


def circles() -> list[list[str]]:
    """The groups of modules that import each other in a circle, imports inside functions included."""
    graph = grimp.build_graph("dl4es_bib", cache_dir=None)
    below = {module: graph.find_upstream_modules(module) for module in graph.modules}
    groups = {
        tuple(sorted({module} | {other for other in below[module] if module in below[other]}))
        for module in graph.modules
        if module in below[module] or any(module in below[other] for other in below[module])
    }
    return [[name.removeprefix("dl4es_bib.") for name in group] for group in sorted(groups)]


def test_no_module_imports_itself_through_others() -> None:
    found = circles()
    print(f"{len(found)} circles of modules")
    assert found == [], "\n".join(" <-> ".join(group) for group in found)


def test_no_file_is_longer_than_a_person_reads_in_one_go() -> None:
    lengths = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8").count("\n") for path in MODULES}
    long = {name: lines for name, lines in lengths.items() if lines > LONGEST and name not in DATA_TABLES}
    assert long == {}


def test_there_are_at_most_seven_floors_and_every_folder_stands_on_one() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (floors,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    assert len(floors) <= 7
    placed = {name.strip() for floor in floors for name in re.split(r"[|:]", floor)}
    assert placed == {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def test_the_page_on_architecture_says_what_every_folder_does() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    described = set(re.findall(r"^\| `(\w+)` \| ", page, re.M))
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} <= described


def test_the_contracts_of_the_floors_have_no_exceptions() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    assert {contract["type"] for contract in contracts} == {"layers", "acyclic_siblings", "forbidden"}
    assert not any(contract.get("ignore_imports") for contract in contracts)


def test_the_package_has_no_modules_of_its_own_beside_its_face_and_version() -> None:
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py", "_version.py"}


def test_loop_variables_name_the_thing() -> None:
    places = [path for folder in ("src", "tests", "docs", "bench") for path in (ROOT / folder).rglob("*.py")]
    # Written so that this line itself is not counted.
    found = sum(len(re.findall(r"\bfor one" + r" in\b", path.read_text("utf-8"))) for path in places)
    assert found <= FOR_ONE_IN_AT_MOST, f"{found} times 'for one ...'; name what the loop is over"


def test_every_public_thing_says_what_it_is_for() -> None:
    missing = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)} {getattr(node, 'name', 'the module')}"
        for path in MODULES
        for node in public_nodes(ast.parse(path.read_text("utf-8")))
        if not ast.get_docstring(node)
    ]
    assert missing == []


def public_nodes(tree: ast.Module) -> list[ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """A module, its public functions and classes, and the public methods of those."""
    found: list[ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef] = [tree]
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found += [
                    method
                    for method in node.body
                    if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and not method.name.startswith("_")
                ]
    return found


def test_importing_every_module_neither_fails_nor_exits() -> None:
    for path in MODULES:
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        importlib.import_module(".".join(parts).removesuffix(".__init__"))
