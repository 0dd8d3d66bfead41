"""Why something could not be looked at."""

from typing import Literal

Why = Literal["time", "memory", "ended", "refused"]


class BrowserMissing(Exception):
    """There is no Chromium on this machine, or none that starts; the message says what it said."""


class BrowserFailed(Exception):
    """The browser gave no answer. `why`: "time" or "memory" ran out, it "ended", or it "refused" a call.

    After all but "refused" the browser is gone.
    """

    def __init__(self, why: Why, said: str = "") -> None:
        super().__init__(f"{why}: {said}" if said else why)
        self.why: Why = why
