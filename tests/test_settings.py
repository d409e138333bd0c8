"""A setting that is wrong stops the start, with one line that says what and how."""

import pytest

from coprod import settings
from coprod.settings import BadSetting


def read(tmp_path, **given):
    return settings.read({"COPROD_DATA": str(tmp_path), **given})


def test_a_first_run_needs_no_setting_and_keeps_its_key(tmp_path):
    one, again = read(tmp_path), read(tmp_path)
    assert one.secret_key == again.secret_key
    assert one.database_url.startswith("sqlite:///")
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COPROD_SECRET_KEY", "short"),
        ("COPROD_SECRET_KEY", "a" * 60),
        ("COPROD_DATABASE_URL", "mysql://somewhere"),
        ("COPROD_BASE_URL", "example.org"),
        ("COPROD_BASE_URL", "ftp://example.org"),
        ("COPROD_SMTP_URL", "http://mail"),
        ("COPROD_TRUSTED_PROXIES", "many"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(tmp_path, name, value):
    with pytest.raises(BadSetting) as stop:
        read(tmp_path, **{name: value})
    assert str(stop.value).startswith(f"{name}:")
    assert "\n" not in str(stop.value)


def test_a_directory_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadSetting, match="COPROD_DATA"):
        settings.read({"COPROD_DATA": str(tmp_path / "file" / "data")})


def test_https_keeps_cookies_to_it(tmp_path):
    assert read(tmp_path, COPROD_BASE_URL="https://say.example.org").secure
    assert not read(tmp_path, COPROD_BASE_URL="http://127.0.0.1:8000").secure
