"""The library of an organisation: what its apps share, in versions, and what an app takes of it."""

from studio.features.library import app_views, block_views, organisation_views, publishing_views
from studio.features.library.blueprint import bp

__all__ = ["app_views", "block_views", "bp", "organisation_views", "publishing_views"]
