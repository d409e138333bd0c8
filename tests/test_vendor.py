"""What we took from others is exactly what they published, and nothing more."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[1] / "coprod" / "static" / "vendor"


def packages() -> list[Path]:
    return sorted(path for path in VENDOR.iterdir() if path.is_dir())


def manifest(package: Path) -> dict[str, str]:
    lines = (package / "MANIFEST.sha256").read_text().splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


@pytest.mark.parametrize("package", packages(), ids=lambda package: package.name)
def test_every_vendored_file_is_the_one_its_manifest_names(package: Path) -> None:
    found = {
        path.relative_to(package).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in package.rglob("*")
        if path.is_file() and path.name != "MANIFEST.sha256"
    }

    assert found == manifest(package)


@pytest.mark.parametrize("package", packages(), ids=lambda package: package.name)
def test_every_vendored_package_ships_its_licence(package: Path) -> None:
    assert any(name.startswith("LICENSE") for name in manifest(package))
