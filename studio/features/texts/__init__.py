"""Texts: all of an app in a table with its languages side by side, and the way to translators and back."""

from studio.features.texts import advice_views, replacing_views, translation_views, views
from studio.features.texts.blueprint import bp

__all__ = ["advice_views", "bp", "replacing_views", "translation_views", "views"]
