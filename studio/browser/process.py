"""The process of a Chromium: started with a folder of its own, held in, and ended with all it has started."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.browser.failures import BrowserMissing

_LAUNCHER: Final = Path(__file__).with_name("launcher.py")
_FOLDER: Final = "studio-browser-"
_FORGOTTEN: Final = 3600.0  # seconds; longer than any check takes
_ENDS_WITHIN: Final = 5.0  # seconds that a killed process may take to be gone

_FLAGS: Final = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--lang=nb",
    # Nothing is fetched: no name is known, and what has no name goes to a door that is closed.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=socks5://127.0.0.1:1",
    "--proxy-bypass-list=<-loopback>",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-extensions",
    "--disable-breakpad",
    "--no-pings",
    "--no-first-run",
    "--no-default-browser-check",
    "--mute-audio",
    "--deny-permission-prompts",
    "--renderer-process-limit=1",
    # A frame inside the page stays in its process, under the same interception.
    "--disable-features=IsolateSandboxedIframes,IsolateOrigins,site-per-process,Translate,OptimizationHints",
    "--js-flags=--max-old-space-size=256",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a browser may use: seconds to start, seconds for a page, bytes of memory of its own."""

    start: float = 30.0
    page: float = 20.0
    memory: int = 1_500 * 1024 * 1024


class Process:
    """A running Chromium: write to `to`, read from `out` (descriptors). Raises BrowserMissing."""

    def __init__(self, program: Path, *, sandbox: bool) -> None:
        # An administrator cannot have Chromium's own sandbox; the rest holds it in all the same.
        _sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=_FOLDER))
        own = () if sandbox else ("--no-sandbox",)
        theirs_in, self.to = os.pipe()
        self.out, theirs_out = os.pipe()
        command = [
            sys.executable, "-I", "-S", str(_LAUNCHER), str(theirs_in), str(theirs_out),
            str(program), *_FLAGS, *own, f"--user-data-dir={self.folder / 'profile'}", "about:blank",
        ]  # fmt: skip
        self._words = (self.folder / "words").open("wb")
        try:
            self._process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=_surroundings(self.folder),
                pass_fds=(theirs_in, theirs_out),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._words,
                start_new_session=True,
            )
        except OSError as error:
            self._forget()
            raise BrowserMissing(str(error)) from error
        finally:
            os.close(theirs_in)
            os.close(theirs_out)

    @property
    def id(self) -> int:
        """Of the process that leads all of its processes."""
        return self._process.pid

    def memory(self) -> int:
        """Bytes that its processes have for themselves."""
        return sum(map(_own_memory, _processes_of(self._process.pid)))

    def last_words(self) -> str:
        """What it has complained about, at most 2000 characters of it."""
        with suppress(OSError):
            return (self.folder / "words").read_text("utf-8", "replace")[-2000:]
        return ""

    def end(self) -> None:
        """Kill it with all that it has started, and throw its folder away. May be called again."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for each in _processes_of(self._process.pid):  # those that have left the group
            with suppress(ProcessLookupError, PermissionError):
                os.kill(each, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDS_WITHIN)
        self._forget()

    def _forget(self) -> None:
        self._words.close()
        for descriptor in (self.to, self.out):
            with suppress(OSError):
                os.close(descriptor)
        self.to = self.out = -1
        shutil.rmtree(self.folder, ignore_errors=True)


def _sweep() -> None:
    """Throw away what browsers have left whose Studio was killed an hour ago or longer."""
    for place in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with suppress(OSError):
            if place.stat().st_uid == os.geteuid() and time.time() - place.stat().st_mtime > _FORGOTTEN:
                shutil.rmtree(place, ignore_errors=True)


def _surroundings(folder: Path) -> dict[str, str]:
    """Of our environment, which has secrets, only where programs and letters are."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
        if name in os.environ
    }
    return kept | {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "LANG": "C.UTF-8",
    }


def _processes_of(session: int) -> list[int]:
    """The processes of a session (Linux; elsewhere none are seen)."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            # After the name, which may hold anything: state, parent, group, session.
            if int(place.read_text().rpartition(")")[2].split()[3]) == session:
                found.append(int(place.parent.name))
    return found


def _own_memory(process: int) -> int:
    with suppress(OSError, ValueError, IndexError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0
