"""Carries out calls of hooks for all apps of an environment."""

import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal

from studio.definition.app_logic import AVAILABLE, AppLogic, Hook
from studio.runtime.fetching import Fetcher
from studio.runtime.logic.failures import HookFailed, HookRefused, failed, note_printed
from studio.runtime.logic.fetching import Asked, answered
from studio.runtime.logic.hosts import CallFailed, Hosts, Logic, NotConfined
from studio.runtime.logic.messages import MOST_REQUEST, BadMessage, BadValue, packed

# How hooks are run: held in or not at all; with limits alone, for development; or never.
Mode = Literal["confined", "unconfined", "off"]


@dataclass(frozen=True, slots=True)
class Call:
    """A hook of an app ("org/name"), in the modules that have it; `arguments` are in their order."""

    app: str
    logic: AppLogic
    hook: Hook
    modules: Sequence[str]
    arguments: Mapping[str, Any]


@dataclass
class Runner:
    """Runs the hooks of apps in one environment. `servers` are the hosts that hooks may have fetched from.

    `door` is by what they are asked: another one is for servers of one's own.
    """

    mode: Mode = "confined"
    environment: str = "test"
    servers: frozenset[str] = frozenset()
    door: Fetcher = field(default_factory=partial(Fetcher, frozenset(), 0))
    hosts: Hosts = field(init=False)

    def __post_init__(self) -> None:
        self.hosts = Hosts(unconfined=self.mode == "unconfined")
        weakref.finalize(self, self.hosts.end)

    def run(
        self,
        call: Call,
        on_print: Callable[[str], None],
        on_asked: Callable[[Asked], None] = lambda _asked: None,
    ) -> Sequence[Any]:
        """What each module gave. Raises HookRefused with the hook's words, and HookFailed.

        `on_print` gets what the hook has printed and `on_asked` what it had fetched, whatever came of it.
        """
        app, hook = call.app, call.hook
        failure = partial(failed, app, hook, code=call.logic.key)
        if self.mode == "off":
            raise HookFailed(failure("off"))
        settings = call.logic.settings
        servers = frozenset(settings.hosts) & self.servers
        fetcher = replace(self.door, servers=servers, seconds=settings.seconds)
        request = {"hook": hook, "modules": list(call.modules), "arguments": call.arguments}
        try:
            message = packed(request, MOST_REQUEST)
            fetch = partial(answered, fetcher, on_asked=on_asked)
            answer = self.hosts.call(_code(app, call.logic), message, settings.seconds, fetch)
        except (BadValue, BadMessage) as error:
            raise HookFailed(failure("request", {"message": str(error)})) from error
        except CallFailed as error:
            raise HookFailed(failure(error.why)) from error
        except NotConfined as error:
            raise HookFailed(failure("unconfined", {"message": str(error)})) from error
        if printed := note_printed(app, hook, answer.get("printed")):
            on_print(printed)
        if isinstance(answer.get("refused"), str):
            raise HookRefused.saying(answer["refused"][:1000])
        values = answer.get("answer")
        if isinstance(values, list) and len(values) == len(call.modules):
            return values
        error_told = answer.get("error")
        why = "error" if isinstance(error_told, Mapping) else "answer"
        raise HookFailed(failure(why, error_told if isinstance(error_told, Mapping) else None))


def _code(app: str, logic: AppLogic) -> Logic:
    modules = {name: (path, file.source) for name, (path, file) in logic.files.items()}
    return Logic(f"{app}:{logic.key}", modules, AVAILABLE)
