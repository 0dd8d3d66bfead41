"""Compiled templates, kept for all applications of a process.

Nearly every test makes an application of its own, and Jinja would compile the same templates for each.
"""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class KeptTemplates(BytecodeCache):
    """Keeps them in memory, by name and source."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


def keep_templates() -> None:
    """Give every application that is made from now on the same ones."""
    Flask.jinja_options = {"bytecode_cache": KeptTemplates()}
