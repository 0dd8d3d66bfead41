"""Addresses of views: what builds one is made when it is first asked for.

Werkzeug writes and compiles two functions for each route as soon as it is declared, which is most of what it
takes to make Studio with its hundreds of routes; a process builds addresses for few of them.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import Rule

Build = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """A route whose addresses are as those of `Rule`; only what builds them is made late."""

    def _compile_builder(self, append_unknown: bool = True) -> Build:
        @cache
        def compiled() -> Build:
            return Rule._compile_builder(self, append_unknown)  # noqa: SLF001 - it is our own class's

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            return compiled()(rule, **values)

        return build
