"""Settings: defaults, keys that are kept, and clear words about bad values."""

import stat
from pathlib import Path

import pytest

from studio.config import BadSetting, read_settings


def test_the_defaults_need_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    settings = read_settings({})

    assert settings.data == tmp_path / "var"
    assert settings.repositories == tmp_path / "repos"
    assert settings.origin == "http://127.0.0.1:8080"
    assert [each.origin for each in settings.environments] == [
        "http://127.0.0.1:8081",
        "http://127.0.0.1:8082",
    ]
    assert settings.database_url == f"sqlite:///{tmp_path}/var/studio.db"
    assert settings.environment("test").sign_in == "test-people"
    assert settings.environment("production").sign_in == ""


def test_hooks_of_apps_are_held_in_and_ask_no_servers_unless_it_is_said(tmp_path: Path) -> None:
    data = {"STUDIO_DATA": str(tmp_path)}
    assert read_settings(data).app_logic == "confined"
    assert read_settings(data).environment("test").fetch_servers == frozenset()
    named = read_settings(
        {**data, "STUDIO_APP_LOGIC": "off", "STUDIO_TEST_FETCH_SERVERS": "Data.example.org, b.no"}
    )
    assert named.app_logic == "off"
    assert named.environment("test").fetch_servers == {"data.example.org", "b.no"}
    assert named.environment("production").fetch_servers == frozenset()
    with pytest.raises(BadSetting, match="STUDIO_APP_LOGIC"):
        read_settings({**data, "STUDIO_APP_LOGIC": "yes"})


def test_secrets_for_other_servers_are_read_from_a_file_and_told_to_nobody(tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    environ = {"STUDIO_DATA": str(tmp_path), "STUDIO_TEST_SECRETS": str(file)}
    file.write_text('{"towns": {"server": "Data.example.org", "value": "s3cret", "apps": ["ttd/app"]}}')
    test = read_settings(environ).environment("test")
    assert (test.secrets["towns"].server, test.secrets["towns"].value) == ("data.example.org", "s3cret")
    assert test.secrets["towns"].apps == {"ttd/app"}
    assert "s3cret" not in repr(read_settings(environ))
    not_ascii = '{"a": {"server": "x.no", "value": "s3cr\u00e9t"}}'
    for bad in ("[]", "{", '{"a": {"value": "s3cret"}}', not_ascii, '{"a": 1}'):
        file.write_text(bad, encoding="utf-8")
        with pytest.raises(BadSetting, match="STUDIO_TEST_SECRETS") as told:
            read_settings(environ)
        assert "s3cr" not in str(told.value)
    with pytest.raises(BadSetting, match="FileNotFoundError"):
        read_settings({**environ, "STUDIO_TEST_SECRETS": str(tmp_path / "none")})


def test_everything_moves_with_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings({"STUDIO_DATA": str(tmp_path)})

    assert settings.repositories == tmp_path / "repos"
    assert settings.environment("production").files == tmp_path / "production" / "files"


def test_keys_are_made_once_differ_and_are_for_their_owner_only(tmp_path: Path) -> None:
    first, second = (read_settings({"STUDIO_DATA": str(tmp_path)}) for _ in range(2))

    keys = {first.secret_key, *(environment.key for environment in first.environments)}
    assert len(keys) == 3
    assert first == second
    assert {stat.S_IMODE(place.stat().st_mode) for place in (tmp_path / "keys").iterdir()} == {0o600}


def test_a_key_that_was_emptied_is_said(tmp_path: Path) -> None:
    read_settings({"STUDIO_DATA": str(tmp_path)})
    (tmp_path / "keys" / "studio").write_text("")

    with pytest.raises(BadSetting, match="Delete the file"):
        read_settings({"STUDIO_DATA": str(tmp_path)})


def test_keys_do_not_show_when_settings_are_printed(tmp_path: Path) -> None:
    settings = read_settings({"STUDIO_DATA": str(tmp_path)})

    assert settings.secret_key not in repr(settings)
    assert settings.environments[0].key not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STUDIO_PORT", "http"),
        ("STUDIO_PORT", "0"),
        ("STUDIO_TEST_PORT", "65536"),
        ("STUDIO_PRODUCTION_PORT", "8081"),
        ("STUDIO_PORT", "٨٠٨٠"),
        ("STUDIO_WORKERS", "-1"),
        ("STUDIO_ORIGIN", "studio.example.org"),
        ("STUDIO_ORIGIN", "https://studio.example.org/path"),
        ("STUDIO_DATABASE_URL", "mysql://x"),
        ("STUDIO_TEST_DATABASE_URL", "nonsense"),
    ],
)
def test_a_bad_value_is_named_in_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadSetting) as problem:
        read_settings({"STUDIO_DATA": str(tmp_path), name: value})

    assert name in str(problem.value)
    assert "\n" not in str(problem.value)


def test_postgresql_is_reached_by_its_usual_address(tmp_path: Path) -> None:
    settings = read_settings({"STUDIO_DATA": str(tmp_path), "STUDIO_DATABASE_URL": "postgresql://db/studio"})

    assert settings.database_url == "postgresql+psycopg://db/studio"
