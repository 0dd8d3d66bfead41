"""The fields of the data model that the code of hooks names, as far as they are written out."""

import ast
from collections.abc import Iterator, Mapping
from typing import Final

# Hooks whose answer is {path: value}.
_FILL_IN: Final = frozenset({"calculate", "prefill", "task_started"})


def fields_named(
    functions: Mapping[str, ast.FunctionDef], hooks: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """(path, line) of what hooks read from their data, give a value, or say something about.

    Read are `data["a"]` and `data.get("a")`, and the same of what these give; given are the keys of what is
    returned; said something about is the first argument of `Issue`.
    """
    for name in hooks:
        function = functions[name]
        if "data" in (argument.arg for argument in function.args.args) and not _is_assigned(function, "data"):
            for node in ast.walk(function):
                path = _read(node)
                if path:
                    yield path, node.lineno  # type: ignore[attr-defined]  # an expression, which has a line
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Dict) and name in _FILL_IN:
                yield from ((path, key.lineno) for key in node.value.keys if key and (path := _text(key)))
            elif isinstance(node, ast.Call) and _is_named(node.func, "Issue"):
                field = node.args[0] if node.args else _keyword(node, "field")
                if field is not None and (path := _text(field)):
                    yield path, node.lineno


def _read(node: ast.AST) -> str:
    """The path that an expression reads; "" where it reads none, or one that is not written out."""
    if isinstance(node, ast.Subscript):
        inside, name = node.value, _text(node.slice)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        inside, name = node.func.value, _text(node.args[0]) if node.args else ""
    else:
        return ""
    if isinstance(inside, ast.Name):
        return name if inside.id == "data" else ""
    around = _read(inside)
    return f"{around}.{name}" if around and name else ""


def _is_assigned(function: ast.FunctionDef, name: str) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in ast.walk(function)
    )


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_named(node: ast.expr, name: str) -> bool:
    return (isinstance(node, ast.Name) and node.id == name) or (
        isinstance(node, ast.Attribute) and node.attr == name
    )


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((each.value for each in call.keywords if each.arg == name), None)
