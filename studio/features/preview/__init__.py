"""The preview: a draft as the runtime shows it."""

from studio.features.preview.views import bp

__all__ = ["bp"]
