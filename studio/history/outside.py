"""Other people's Git servers: the one place that speaks to them, through GitPython and never with a user's
options."""

import base64
import logging
import os
import re
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import git

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.web.public_addresses import is_public

_log = logging.getLogger(__name__)

_PORTS: Final = {"https": 443, "http": 80, "ssh": 22}
_SCP_LIKE: Final = re.compile(
    r"(?P<user>[A-Za-z0-9_][\w.-]*)@(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*):(?P<path>[^:]+)"
)
_HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:.]+")
_USER: Final = re.compile(r"[A-Za-z0-9_][\w.@+-]*")
_POLL: Final = 0.1  # seconds between looks at a running clone


class OutsideError(DomainError):
    """Another server cannot be reached, may not be reached, or did not give what was asked for."""


@dataclass(frozen=True, slots=True)
class Access:
    """How another server may be spoken to. `token` is never logged and never on a command line."""

    token: str | None = None
    private_addresses: bool = False
    timeout: float = 120.0  # seconds


@dataclass(frozen=True, slots=True)
class _Address:
    scheme: str
    user: str | None
    password: str | None
    host: str
    port: int
    path: str
    ip: str

    @property
    def url(self) -> str:
        """The address without secrets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        user = f"{self.user}@" if self.scheme == "ssh" and self.user else ""
        return f"{self.scheme}://{user}{host}:{self.port}{self.path}"


def clone(url: str, to: Path, access: Access, max_bytes: int) -> None:
    """Clone branches and tags into a new bare repository at `to`, which is left to the caller to remove on
    an error.

    Raises OutsideError for an address that is not https, http or ssh, lies in a private network, or fails.
    """
    address = _address(url, access)
    command = ["git", "clone", "--bare", "--quiet", "--no-hardlinks", "--", address.url, str(to)]
    running = git.Git(str(to.parent)).execute(
        command, as_process=True, env=_environment(address, access), start_new_session=True
    )
    process = running.proc
    assert process is not None  # noqa: S101 - as_process gives one
    try:
        _watch(process, to, access.timeout, max_bytes)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # also the helpers that Git has started
        _, errors = process.communicate()
    failed = process.returncode != 0
    if failed:
        _log.info("clone of %s failed: %s", address.url, errors.decode("utf-8", "replace").strip()[-500:])
        raise OutsideError(
            Sentence(
                N_("“%(url)s” could not be fetched. Check the address, and that you have access to it."),
                {"url": address.url},
            )
        )


def _watch(process: "subprocess.Popen[bytes]", to: Path, timeout: float, max_bytes: int) -> None:
    end = time.monotonic() + timeout
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_POLL)
        if _size(to) > max_bytes:
            raise OutsideError(
                Sentence(N_("The repository is larger than %(limit)s MB."), {"limit": max_bytes // 1_000_000})
            )
        if process.returncode is not None:
            return
        if time.monotonic() > end:
            raise OutsideError(
                Sentence(
                    N_("The server did not answer within %(seconds)s seconds."), {"seconds": int(timeout)}
                )
            )


def _size(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).stat().st_size
            except FileNotFoundError:
                continue  # Git has just given a temporary file its name
    return total


def _address(url: str, access: Access) -> _Address:
    text = url.strip()
    if short := _SCP_LIKE.fullmatch(text):
        text = f"ssh://{short['user']}@{short['host']}/{short['path'].lstrip('/')}"
    refused = OutsideError(
        Sentence(
            N_(
                "Give an address that begins with https:// (or ssh://), such as "
                "https://example.org/org/app.git."
            )
        )
    )
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise refused from error
    host, user = parts.hostname or "", unquote(parts.username or "")
    plain = text.isprintable() and " " not in text and not parts.query and not parts.fragment
    if (
        parts.scheme not in _PORTS
        or not plain
        or not _HOST.fullmatch(host)
        or not (not user or _USER.fullmatch(user))
    ):
        raise refused
    port = port or _PORTS[parts.scheme]
    ip = _resolve(host, port, access)
    return _Address(
        parts.scheme, user or None, unquote(parts.password or "") or None, host, port, parts.path, ip
    )


def _resolve(host: str, port: int, access: Access) -> str:
    """The one address that will be spoken to; looked up once, so that it cannot change after it was
    checked."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise OutsideError(Sentence(N_("There is no server called “%(host)s”."), {"host": host})) from error
    if not access.private_addresses and not all(map(is_public, found)):
        raise OutsideError(
            Sentence(
                N_("“%(host)s” is inside a private network, which may not be fetched from."), {"host": host}
            )
        )
    return found[0]


def _environment(address: _Address, access: Access) -> dict[str, str]:
    """Git's settings for one clone, by environment: nobody else's settings count, and no secret is on a
    command line."""
    ip = f"[{address.ip}]" if ":" in address.ip else address.ip
    settings = {
        "http.followRedirects": "false",
        "http.curloptResolve": f"{address.host}:{address.port}:{ip}",
        "credential.helper": "",
        "core.hooksPath": os.devnull,
        "core.bigFileThreshold": "10m",
        "transfer.fsckObjects": "true",
    }
    password = access.token or address.password
    if password and address.scheme != "ssh":
        pair = base64.b64encode(f"{address.user or 'git'}:{password}".encode()).decode()
        settings["http.extraHeader"] = f"Authorization: Basic {pair}"
    numbered = {f"GIT_CONFIG_KEY_{number}": key for number, key in enumerate(settings)}
    numbered |= {f"GIT_CONFIG_VALUE_{number}": value for number, value in enumerate(settings.values())}
    ssh = f"ssh -F {os.devnull} -o BatchMode=yes -o StrictHostKeyChecking=accept-new"
    return {
        **numbered,
        "GIT_CONFIG_COUNT": str(len(settings)),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_ALLOW_PROTOCOL": "https:http:ssh",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_SSH_COMMAND": f"{ssh} -o HostName={address.ip} -o HostKeyAlias={address.host}",
    }
