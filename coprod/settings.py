"""What an operator may set, read once from the environment, and refused in one line if wrong."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

KEY_LENGTH = 32  # characters; shorter secrets are refused


class BadSetting(Exception):
    """A setting that is wrong: one line that says what, and how to put it right."""


@dataclass(frozen=True)
class Settings:
    """The installation. `data` is the only directory the site writes to."""

    data: Path
    database_url: str
    secret_key: str
    base_url: str
    smtp_url: str | None
    trusted_proxies: int
    site_name: str
    unsafe_database: bool  # tests only: PostgreSQL may forget what it acknowledged

    @property
    def secure(self) -> bool:
        """Whether the public address is https, so that cookies may be kept to it."""
        return self.base_url.startswith("https://")


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Creates the data directory, and the secret key on first run.

    Raises BadSetting.
    """
    data = Path(environment.get("COPROD_DATA", "var")).resolve()
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o750)
    except OSError as error:
        raise BadSetting(f"COPROD_DATA: cannot write to {data} ({error.strerror}).") from error
    base_url = environment.get("COPROD_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    return Settings(
        data=data,
        database_url=_database_url(environment, data),
        secret_key=_secret_key(environment, data),
        base_url=_url("COPROD_BASE_URL", base_url, {"http", "https"}),
        smtp_url=_smtp_url(environment),
        trusted_proxies=_whole_number(environment, "COPROD_TRUSTED_PROXIES", 0),
        site_name=environment.get("COPROD_SITE_NAME", "Have your say in Lanarkshire"),
        unsafe_database=_unsafe(environment),
    )


def folder(name: str) -> Path:
    """What ships beside the code: in the checkout, or inside the package once it is installed."""
    package = Path(__file__).parent
    beside = package.parent / name
    checkout = (package.parent / "pyproject.toml").is_file() and beside.is_dir()
    return beside if checkout else package / name


def _database_url(environment: Mapping[str, str], data: Path) -> str:
    given = environment.get("COPROD_DATABASE_URL") or f"sqlite:///{data / 'coprod.sqlite3'}"
    if not given.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting(
            "COPROD_DATABASE_URL: use sqlite:///… or postgresql+psycopg://user@host/name."
        )
    return given


def _secret_key(environment: Mapping[str, str], data: Path) -> str:
    given = environment.get("COPROD_SECRET_KEY")
    if given is None:
        kept = data / "secret-key"
        if not kept.exists():
            fresh = data / f"secret-key.{secrets.token_hex(4)}"
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48))
            try:
                kept.hardlink_to(fresh)  # of several first starts at once, one key wins
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        given = kept.read_text().strip()
    if len(given) < KEY_LENGTH or len(set(given)) < KEY_LENGTH // 4:
        raise BadSetting(
            f"COPROD_SECRET_KEY: use at least {KEY_LENGTH} random characters "
            "(python3 -c 'import secrets; print(secrets.token_urlsafe(48))')."
        )
    return given


def _smtp_url(environment: Mapping[str, str]) -> str | None:
    given = environment.get("COPROD_SMTP_URL")
    return _url("COPROD_SMTP_URL", given, {"smtp", "smtps"}) if given else None


def _url(name: str, value: str, schemes: set[str]) -> str:
    parts = urlsplit(value)
    if parts.scheme not in schemes or not parts.hostname:
        raise BadSetting(f"{name}: {value!r} is not a {' or '.join(sorted(schemes))} address.")
    return value


def _whole_number(environment: Mapping[str, str], name: str, default: int) -> int:
    given = environment.get(name, str(default))
    if not given.isdecimal():
        raise BadSetting(f"{name}: {given!r} is not a whole number.")
    return int(given)


def _unsafe(environment: Mapping[str, str]) -> bool:
    given = environment.get("COPROD_UNSAFE_DATABASE", "")
    if given not in {"", "tests"}:
        raise BadSetting("COPROD_UNSAFE_DATABASE: leave it out. It exists for the tests alone.")
    return given == "tests"
