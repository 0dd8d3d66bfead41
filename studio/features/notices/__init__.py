"""What a person is told: the list behind the bell."""

from studio.features.notices.views import bp

__all__ = ["bp"]
