"""Two states of an app side by side: in sentences, as pages before and after, and as text of files.

What needs it resolves the two states, says who may see them, and gives the pictures of pages an address of
its own (`pictures_at`) that answers with `picture_answer`. The macros are in `showing_changes/macros.html`.
"""

from studio.showing_changes.answering import View, bp, picture_answer, pictures_at, view_asked
from studio.showing_changes.files import FileDifference, file_difference, file_differences
from studio.showing_changes.images import image_answer
from studio.showing_changes.summary import Changes, Group, PictureOf, changes

__all__ = [
    "Changes",
    "FileDifference",
    "Group",
    "PictureOf",
    "View",
    "bp",
    "changes",
    "file_difference",
    "file_differences",
    "image_answer",
    "picture_answer",
    "pictures_at",
    "view_asked",
]
