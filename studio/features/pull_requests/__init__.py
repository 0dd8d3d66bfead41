"""Pull requests: opening one, looking at what it changes, reviewing, and merging it."""

from studio.features.pull_requests import actions, catching_up, checking, commenting, looking, opening, views
from studio.features.pull_requests.blueprint import bp

__all__ = ["actions", "bp", "catching_up", "checking", "commenting", "looking", "opening", "views"]
