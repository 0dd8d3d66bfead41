"""`studio serve` whose answers come late, each by another time (`make late`).

Most of what people do falls between two answers, and on a fast machine hardly any of it: tests that pass only
there, and presses that are lost elsewhere, come to light here.
"""

import random
import runpy
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from studio import serving

# What is asked for before there is a page, and by programs: late, it would only take the time.
_AT_ONCE = ("/assets/", "/git/", "/health")
_SECONDS = (0.0, 0.05, 0.3, 0.9)


def late(make: Callable[..., Flask]) -> Callable[..., Flask]:
    """What makes an application, for one whose answers come late."""

    def made(*settings: Any) -> Flask:
        app = make(*settings)
        answer = app.wsgi_app

        def answer_late(environ: Any, start_response: Any) -> Iterable[bytes]:
            if not any(place in environ["PATH_INFO"] for place in _AT_ONCE):
                time.sleep(random.choice(_SECONDS))
            return answer(environ, start_response)

        app.wsgi_app = answer_late  # type: ignore[method-assign] # as Flask's documentation says
        return app

    return made


if __name__ == "__main__":
    serving.create_app = late(serving.create_app)
    serving.create_runtime = late(serving.create_runtime)
    sys.argv[0] = "studio"
    runpy.run_module("studio", run_name="__main__", alter_sys=False)
