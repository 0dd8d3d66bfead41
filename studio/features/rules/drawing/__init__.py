"""What depends on what, drawn from left to right: places of a layered graph, and the SVG of it."""

from studio.features.rules.drawing.layers import Drawing, Line, Size, draw

__all__ = ["Drawing", "Line", "Size", "draw"]
