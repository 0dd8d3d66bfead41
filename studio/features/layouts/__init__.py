"""The layout editor: pages and the components on them."""

from studio.features.layouts.views import bp

__all__ = ["bp"]
