"""A Chromium that shows pages we hand it and can reach nothing else: to look at them as people will.

It is driven through a pipe with the DevTools protocol, so there is no port that somebody else could talk to.
What it is shown may be hostile: it has no network, runs no scripts of the page, has a folder of its own that
is thrown away, and is killed with all its processes when it takes too long or too much.
"""

from studio.browser.failures import BrowserFailed, BrowserMissing
from studio.browser.finding import find_chromium
from studio.browser.process import Limits
from studio.browser.window import Browser, Resource, Window

__all__ = [
    "Browser",
    "BrowserFailed",
    "BrowserMissing",
    "Limits",
    "Resource",
    "Window",
    "find_chromium",
]
