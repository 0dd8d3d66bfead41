"""The layout editor: pages and the components on them."""

from studio.features.layouts import beside, bringing, taking  # noqa: F401 - views of the same blueprint
from studio.features.layouts.views import bp

__all__ = ["bp"]
