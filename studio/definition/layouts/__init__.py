"""Pages and their components, as they lie in ui/."""

from studio.definition.layouts.claims import Claim, child_prefix, claims
from studio.definition.layouts.component import Binding, Component, read_binding
from studio.definition.layouts.layout_set import Kind, LayoutSet, page_order
from studio.definition.layouts.page import DEEPEST, Layout, Page, read_layout

__all__ = [
    "DEEPEST",
    "Binding",
    "Claim",
    "Component",
    "Kind",
    "Layout",
    "LayoutSet",
    "Page",
    "child_prefix",
    "claims",
    "page_order",
    "read_binding",
    "read_layout",
]
