"""Fetching for hooks, which have no network: what they wish for and are answered, as messages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.sentences import Sentence
from studio.runtime.fetching import Fetcher, NotFetched

_LONGEST_SHOWN: Final = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a hook had fetched: status and length (characters) of the answer, or why there was none.

    The address is cut to what is shown.
    """

    address: str
    status: int = 0
    length: int = 0
    refused: Sentence | None = None


def answered(
    fetcher: Fetcher, wanted: Mapping[str, Any], on_asked: Callable[[Asked], None] = lambda _asked: None
) -> Mapping[str, Any]:
    """{"status", "text"} for {"address", "headers"}; {"refused"} in words where there is no answer."""
    address = str(wanted.get("address"))
    shown = address[:_LONGEST_SHOWN]
    given = wanted.get("headers")
    headers = {str(name): str(text) for name, text in given.items()} if isinstance(given, Mapping) else {}
    try:
        answer = fetcher.get(address, headers)
    except NotFetched as refused:
        on_asked(Asked(shown, refused=refused.sentence))
        return {"refused": str(refused)}
    on_asked(Asked(shown, answer.status, len(answer.text)))
    return {"status": answer.status, "text": answer.text}
