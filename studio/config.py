"""The settings of this installation, read once from the environment. Only the doors read them."""

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, get_args
from urllib.parse import urlsplit

EnvironmentName = Literal["test", "production"]
# Held in by the platform; with limits alone, which is for development; or not at all (docs/decisions/0017).
AppLogicMode = Literal["confined", "unconfined", "off"]
MailSecurity = Literal["starttls", "tls", "none"]
ENVIRONMENTS: Final[tuple[EnvironmentName, ...]] = ("test", "production")

_PORTS: Final = {"STUDIO_PORT": 8080, "STUDIO_TEST_PORT": 8081, "STUDIO_PRODUCTION_PORT": 8082}
_MAIL_PORTS: Final[Mapping[MailSecurity, int]] = {"starttls": 587, "tls": 465, "none": 25}
_MAIL_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_DATABASES: Final = ("sqlite", "postgresql", "postgresql+psycopg")


class BadSetting(ValueError):
    """A setting has a value that cannot be used; the message says which, and what is allowed."""


@dataclass(frozen=True, slots=True)
class SecretSetting:
    """A secret that is sent to one server, for the apps "org" or "org/app"; for all where none are named."""

    server: str
    value: str = field(repr=False)
    apps: frozenset[str]


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server (SMTP) that e-mails are handed to."""

    host: str
    port: int
    security: MailSecurity
    user: str
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class EnvironmentSettings:
    """One runtime: where it listens, where it keeps things, and the key of its management door."""

    name: EnvironmentName
    port: int
    origin: str
    database_url: str = field(repr=False)  # may hold a password
    files: Path
    key: str = field(repr=False)
    sign_in: str  # "test-people", "local-demo" or "" (none is configured)
    fetch_servers: frozenset[str]  # hosts that hooks and option lists of apps may be fetched from
    secrets: Mapping[str, SecretSetting] = field(repr=False)  # what option lists send to them, by name


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next."""

    data: Path
    repositories: Path
    lists: Path  # standard option lists that were fetched anew
    host: str
    port: int
    origin: str
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    workers: int
    virus_scanner: str  # ClamAV's daemon: "host:port" or the path of a socket; "" for none
    largest_push: int  # bytes that a Git client may send at once
    review_places: int  # pull requests of an organisation that are tried at once; 0: none
    review_days: int  # how long one is kept that nobody uses
    chromium: str  # the program that looks at pages for checks; "" for the first on PATH, "off" for none
    app_logic: AppLogicMode  # how the Python hooks of apps are run
    git_hosts: frozenset[str]  # servers of one's own network that apps may name as outside remotes
    remotes_key: str = field(repr=False)  # seals the tokens of outside remotes
    mail: MailSettings | None  # None: no e-mails are sent
    environments: tuple[EnvironmentSettings, ...]

    def environment(self, name: str) -> EnvironmentSettings:
        """Raises KeyError where there is no such environment."""
        return {each.name: each for each in self.environments}[name]  # type: ignore[index]  # any text is asked for


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`, defaults filled in; the first call makes keys in the data folder.

    Raises BadSetting, or OSError where the data folder cannot be written.
    """
    data = Path(environ.get("STUDIO_DATA") or "var").absolute()
    default_repositories = data / "repos" if environ.get("STUDIO_DATA") else Path("repos")
    host = environ.get("STUDIO_HOST") or "127.0.0.1"
    ports = {name: _port(environ, name, default) for name, default in _PORTS.items()}
    if len(set(ports.values())) < len(ports):
        raise BadSetting(f"{', '.join(ports)} must be three different ports.")
    return Settings(
        data=data,
        lists=data / "lists",
        repositories=Path(environ.get("STUDIO_REPOSITORIES") or default_repositories).absolute(),
        host=host,
        port=ports["STUDIO_PORT"],
        origin=_origin(environ, "STUDIO_ORIGIN", host, ports["STUDIO_PORT"]),
        database_url=_database(environ, "STUDIO_DATABASE_URL", data / "studio.db"),
        secret_key=environ.get("STUDIO_SECRET_KEY") or kept_key(data, "studio"),
        workers=_number(environ, "STUDIO_WORKERS", 2, 1, 64),
        virus_scanner=environ.get("STUDIO_VIRUS_SCANNER") or "",
        largest_push=_number(environ, "STUDIO_LARGEST_PUSH_MB", 500, 1, 100_000) * 1_000_000,
        review_places=_number(environ, "STUDIO_REVIEW_PLACES", 10, 0, 1000),
        review_days=_number(environ, "STUDIO_REVIEW_DAYS", 7, 1, 365),
        chromium=_chromium(environ),
        app_logic=_app_logic(environ),
        git_hosts=_names(environ.get("STUDIO_GIT_HOSTS") or ""),
        remotes_key=environ.get("STUDIO_REMOTES_KEY") or kept_key(data, "outside-remotes"),
        mail=_mail(environ),
        environments=tuple(_environment(environ, name, data, host, ports) for name in ENVIRONMENTS),
    )


def _environment(
    environ: Mapping[str, str], name: EnvironmentName, data: Path, host: str, ports: Mapping[str, int]
) -> EnvironmentSettings:
    prefix = f"STUDIO_{name.upper()}"
    port = ports[f"{prefix}_PORT"]
    return EnvironmentSettings(
        name=name,
        port=port,
        origin=_origin(environ, f"{prefix}_ORIGIN", host, port),
        database_url=_database(environ, f"{prefix}_DATABASE_URL", data / name / "runtime.db"),
        files=data / name / "files",
        key=environ.get(f"{prefix}_KEY") or kept_key(data, f"{name}-environment"),
        sign_in=environ.get(f"{prefix}_SIGN_IN") or ("test-people" if name == "test" else ""),
        fetch_servers=_names(environ.get(f"{prefix}_FETCH_SERVERS") or ""),
        secrets=_secrets(environ, f"{prefix}_SECRETS"),
    )


def kept_key(data: Path, name: str) -> str:
    """The secret kept in `data`/keys/`name`, made on the first call. Readable by its owner only."""
    place = data / "keys" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(place, "x", opener=_owner_only) as new:
            new.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass  # made by an earlier start, or by another process at this moment
    key = place.read_text().strip()
    if len(key) < 32:
        raise BadSetting(f"{place} holds no usable key. Delete the file to have a new one made.")
    return key


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    return _number(environ, name, default, 1, 65535)


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise BadSetting(f"{name} is {text!r}, but must be a whole number from {low} to {high}.")
    return int(text)


def _names(text: str) -> frozenset[str]:
    """Names of servers, between commas or spaces."""
    return frozenset(text.lower().replace(",", " ").split())


def _secrets(environ: Mapping[str, str], name: str) -> Mapping[str, SecretSetting]:
    """The secrets in a file that a setting names: {name: {"server", "value", "apps"}}."""
    path = environ.get(name)
    if not path:
        return {}
    try:
        given = json.loads(Path(path).read_text(encoding="utf-8"))
        return {str(key): _secret(each) for key, each in given.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        # What is in the file is not told: it is secret.
        why = type(error).__name__
        raise BadSetting(
            f"{name} must name a JSON file of secrets, each with a server and a value of ASCII ({why})."
        ) from None


def _secret(given: Mapping[str, Any]) -> SecretSetting:
    value, apps = given["value"], given.get("apps", [])
    if not (value.isascii() and value.isprintable() and isinstance(apps, list)):
        raise ValueError
    return SecretSetting(given["server"].lower(), value, frozenset(map(str, apps)))


def _chromium(environ: Mapping[str, str]) -> str:
    text = environ.get("STUDIO_CHROMIUM") or ""
    if text not in {"", "off"} and not os.access(text, os.X_OK):
        raise BadSetting(f"STUDIO_CHROMIUM is {text!r}, but must be the path of a program, or off.")
    return text


def _app_logic(environ: Mapping[str, str]) -> AppLogicMode:
    modes: dict[str, AppLogicMode] = {each: each for each in get_args(AppLogicMode)}
    text = environ.get("STUDIO_APP_LOGIC") or "confined"
    if text not in modes:
        raise BadSetting(f"STUDIO_APP_LOGIC is {text!r}, but must be one of {', '.join(modes)}.")
    return modes[text]


def _mail(environ: Mapping[str, str]) -> MailSettings | None:
    host = environ.get("STUDIO_SMTP_HOST") or ""
    if not host:
        return None
    kinds: dict[str, MailSecurity] = {each: each for each in get_args(MailSecurity)}
    security = kinds.get(environ.get("STUDIO_SMTP_SECURITY") or "starttls")
    if security is None:
        raise BadSetting(f"STUDIO_SMTP_SECURITY must be one of {', '.join(kinds)}.")
    user, sender = environ.get("STUDIO_SMTP_USER") or "", environ.get("STUDIO_SMTP_FROM") or ""
    if not _MAIL_ADDRESS.fullmatch(sender):
        raise BadSetting(f"STUDIO_SMTP_FROM is {sender!r}, but must be the address that e-mails come from.")
    if user and security == "none":
        raise BadSetting("STUDIO_SMTP_USER needs STUDIO_SMTP_SECURITY=starttls or tls: a password is sent.")
    return MailSettings(
        host=host,
        port=_number(environ, "STUDIO_SMTP_PORT", _MAIL_PORTS[security], 1, 65535),
        security=security,
        user=user,
        password=environ.get("STUDIO_SMTP_PASSWORD") or "",
        sender=sender,
    )


def _origin(environ: Mapping[str, str], name: str, host: str, port: int) -> str:
    text = (environ.get(name) or f"http://{host}:{port}").rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise BadSetting(f"{name} is {text!r}, but must be an address such as https://studio.example.org.")
    return text


def _database(environ: Mapping[str, str], name: str, default: Path) -> str:
    url = environ.get(name) or f"sqlite:///{default}"
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in _DATABASES:
        raise BadSetting(f"{name} must start with sqlite:/// or postgresql://.")
    return f"postgresql+psycopg://{rest}" if scheme == "postgresql" else url
