"""A browser without script, which refuses pages that are not well made."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from typing import Any

import html5lib
from flask import g, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from coprod import identity
from coprod.db import db
from coprod.identity import Person

X = "{http://www.w3.org/1999/xhtml}"


class Browser(FlaskClient):
    """Signs people in, fills in forms as a person would, and proof-reads every page it opens.

    `reads` False: it does not, for a test that opens thousands.
    """

    reads = True

    def sign_in(self, person: Person) -> None:
        token = identity.start(person.id, device="a test")
        with self.session_transaction() as cookies:
            cookies["_user_id"] = token
            cookies["_fresh"] = True

    def sign_out(self) -> None:
        with self.session_transaction() as cookies:
            cookies.clear()

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        _forget()
        response = super().open(*args, **{"buffered": True} | kwargs)
        _forget()
        if self.reads and response.mimetype == "text/html" and response.data:
            packed = response.headers.get("Content-Encoding") == "gzip"
            proof_read(gzip.decompress(response.data).decode() if packed else response.text)
        return response

    def fill_in(self, path: str, _button: str = "", **answers: Any) -> TestResponse:
        """Open the page, type the answers into its form as it stands, and send it.

        `_button` is the name=value of the button pressed, or the address a form goes to.
        """
        page = self.get(path)
        assert page.status_code == 200, f"{path}: {page.status_code}"
        return self.send(page, path, _button, **answers)

    def send(
        self, page: TestResponse, path: str, _button: str = "", **answers: Any
    ) -> TestResponse:
        """Send the form on a page that is open, with these answers over what it holds."""
        form = _form_with(page.text, set(answers), _button)
        data = _held(form)
        for name, value in answers.items():
            data[name] = (
                [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]
            )
        if "=" in _button:
            name, _, value = _button.partition("=")
            data[name] = [value]
        return self.post(form.get("action") or path, data=data)


def _forget() -> None:
    """A request begins with nothing: the test's own context would remember the last visitor, their
    token, their page, and every row that was read."""
    if has_app_context():
        for name in list(g):
            g.pop(name)
        db.session.remove()


def proof_read(page: str) -> None:
    """Fails on a page that is not well-formed, or lacks what every page must have."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=True).parse(page)
    assert (tree.findtext(f".//{X}title") or "").strip(), "a page says where you are"
    assert len(tree.findall(f".//{X}h1")) == 1, "a page has one h1"
    ids = Counter(found for node in tree.iter() if (found := node.get("id")))
    assert not [name for name, times in ids.items() if times > 1], (
        f"ids twice: {ids.most_common(1)}"
    )
    assert not tree.findall(f".//{X}style"), "no inline style"
    for node in tree.iter():
        assert node.get("style") is None, "no inline style"
        assert not [name for name in node.attrib if name.startswith("on")], "no inline script"
    for script in tree.findall(f".//{X}script"):
        assert script.get("src"), "no inline script"
    _labelled(tree)


def _labelled(tree: Any) -> None:
    labels = {label.get("for") for label in tree.iter(f"{X}label")}
    for kind in ("input", "select", "textarea"):
        for field in tree.iter(f"{X}{kind}"):
            if field.get("type") in {"hidden", "submit", "button"}:
                continue
            said = (
                field.get("id") in labels or field.get("aria-label") or field.get("aria-labelledby")
            )
            assert said, f"no label for {field.get('name')}"


def _form_with(page: str, names: set[str], button: str) -> Any:
    tree = html5lib.parse(page, namespaceHTMLElements=True)
    forms = [form for form in tree.iter(f"{X}form") if (form.get("method") or "").lower() == "post"]
    for form in forms:
        held = {node.get("name") for node in form.iter() if node.get("name")}
        pressed = "=" in button and button.partition("=")[0] in held
        if button and (form.get("action") == button or pressed):
            return form
    for form in forms:
        if names and names <= {node.get("name") for node in form.iter() if node.get("name")}:
            return form
    in_main = [form for form in forms if (form.get("action") or "") != "/sign-out"]
    assert in_main, "there is no form to fill in"
    return in_main[0]


def _held(form: Any) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for node in form.iter():
        name, kind = node.get("name"), node.get("type")
        if not name or kind in {"submit", "button"} or node.tag == f"{X}button":
            continue
        if kind in {"radio", "checkbox"} and node.get("checked") is None:
            continue
        data.setdefault(name, []).append(_value(node))
    return data


def _value(node: Any) -> str:
    if node.tag == f"{X}textarea":
        return re.sub(r"^\n", "", "".join(node.itertext()))
    if node.tag == f"{X}select":
        options = list(node.iter(f"{X}option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return str(chosen[0].get("value", "")) if chosen else ""
    return str(node.get("value") or "")
