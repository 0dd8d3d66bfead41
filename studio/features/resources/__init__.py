"""The images of an app: uploaded, replaced, cropped, described for those who cannot see them."""

from studio.features.resources import picture_views, views
from studio.features.resources.blueprint import bp

__all__ = ["bp", "picture_views", "views"]
