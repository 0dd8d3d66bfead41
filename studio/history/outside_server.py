"""Speaking to other people's Git servers: one address, looked up once and checked, nobody else's settings, an
end to time and size, and no secret where anybody could read it. Through GitPython, never with options of
whoever gave the address.
"""

import base64
import logging
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Final
from urllib.parse import unquote, urlsplit

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.web.public_addresses import is_public

log = logging.getLogger(__name__)

_PORTS: Final = {"https": 443, "http": 80, "ssh": 22}
_SCP_LIKE: Final = re.compile(
    r"(?P<user>[A-Za-z0-9_][\w.-]*)@(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*):(?P<path>[^:]+)"
)
_HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:.]+")
_USER: Final = re.compile(r"[A-Za-z0-9_][\w.@+-]*")
_POLL: Final = 0.1  # seconds between looks at a running Git
_MOST_OUTPUT: Final = 4_000_000  # bytes that are read of what Git says: some 40 000 branches
_SILENCE: Final = ("1", "30")  # fewer bytes a second than this, for so many seconds, and Git gives up


class OutsideError(DomainError):
    """Another server cannot be reached, may not be reached, or did not give what was asked for."""

    may_pass = False  # whether trying again later may help


class Unreachable(OutsideError):
    """There was no answer, or it broke off."""

    may_pass = True


@dataclass(frozen=True, slots=True)
class Access:
    """How another server may be spoken to. `token` is never logged and never on a command line."""

    token: str | None = field(default=None, repr=False)
    user: str | None = None  # for servers that ask whose token it is; others take any name
    private_addresses: bool = False
    timeout: float = 120.0  # seconds


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, looked up: `ip` is spoken to, whatever the name leads to later."""

    scheme: str
    user: str | None
    password: str | None = field(repr=False)
    host: str
    port: int
    path: str
    ip: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port: where a secret may go."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address without secrets, and without a port that goes without saying."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        user = f"{self.user}@" if self.scheme == "ssh" and self.user else ""
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{user}{host}{port}{self.path}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What Git said, and whether it came to a good end."""

    code: int
    out: str
    errors: str


@dataclass(frozen=True, slots=True)
class Growing:
    """A folder that may not grow larger than so many bytes while Git runs."""

    folder: Path
    most: int


def run(
    arguments: Sequence[str],
    cwd: Path,
    address: Address,
    access: Access,
    growing: Growing | None = None,
) -> Answer:
    """Run Git against a server. Raises OutsideError where it takes too long or brings too much."""
    import git  # noqa: PLC0415 - most processes never speak to another server, and it is large

    running = git.Git(str(cwd)).execute(
        ["git", *arguments],
        as_process=True,
        env=_environment(address, access) | {"GIT_CEILING_DIRECTORIES": str(cwd.parent)},
        start_new_session=True,
    )
    process = running.proc
    assert process is not None  # noqa: S101 - as_process gives one
    out, errors = (_Listener(stream) for stream in (process.stdout, process.stderr))
    try:
        _watch(process, access.timeout, growing)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # also the helpers that Git has started
        process.wait()
    answer = Answer(process.returncode, out.text(), errors.text())
    if answer.code != 0:
        said = answer.errors.strip()[-500:]
        log.info("git %s with %s failed: %s", arguments[0], address.url, said)
    return answer


class _Listener:
    """Reads what a process says to the end, so that it never waits; keeps the beginning."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        assert stream is not None  # noqa: S101 - it is a pipe
        self._stream = stream
        self._found = bytearray()
        self._thread = threading.Thread(target=self._listen, daemon=True, name="git-output")
        self._thread.start()

    def text(self) -> str:
        self._thread.join()
        return self._found.decode("utf-8", "replace")

    def _listen(self) -> None:
        with self._stream as stream:
            while piece := stream.read(1 << 16):
                self._found += piece[: _MOST_OUTPUT - len(self._found)]


def _watch(process: "subprocess.Popen[bytes]", timeout: float, growing: Growing | None) -> None:
    end = time.monotonic() + timeout
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_POLL)
        if growing is not None and _size(growing.folder) > growing.most:
            limit = growing.most // 1_000_000
            raise OutsideError(Sentence(N_("The repository is larger than %(limit)s MB."), {"limit": limit}))
        if process.returncode is not None:
            return
        if time.monotonic() > end:
            raise Unreachable(
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


def look_up(url: str, access: Access) -> Address:
    """The address behind a URL. Raises OutsideError where it is none, or may not be spoken to."""
    return _resolved(parse(url), access)


def parse(url: str) -> Address:
    """What a URL says, without looking it up: `ip` is empty. Raises OutsideError for what is none."""
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
    password = unquote(parts.password or "") or None
    return Address(parts.scheme, user or None, password, host, port, parts.path)


def _resolved(address: Address, access: Access) -> Address:
    return replace(address, ip=_resolve(address.host, address.port, access))


def _resolve(host: str, port: int, access: Access) -> str:
    """The one address that will be spoken to; looked up once, so that it cannot change after it was
    checked."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Unreachable(Sentence(N_("There is no server called “%(host)s”."), {"host": host})) from error
    if not access.private_addresses and not all(map(is_public, found)):
        raise OutsideError(
            Sentence(
                N_("“%(host)s” is inside a private network, which may not be fetched from."), {"host": host}
            )
        )
    return found[0]


def _environment(address: Address, access: Access) -> dict[str, str]:
    """Git's settings for one clone, by environment: nobody else's settings count, and no secret is on a
    command line."""
    ip = f"[{address.ip}]" if ":" in address.ip else address.ip
    settings = {
        "http.followRedirects": "false",
        # A proxy of the machine would look the name up itself, and could be led elsewhere.
        "http.proxy": "",
        "http.curloptResolve": f"{address.host}:{address.port}:{ip}",
        "credential.helper": "",
        "core.hooksPath": os.devnull,
        "http.lowSpeedLimit": _SILENCE[0],
        "http.lowSpeedTime": _SILENCE[1],
        "core.bigFileThreshold": "10m",
        "transfer.fsckObjects": "true",
    }
    password = access.token or address.password
    if password and address.scheme != "ssh":
        pair = base64.b64encode(f"{access.user or address.user or 'git'}:{password}".encode()).decode()
        # For this server alone.
        settings[f"http.{address.origin}/.extraHeader"] = f"Authorization: Basic {pair}"
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
