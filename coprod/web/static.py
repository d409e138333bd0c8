"""Style, script and pictures: compressed once, and kept by browsers for as long as they like.

Their address names their content, so a new version is a new address.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from coprod.web.headers import protect

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

FOLDER = Path(__file__).parents[1] / "static"


@cache
def version() -> str:
    """A digest of every file: twelve characters, in the address of each."""
    digest = hashlib.sha256()
    for file in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(file.relative_to(FOLDER).as_posix().encode() + b"\x00" + file.read_bytes())
    return digest.hexdigest()[:12]


def wrapped(app: Flask, data: Path, *, https: bool) -> WSGIApplication:
    """The application behind a server of its files, which are compressed under `data` first."""

    def headers(every: Headers, _path: str, _url: str) -> None:
        protect(every, https=https)

    served: WSGIApplication = WhiteNoise(
        app,
        root=_compressed(data / "static"),
        prefix=f"static/{version()}",
        immutable_file_test=lambda _path, _url: True,
        allow_all_origins=False,
        add_headers_function=headers,
    )
    return served


def _compressed(kept: Path) -> Path:
    """A copy of the files with .gz beside each that gains by it. Of several first starts, one
    copy wins; copies of other versions are left to those that still serve them."""
    ready = kept / version()
    if not ready.is_dir():
        kept.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept) as work:
            copy = Path(work) / "files"
            shutil.copytree(FOLDER, copy)
            compressor = Compressor(use_brotli=False, quiet=True)
            for file in [path for path in copy.rglob("*") if path.is_file()]:
                if compressor.should_compress(file.name):
                    compressor.compress(str(file))
            try:
                copy.rename(ready)
            except OSError:
                if not ready.is_dir():
                    raise
    return ready
