"""What an import is given: a folder of files, or the same in a zip. Read whole, within limits."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from coprod.importing.report import Report, Unusable

FILE_MAX = 100_000_000  # bytes; some 200,000 contributions
ALL_MAX = 300_000_000  # bytes of all files together, unpacked
MEMBERS_MAX = 500  # files in a zip; a bundle has 17 at most
_UNPACKABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True)
class Sources:
    """The files that were found, by name. `name` is the folder's or the zip's own."""

    name: str
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of the files: what `sha256sum *.csv | sha256sum` gives for them.

        Names are in the order of their characters. A folder and its zip have the same.
        """
        whole = hashlib.sha256()
        for name in sorted(self.files):
            each = hashlib.sha256(self.files[name]).hexdigest()
            whole.update(f"{each}  {name}\n".encode())
        return whole.hexdigest()


def read(path: Path, wanted: Collection[str], report: Report) -> Sources:
    """The wanted files of a folder or a zip; others are noted and left. Raises Unusable."""
    if not path.exists():
        raise Unusable(f"{path}: there is no such folder or file.")
    found = _folder(path) if path.is_dir() else _zip(path)
    files: dict[str, bytes] = {}
    try:
        for name, content in found:
            if name in files:
                raise Unusable(f"{path}: it holds {name} twice.")
            if name not in wanted:
                report.note(name, None, "not a file of this format: left out")
                continue
            files[name] = content()
            if sum(map(len, files.values())) > ALL_MAX:
                raise Unusable(f"{path}: its files come to more than {ALL_MAX:,} bytes.")
    except _UNPACKABLE as error:
        raise Unusable(f"{path}: it cannot be read ({error}).") from error
    if not files:
        raise Unusable(f"{path}: it holds none of {', '.join(sorted(wanted))}.")
    return Sources(path.resolve().name, files)


class _Content:
    """How to read one file, with the limit enforced on what really comes out."""

    def __init__(self, container: Path | zipfile.ZipFile, member: str) -> None:
        self.container, self.member = container, member

    def __call__(self) -> bytes:
        if isinstance(self.container, zipfile.ZipFile):
            with self.container.open(self.member) as file:
                content = file.read(FILE_MAX + 1)
        else:
            with (self.container / self.member).open("rb") as file:
                content = file.read(FILE_MAX + 1)
        if len(content) > FILE_MAX:
            raise Unusable(f"{self.member}: it is larger than {FILE_MAX:,} bytes.")
        return content


Found = Iterator[tuple[str, _Content]]


def _folder(path: Path) -> Found:
    for inside in sorted(path.iterdir()):
        if not inside.name.startswith("."):
            yield inside.name, _Content(path, inside.name)


def _zip(path: Path) -> Found:
    if not zipfile.is_zipfile(path):
        raise Unusable(f"{path}: this is neither a folder nor a whole zip file.")
    with zipfile.ZipFile(path) as packed:
        members = [info for info in packed.infolist() if not info.is_dir()]
        if len(members) > MEMBERS_MAX:
            raise Unusable(f"{path}: it holds more than {MEMBERS_MAX} files.")
        for info in members:
            inside = PurePosixPath(info.filename)
            if inside.is_absolute() or ".." in inside.parts or "\\" in info.filename:
                raise Unusable(f"{path}: it holds a file with an unsafe name.")
            if inside.parts[0] == "__MACOSX" or inside.name.startswith("."):
                continue
            if len(inside.parts) > 2:
                continue  # the files lie at the top, or in the one folder that was packed
            if info.file_size > FILE_MAX:
                raise Unusable(f"{path}: {inside.name} is larger than {FILE_MAX:,} bytes.")
            yield inside.name, _Content(packed, info.filename)
