"""Headers that every answer carries: what the browser may load, and from where."""

from collections.abc import Callable, Sequence

from flask import Flask, Response


def content_security_policy(
    frames: Sequence[str] = (), framed_by: Sequence[str] = (), shown_from: Sequence[str] = ()
) -> str:
    """The policy of pages that show pages of `frames` in themselves, and that `framed_by` may show in theirs.

    Both are origins such as "https://test.example.org". Pictures, sound and film may also come from
    `shown_from`.
    """
    return "; ".join(
        [
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            " ".join(["img-src 'self' data:", *shown_from]),
            " ".join(["media-src 'self'", *shown_from]),
            "font-src 'self'",
            "connect-src 'self'",
            " ".join(["frame-src 'self'", *frames]),
            " ".join(["frame-ancestors", *(framed_by or ["'none'"])]),
            "form-action 'self'",
            "object-src 'none'",
            "base-uri 'none'",
        ]
    )


def install_headers(app: Flask, frames: Sequence[str], framed_by: Sequence[str]) -> None:
    """Put the headers on every answer; a view that set one of them itself keeps its own."""
    headers = {
        "Content-Security-Policy": content_security_policy(frames, framed_by),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(self), microphone=()",
    }
    app.after_request(_adder(headers))


def _adder(headers: dict[str, str]) -> Callable[[Response], Response]:
    def add(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        # Pages are about one person; a shared computer's Back button must not show them after signing out.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return add
