"""Access tokens: a person's own, and those of an organisation's bots."""

from studio.features.tokens import bot_views, views  # noqa: F401 - they put their routes on the blueprint
from studio.features.tokens.blueprint import bp

__all__ = ["bp"]
