"""App/logic/settings.json: how long the hooks of an app may take, and which servers they may ask."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from studio.definition.findings import Severity
from studio.definition.number_words import number_words
from studio.definition.sentences import N_, Sentence

DEFAULT_SECONDS: Final = 2.0
MOST_SECONDS: Final = 10.0
_HOST: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, at a `line` (from 1) of a Python file or at a `pointer` (JSON) in the settings."""

    code: str
    severity: Severity
    sentence: Sentence
    remedy: Sentence | None = None
    line: int | None = None
    pointer: str | None = None

    @property
    def with_remedy(self) -> Sentence:
        """What is wrong, and what to do about it."""
        if self.remedy is None:
            return self.sentence
        return Sentence("%(sentence)s %(remedy)s", {"sentence": self.sentence, "remedy": self.remedy})


@dataclass(frozen=True, slots=True)
class LogicSettings:
    """`seconds` is the time of one call; `hosts` the names of the servers that may be asked, by https."""

    seconds: float = DEFAULT_SECONDS
    hosts: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_settings(content: Any) -> LogicSettings:
    """The settings in a parsed file (None: there is none). Never raises; what cannot be used is a problem."""
    if content is None:
        return LogicSettings()
    if not isinstance(content, Mapping):
        sentence = Sentence(N_("The settings of the app's logic must be an object, with curly brackets."))
        return LogicSettings(problems=(Problem("bad-logic-settings", "error", sentence, pointer=""),))
    problems = tuple(_problems(content))
    seconds = content.get("seconds")
    hosts = content.get("hosts")
    return LogicSettings(
        float(str(seconds)) if _is_time(seconds) else DEFAULT_SECONDS,
        tuple(host for host in hosts if _is_host(host)) if isinstance(hosts, list) else (),
        problems,
    )


def setting_told(name: str, settings: LogicSettings) -> Sentence:
    """What a setting ("seconds", "hosts") says of the hooks, for the history."""
    if name == "seconds":
        seconds = number_words(Decimal(str(settings.seconds)))
        return Sentence(N_("A call of a Python hook may take %(seconds)s s"), {"seconds": seconds})
    if settings.hosts:
        return Sentence(N_("Python hooks may ask %(servers)s"), {"servers": ", ".join(settings.hosts)})
    return Sentence(N_("Python hooks may ask no other server"))


def _problems(content: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in content.items():
        if name == "seconds" and not _is_time(value):
            sentence = Sentence(
                N_("The time of a call (seconds) must be a number from 0.1 to %(most)s."),
                {"most": int(MOST_SECONDS)},
            )
            yield Problem("bad-logic-settings", "error", sentence, pointer="/seconds")
        elif name == "hosts":
            yield from _host_problems(value)
        elif name not in {"seconds", "hosts", "$schema"}:
            sentence = Sentence(N_("The app's logic has no setting called %(name)s."), {"name": name})
            remedy = Sentence(N_("There are “seconds” and “hosts”."))
            yield Problem("bad-logic-settings", "warning", sentence, remedy, pointer="/" + name)


def _host_problems(value: Any) -> Iterator[Problem]:
    if not isinstance(value, list):
        sentence = Sentence(N_("The servers (hosts) must be a list of names."))
        yield Problem("bad-logic-settings", "error", sentence, pointer="/hosts")
        return
    for index, host in enumerate(value):
        if not _is_host(host):
            sentence = Sentence(N_("%(host)s is not the name of a server."), {"host": str(host)[:100]})
            remedy = Sentence(N_("Write it without https:// and path: data.example.org"))
            yield Problem("bad-logic-settings", "error", sentence, remedy, pointer=f"/hosts/{index}")


def _is_time(value: Any) -> bool:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return is_number and 0.1 <= value <= MOST_SECONDS


def _is_host(value: Any) -> bool:
    return isinstance(value, str) and _HOST.fullmatch(value) is not None
