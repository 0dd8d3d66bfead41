"""What a person decides about themselves: language, colours, password."""

from studio.features.account.views import bp

__all__ = ["bp"]
