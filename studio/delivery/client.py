"""Speaks with the management door of an environment. Every call may be made again without harm."""

from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from ssl import SSLContext
from typing import Any, Final

import httpx

from studio.definition.sentences import Sentence
from studio.delivery.bundling import Bundle
from studio.delivery.environments import Environment
from studio.delivery.problems import DoesNotOpen, NotAccepted, RuntimeDown, StorageFull, WrongKey

_TIMEOUT: Final = httpx.Timeout(10, connect=2)
_TRIES: Final = 2  # a runtime that was restarted has closed the connections that we still hold


@cache
def _trust() -> SSLContext:
    """Whose certificates count. Reading them takes longer than all else at the start: once is enough."""
    return httpx.create_ssl_context(trust_env=False)


class ManagementClient:
    """One environment's door. Keeps its connections; may be used by many threads at once."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self._http = httpx.Client(
            base_url=f"{environment.management_origin}/_management",
            headers={"Authorization": f"Bearer {environment.key}"},
            timeout=_TIMEOUT,
            trust_env=False,
            verify=_trust(),
        )
        self._public = httpx.Client(timeout=_TIMEOUT, trust_env=False, verify=_trust(), follow_redirects=True)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()
        self._public.close()

    def is_healthy(self) -> bool:
        """Whether the environment answers and accepts our key."""
        try:
            return self._call("GET", "/health").status_code == HTTPStatus.OK
        except (RuntimeDown, WrongKey, NotAccepted):
            return False

    def hand_over(self, bundle: Bundle, progress: Callable[[int, int], None] | None = None) -> int:
        """Send what the environment lacks of a bundle; returns how many files that were.

        `progress(sent, of)` is called now and then. Raises a DeliveryProblem.
        """
        missing = self._offer(bundle.manifest)
        for number, blob in enumerate(missing, start=1):
            self._call("PUT", f"/blobs/{blob}", content=bundle.blob(blob))
            if progress is not None:
                progress(number, len(missing))
        if missing:
            left = self._offer(bundle.manifest)
            if left:
                raise NotAccepted(self._title, f"{len(left)}")
        return len(missing)

    def activate(self, org: str, app: str, *, release: str, version: int, bundle: str, by: str) -> None:
        """Serve an app at a release from now on."""
        message = {"release": release, "version": version, "bundle": bundle, "by": by}
        self._call("PUT", f"/apps/{org}/{app}", json=message)

    def served(self, org: str, app: str) -> dict[str, Any] | None:
        """What is served under this name (release, version, bundle, deployed_at, by), or None."""
        answer = self._call("GET", f"/apps/{org}/{app}", fine=(HTTPStatus.NOT_FOUND,))
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        content: dict[str, Any] = answer.json()
        return content

    def withdraw(self, org: str, app: str) -> None:
        """Stop serving an app."""
        self._call("DELETE", f"/apps/{org}/{app}")

    def open_start_page(self, org: str, app: str) -> None:
        """Go to the app's first page as the public does. Raises DoesNotOpen where it shows an error."""
        answer = self._send(lambda: self._public.get(self.environment.address(org, app)))
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            raise DoesNotOpen(self._title, answer.status_code)

    def submissions(self, org: str, app: str, page: int) -> dict[str, Any]:
        """One page of what people have sent in: {count, page, pages, submissions}. Raises NotAccepted."""
        content: dict[str, Any] = self._call("GET", f"/apps/{org}/{app}/submissions?page={page}").json()
        return content

    def show_review(self, org: str, app: str, number: int, *, bundle: str, release: str, by: str) -> None:
        """Serve a bundle as pull request `number` of an app. Raises a DeliveryProblem."""
        message = {"bundle": bundle, "release": release, "by": by}
        self._call("PUT", f"/reviews/{org}/{app}/{number}", json=message)

    def end_review(self, org: str, app: str, number: int) -> None:
        """Stop serving it; what was filled in there is deleted. Raises a DeliveryProblem."""
        self._call("DELETE", f"/reviews/{org}/{app}/{number}")

    def reviews(self) -> list[dict[str, Any]]:
        """The pull requests that are tried there: as `served`, with `last_used`. Raises a DeliveryProblem."""
        found: list[dict[str, Any]] = self._call("GET", "/reviews").json()["reviews"]
        return found

    def show_preview(self, token: str, *, org: str, app: str, bundle: str, person: str) -> None:
        """Show a bundle as somebody's draft."""
        message = {"org": org, "app": app, "bundle": bundle, "person": person}
        self._call("PUT", f"/previews/{token}", json=message)

    @property
    def _title(self) -> Sentence:
        return self.environment.title

    def _offer(self, manifest: Mapping[str, str]) -> list[str]:
        """Hand over a manifest; returns the blobs that are to be sent first."""
        answer = self._call("POST", "/bundles", json=dict(manifest), fine=(HTTPStatus.CONFLICT,))
        missing: list[str] = (
            answer.json().get("missing", []) if answer.status_code != HTTPStatus.CREATED else []
        )
        if any(blob not in set(manifest.values()) for blob in missing):
            raise NotAccepted(self._title, "?")
        return missing

    def _call(self, method: str, path: str, *, fine: tuple[int, ...] = (), **content: Any) -> httpx.Response:
        answer = self._send(lambda: self._http.request(method, path, **content))
        if answer.is_success or answer.status_code in fine:
            return answer
        raise self._problem(answer)

    def _send(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        for left in reversed(range(_TRIES)):
            try:
                return send()
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as broken:
                if not left:
                    raise RuntimeDown(self._title) from broken
            except httpx.TransportError as down:
                raise RuntimeDown(self._title) from down
        raise AssertionError("unreachable")

    def _problem(self, answer: httpx.Response) -> WrongKey | StorageFull | NotAccepted | RuntimeDown:
        status = answer.status_code
        if status == HTTPStatus.UNAUTHORIZED:
            return WrongKey(self._title)
        if status == HTTPStatus.INSUFFICIENT_STORAGE:
            return StorageFull(self._title)
        if status in (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT):
            return RuntimeDown(self._title)
        return NotAccepted(self._title, _reason(answer))


def _reason(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}"
