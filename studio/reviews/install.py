"""The checks of pull requests for Studio's Flask application."""

import threading

from flask import Flask

from studio.browser import Limits
from studio.history.repositories import Repositories
from studio.jobs.worker import Worker
from studio.reviews.check_work import CheckWork
from studio.reviews.room import Checking, checking


def install_reviews(
    app: Flask, repositories: Repositories, chromium: str = "", limits: Limits | None = None
) -> Checking:
    """Hand `app` who works on checks. Nothing runs yet: threads come with the work, and go with it."""
    there = Checking(Worker(CheckWork(app)), repositories, chromium, limits or Limits())
    checking.give(app, there)
    begun = threading.Event()

    def begin() -> None:
        """The first request of a process looks for what another process left behind."""
        if not begun.is_set():
            begun.set()
            there.worker.wake()

    app.before_request(begin)
    return there
