"""Rules about the code itself, and that what the README names is there."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from coprod import cli

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "coprod"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NOBODYS_ROOMS = {"utils", "helpers", "common", "services", "managers", "types", "constants"}
COMMITS = {"commit", "rollback"}
MODULE_MAX = 400
FUNCTION_MAX = 45


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_modules_stay_readable() -> None:
    for module in MODULES:
        source = module.read_text()
        assert ast.get_docstring(ast.parse(source)), f"{named(module)} does not say what it is for"
        assert module.stem not in NOBODYS_ROOMS
        assert len(source.splitlines()) <= MODULE_MAX, named(module)


def test_functions_stay_readable() -> None:
    long = [
        f"{named(module)}: {node.name}, {_lines(node)} lines"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.FunctionDef) and _lines(node) > FUNCTION_MAX
    ]

    assert not long


def _lines(function: ast.FunctionDef) -> int:
    """Of the body, without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_only_the_transaction_commits() -> None:
    for module in MODULES:
        calls = {
            node.func.attr
            for node in ast.walk(ast.parse(module.read_text()))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "session"
        }
        assert module == PACKAGE / "db.py" or not calls & COMMITS, named(module)


def test_html_is_made_by_templates_and_by_the_one_renderer() -> None:
    for module in MODULES:
        if PACKAGE / "text" not in module.parents:
            assert "Markup(" not in module.read_text(), named(module)


def test_templates_trust_nothing() -> None:
    for template in TEMPLATES:
        source = template.read_text()
        assert not re.search(r"\|\s*safe\b|\bautoescape\s+false", source), named(template)
        inline = re.search(r"\son\w+=|\sstyle=|<style|<script(?![^>]*\ssrc=)", source)
        assert not inline, named(template)


def test_nothing_names_a_machine_or_where_packages_come_from() -> None:
    words = ["/work" + "/", "/ro" + "ot/", "index" + "-url=", "pypi" + ".org"]
    for file in tracked():
        if file.suffix in {".py", ".html", ".md", ".toml", ".lock", ".sh", ".txt", ""} and (
            file.is_file()
        ):
            source = file.read_text(errors="replace")
            assert not [word for word in words if word in source], named(file)


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text()
        assert "://" not in lock, name
        pinned = re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==", lock, re.MULTILINE)
        assert len(pinned) > 20
        assert lock.count("--hash=sha256:") >= len(pinned)


def test_every_path_and_command_in_the_readme_is_there() -> None:
    readme = (ROOT / "README.md").read_text()
    quoted = set(re.findall(r"`([^`\n]+)`", readme))
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    for words in quoted:
        if words.startswith("make "):
            assert words.split()[1] in targets, words
        elif re.fullmatch(r"(coprod|templates|migrations|tests|bench|\.ci)/[\w./-]*", words):
            assert (ROOT / words).exists(), words
        elif re.fullmatch(r"[\w-]+\.(md|toml|py|lock)", words):
            assert (ROOT / words).exists() or (PACKAGE / words).exists(), words


def test_every_command_in_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text()

    named_there = set(re.findall(r"`coprod ([a-z]+)", readme))

    assert named_there <= set(cli.commands.commands)
