"""A browser with one window, which shows what it is handed."""

import base64
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import unquote, urlsplit

from studio.browser.failures import BrowserFailed, BrowserMissing
from studio.browser.process import Limits, Process
from studio.browser.protocol import Connection, Event

ORIGIN: Final = "http://page.invalid"  # a name that is reserved to mean nobody (RFC 2606)
# Whatever a page says of itself, it may show our styles and its pictures, and nothing else.
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "form-action 'none'; base-uri 'none'"
)
_TALLEST: Final = 12_000  # pixels; more of a page is not pictured


@dataclass(frozen=True, slots=True)
class Resource:
    """What an address answers with."""

    content: bytes
    type: str


# Given the path of an address ("/page", "/assets/form.css"), what is there; None for nothing.
Answer = Callable[[str], Resource | None]


class Browser:
    """A running Chromium. Use it as a context; one thread at a time.

    `go_on` is asked now and then while it works. Raises BrowserMissing where it does not start.
    """

    def __init__(
        self, program: Path, limits: Limits | None = None, go_on: Callable[[], bool] = lambda: True
    ) -> None:
        self.limits = limits or Limits()
        self._answer: Answer = lambda _path: None
        self._until = 0.0
        self._window: Window | None = None
        self._process, self._connection = self._start(program, go_on)
        self._connection.on_event = self._on_event

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End it."""
        self._process.end()

    @property
    def process_id(self) -> int:
        """Of its first process."""
        return self._process.id

    def _start(self, program: Path, go_on: Callable[[], bool]) -> tuple[Process, Connection]:
        said = ""
        # Chromium's own sandbox needs what not every machine gives; without it, the other walls stand.
        for sandbox in (True, False) if os.geteuid() else (False,):
            process = Process(program, sandbox=sandbox)
            connection = Connection(process, self.limits.memory, go_on)
            try:
                connection.call("Browser.getVersion", until=time.monotonic() + self.limits.start)
            except BrowserFailed as failure:
                said = str(failure)
                process.end()
            except BaseException:
                process.end()
                raise
            else:
                return process, connection
        raise BrowserMissing(said)

    def show(self, answer: Answer, path: str, width: int, height: int = 900) -> "Window":
        """Show what `path` answers with on a screen of so many pixels, until it is there with its letters.

        It has its whole time from now on. Raises BrowserFailed.
        """
        self._until = time.monotonic() + self.limits.page
        self._answer = answer
        self._window = self._window or self._opened()
        self._window.show(path, width, height)
        return self._window

    def _opened(self) -> "Window":
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})
        window = Window(self, attached["sessionId"])
        window.prepare()
        return window

    def call(
        self, method: str, parameters: Mapping[str, Any] | None = None, session: str = ""
    ) -> dict[str, Any]:
        """A call of the protocol, within the time that the page has left. Raises BrowserFailed."""
        return self._connection.call(method, parameters, session=session, until=self._until)

    def wait(self, method: str, session: str) -> Event:
        """The next event of this name. Raises BrowserFailed."""
        return self._connection.wait(
            lambda event: event["method"] == method and event.get("sessionId") == session, self._until
        )

    def _on_event(self, event: Event) -> None:
        if event["method"] == "Inspector.targetCrashed":
            raise BrowserFailed("ended", "the page crashed")
        if event["method"] == "Fetch.requestPaused":
            self._fulfil(event["params"], event["sessionId"])

    def _fulfil(self, paused: Mapping[str, Any], session: str) -> None:
        address = urlsplit(paused["request"]["url"])
        found = (
            self._answer(unquote(address.path)) if f"{address.scheme}://{address.netloc}" == ORIGIN else None
        )
        if found is None:
            self._connection.send(
                "Fetch.failRequest",
                {"requestId": paused["requestId"], "errorReason": "BlockedByClient"},
                session=session,
                until=self._until,
            )
            return
        headers = {
            "Content-Type": found.type,
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
        }
        self._connection.send(
            "Fetch.fulfillRequest",
            {
                "requestId": paused["requestId"],
                "responseCode": 200,
                "responseHeaders": [{"name": name, "value": value} for name, value in headers.items()],
                "body": base64.b64encode(found.content).decode(),
            },
            session=session,
            until=self._until,
        )


class Window:
    """A window: shows an address, runs our code beside the page, and is pictured. Raises BrowserFailed."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    def prepare(self) -> None:
        """Before anything is shown: every request comes to us."""
        self._call("Page.enable")
        self._call("Inspector.enable")
        self._call("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})
        self._call(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]},
        )

    def show(self, path: str, width: int, height: int) -> None:
        """As Browser.show, within the time that is left."""
        self.resize(width, height)
        # The page's own scripts are twice forbidden: here, and by the policy. Ours need timers afterwards.
        self._call("Emulation.setScriptExecutionDisabled", {"value": True})
        gone = self._call("Page.navigate", {"url": f"{ORIGIN}{path}"})
        if gone.get("errorText"):
            raise BrowserFailed("refused", gone["errorText"])
        self._browser.wait("Page.loadEventFired", self._session)
        self._call("Emulation.setScriptExecutionDisabled", {"value": False})
        self.run("document.fonts.ready.then(() => true)")

    def resize(self, width: int, height: int = 900) -> None:
        """Another screen."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def run(self, expression: str) -> Any:
        """What an expression of JavaScript comes to, as JSON, in a world apart from the page's own."""
        frame = self._call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = self._call("Page.createIsolatedWorld", {"frameId": frame, "worldName": "studio"})
        answer = self._call(
            "Runtime.evaluate",
            {
                "contextId": world["executionContextId"],
                "expression": expression,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        if "exceptionDetails" in answer:
            raise BrowserFailed("refused", str(answer["exceptionDetails"].get("text")))
        return answer["result"].get("value")

    def picture(self) -> bytes:
        """The whole page as a PNG, up to 12 000 pixels of its height."""
        metrics = self._call("Page.getLayoutMetrics")
        size, content = metrics["cssLayoutViewport"], metrics["cssContentSize"]
        clip = {
            "x": 0,
            "y": 0,
            "width": size["clientWidth"],
            "height": min(max(content["height"], 1), _TALLEST),
            "scale": 1,
        }
        shot = self._call(
            "Page.captureScreenshot",
            {"format": "png", "clip": clip, "captureBeyondViewport": True, "optimizeForSpeed": True},
        )
        return base64.b64decode(shot["data"])

    def _call(self, method: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return self._browser.call(method, parameters, self._session)
