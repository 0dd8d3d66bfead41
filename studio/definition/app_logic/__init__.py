"""The Python hooks of an app (App/logic): which there are, and what is wrong with them. Runs nothing."""

from studio.definition.app_logic.interface import AVAILABLE, HOOKS, OPTIONS, Hook
from studio.definition.app_logic.of_app import AppLogic, logic_of
from studio.definition.app_logic.reading import LogicFile, read_logic_file
from studio.definition.app_logic.settings import (
    DEFAULT_SECONDS,
    MOST_SECONDS,
    LogicSettings,
    Problem,
    read_settings,
    setting_told,
)

__all__ = [
    "AVAILABLE",
    "DEFAULT_SECONDS",
    "HOOKS",
    "MOST_SECONDS",
    "OPTIONS",
    "AppLogic",
    "Hook",
    "LogicFile",
    "LogicSettings",
    "Problem",
    "logic_of",
    "read_logic_file",
    "read_settings",
    "setting_told",
]
