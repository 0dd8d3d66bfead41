"""Rules: all of an app on one page and as a drawing, and the editor of one of them."""

from studio.features.rules import (
    editor_views,
    examples_views,
    hooks_views,
    new_views,
    old_rules_views,
    trying_views,
    views,
)
from studio.features.rules.blueprint import bp
from studio.features.rules.hooks_trying import hook_runner

__all__ = [
    "bp",
    "editor_views",
    "examples_views",
    "hook_runner",
    "hooks_views",
    "new_views",
    "old_rules_views",
    "trying_views",
    "views",
]
