"""Branches of an app: choosing one in the shell, making and deleting them, and their rules."""

from studio.features.branches import picker, rules_views, views
from studio.features.branches.blueprint import bp

__all__ = ["bp", "picker", "rules_views", "views"]
