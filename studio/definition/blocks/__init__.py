"""Blocks of the organisation where they stand in an app: put there, followed, brought up to date (0009)."""

from studio.definition.blocks.bringing import Brought, brought
from studio.definition.blocks.changes import FollowBlock, InsertBlock, KeepAsBlock, LeaveBlock, UpdateBlock
from studio.definition.blocks.giving_back import beginning, given_back
from studio.definition.blocks.laying import is_there

__all__ = [
    "Brought",
    "FollowBlock",
    "InsertBlock",
    "KeepAsBlock",
    "LeaveBlock",
    "UpdateBlock",
    "beginning",
    "brought",
    "given_back",
    "is_there",
]
