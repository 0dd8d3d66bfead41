"""The layout editor: pages and the components on them."""

from studio.features.layouts import bringing, taking  # noqa: F401 - their views belong to the same blueprint
from studio.features.layouts.views import bp

__all__ = ["bp"]
