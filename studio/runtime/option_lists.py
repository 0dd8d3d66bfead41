"""The option lists of apps that are no files of theirs: those that other servers have, and the standard ones.

Answers of servers are used again for as long as their source says, and for a day where the server does not
answer any more. A server that did not answer is not asked again at once: a form with ten lists waits once.
"""

import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.option_sources import (
    NoOptions,
    OptionSource,
    Secret,
    read_answer,
    source_at,
    sources_of,
    standard_name,
)
from studio.definition.options.narrowing import is_wanted
from studio.definition.sentences import N_, Sentence
from studio.runtime.fetching import Fetched, Fetcher, NotFetched
from studio.services.standard_lists import NoList, StandardLists

Options = Sequence[Mapping[str, Any]]

_OLD: Final = 86_400.0  # seconds for which an answer serves where there is no newer one
_PAUSE: Final = 10.0  # seconds for which a server that did not answer is left alone
_BEGINNING: Final = 2000  # characters of an answer that whoever tries a source is shown
_MOST_KEPT: Final = 200_000  # options of all answers together


class NotListed(Exception):
    """The options cannot be had now; the sentence is for those who make the app and run the environment."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class KeptSecret:
    """What an environment sends to one server, for the apps that may: "org" or "org/app"; all where empty."""

    server: str
    value: str = field(repr=False)
    apps: frozenset[str] = frozenset()

    def is_for(self, server: str, app: str) -> bool:
        """Whether an app ("org/name") may have it sent to a server."""
        is_allowed = not self.apps or bool(self.apps & {app, app.partition("/")[0]})
        return server == self.server and is_allowed


@dataclass(frozen=True, slots=True)
class _Kept:
    options: Options
    at: float


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one attempt: the options, or why there are none, and how the server's answer begins.

    `address` is what was asked; None where something of it has no value yet.
    """

    address: str | None
    options: Options = ()
    problem: Sentence | None = None
    begins: str = ""


@dataclass
class OptionLists:
    """The lists of all apps of one environment. `servers` may be asked; `secrets` are theirs by name.

    `private_addresses`, `port`, `trust` and `clock` are for servers of one's own.
    """

    servers: frozenset[str] = frozenset()
    secrets: Mapping[str, KeptSecret] = field(default_factory=dict, repr=False)
    standard: StandardLists = field(default_factory=StandardLists)
    private_addresses: bool = False
    port: int = 443
    trust: ssl.SSLContext | None = None
    clock: Any = time.monotonic
    _kept: OrderedDict[tuple[str, ...], _Kept] = field(default_factory=OrderedDict, repr=False)
    _silent: dict[str, tuple[float, Sentence]] = field(default_factory=dict)
    _asking: dict[tuple[str, ...], threading.Lock] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def options(
        self, app: AppDefinition, name: str, option_id: str, asked: Mapping[str, str], language: str
    ) -> Options | None:
        """The options of a list of the app `name` ("org/app"), as JSON; None where it is no list of ours.

        Parameters that the address does not speak of narrow by tags. Raises NotListed.
        """
        path = sources_of(app).get(option_id)
        standard = standard_name(option_id)
        if path is not None:
            source = source_at(app, path).source
            if source is None:
                raise NotListed(
                    Sentence(N_("%(path)s cannot be used; the app check says why."), {"path": path})
                )
            found = self._fetched(source, name, (app.files.blob_id(path), name), asked, language)
            asked = {key: text for key, text in asked.items() if key not in source.names}
        elif standard is not None:
            try:
                found = self.standard.options(standard, language)
            except NoList:
                raise NotListed(
                    Sentence(N_("There is no %(name)s here: run “studio lists refresh”."), {"name": standard})
                ) from None
        else:
            return None
        return [option for option in found if is_wanted(option, asked)] if asked else found

    def tried(self, source: OptionSource, app: str, asked: Mapping[str, str], language: str) -> Tried:
        """Ask the server of a source once, for whoever writes it; nothing is kept of it.

        What was asked for narrows the options as in a form. Secrets that the server says again are left out.
        """
        address, begins = source.address_for(asked, language), ""
        if address is None:
            return Tried(None)
        fetcher = Fetcher(self.servers, source.seconds, self.private_addresses, self.port, self.trust)
        try:
            answer = fetcher.get(address, self._headers(source, app))
            begins = self._without_secrets(answer.text[:_BEGINNING])
            found = _read(source, answer)
        except (NotFetched, NotListed) as error:
            return Tried(address, problem=error.sentence, begins=begins)
        more = {name: text for name, text in asked.items() if name not in source.names}
        return Tried(address, [each for each in found if is_wanted(each, more)], begins=begins)

    def _without_secrets(self, text: str) -> str:
        for secret in self.secrets.values():
            text = text.replace(secret.value, "•••") if secret.value else text
        return text

    def _fetched(
        self,
        source: OptionSource,
        app: str,
        content: tuple[str, ...],
        asked: Mapping[str, str],
        language: str,
    ) -> Options:
        address = source.address_for(asked, language)
        if address is None:
            return ()  # what the list depends on has not been answered yet
        headers = self._headers(source, app)
        key = (*content, address)
        with self._lock:
            kept = self._kept.get(key)
            asking = self._asking.setdefault(key, threading.Lock())
        if kept is not None and self.clock() - kept.at < source.cache_seconds:
            return kept.options
        with asking:  # many people who come at once ask once
            kept = self._kept.get(key)
            if kept is not None and self.clock() - kept.at < source.cache_seconds:
                return kept.options
            try:
                return self._keep(key, self._asked(source, address, headers))
            except NotListed:
                if kept is not None and self.clock() - kept.at < _OLD:
                    return kept.options
                raise
            finally:
                with self._lock:
                    self._asking.pop(key, None)

    def _asked(self, source: OptionSource, address: str, headers: Mapping[str, str]) -> Options:
        silent = self._silent.get(source.server)
        if silent is not None and self.clock() - silent[0] < _PAUSE:
            raise NotListed(silent[1])
        fetcher = Fetcher(self.servers, source.seconds, self.private_addresses, self.port, self.trust)
        try:
            answer = fetcher.get(address, headers)
        except NotFetched as error:
            self._silent[source.server] = (self.clock(), error.sentence)
            raise NotListed(error.sentence) from error
        return _read(source, answer)

    def _headers(self, source: OptionSource, app: str) -> Mapping[str, str]:
        return {name: self._header(value, source.server, app) for name, value in source.headers.items()}

    def _header(self, value: str | Secret, server: str, app: str) -> str:
        if isinstance(value, str):
            return value
        secret = self.secrets.get(value.name)
        if secret is None or not secret.is_for(server, app):
            values = {"name": value.name, "app": app, "server": server}
            problem = N_("This environment has no secret %(name)s that %(app)s may send to %(server)s.")
            raise NotListed(Sentence(problem, values))
        return value.prefix + secret.value

    def _keep(self, key: tuple[str, ...], options: Options) -> Options:
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = _Kept(options, self.clock())
            count = sum(len(each.options) + 1 for each in self._kept.values())
            while count > _MOST_KEPT and len(self._kept) > 1:
                count -= len(self._kept.popitem(last=False)[1].options) + 1
        return options


def _read(source: OptionSource, answer: Fetched) -> Options:
    if answer.status != 200:
        values = {"server": source.server, "status": str(answer.status)}
        raise NotListed(Sentence(N_("%(server)s answered with the status %(status)s."), values))
    try:
        return read_answer(source, answer.text)
    except NoOptions as error:
        raise NotListed(error.sentence) from error
