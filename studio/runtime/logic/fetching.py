"""Fetching for hooks, which have no network: what they wish for and are answered, as messages."""

from collections.abc import Mapping
from typing import Any

from studio.runtime.fetching import Fetcher, NotFetched


def answered(fetcher: Fetcher, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
    """{"status", "text"} for {"address", "headers"}; {"refused"} in words where there is no answer."""
    given = wanted.get("headers")
    headers = {str(name): str(text) for name, text in given.items()} if isinstance(given, Mapping) else {}
    try:
        answer = fetcher.get(str(wanted.get("address")), headers)
    except NotFetched as refused:
        return {"refused": str(refused)}
    return {"status": answer.status, "text": answer.text}
