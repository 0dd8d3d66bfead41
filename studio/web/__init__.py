"""What every page shares: shell, macros, htmx, errors, headers, languages."""

from studio.web.guards import declare, install_default_deny, open_to_all
from studio.web.install import WebOptions, install_web
from studio.web.language import translate
from studio.web.parts import Part
from studio.web.rendering import hx, is_htmx, render

__all__ = [
    "Part",
    "WebOptions",
    "declare",
    "hx",
    "install_default_deny",
    "install_web",
    "is_htmx",
    "open_to_all",
    "render",
    "translate",
]
