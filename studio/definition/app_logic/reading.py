"""One Python file of an app's logic as a syntax tree: its hooks, and what would go wrong when it is run."""

import ast
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from studio.definition.app_logic.interface import AVAILABLE, HOOKS, OPTIONS, Hook
from studio.definition.app_logic.naming import fields_named
from studio.definition.app_logic.settings import Problem
from studio.definition.sentences import N_, Sentence

MOST_BYTES: Final = 500_000
# The package that the modules of an app's logic lie in: `from logic.tax import rate`.
PACKAGE: Final = "logic"

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class LogicFile:
    """A file. `source` is "" where it is no text; `hooks` is the name of a hook -> its line.

    `fields` are the paths in form data that the hooks name, each with its line.
    """

    source: str = field(default="", repr=False)
    hooks: Mapping[Hook, int] = field(default_factory=dict)
    fields: tuple[tuple[str, int], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_logic_file(content: bytes, *, gives_options: bool = False) -> LogicFile:
    """The file with this content. Never raises.

    `gives_options`: it lies among the option lists, where the hook `options` is looked for instead of others.
    """
    known = OPTIONS if gives_options else HOOKS
    if len(content) > MOST_BYTES:
        sentence = Sentence(N_("The file is larger than %(limit)s kB."), {"limit": MOST_BYTES // 1000})
        return LogicFile(problems=(Problem("bad-logic", "error", sentence, line=1),))
    try:
        source = content.decode("utf-8-sig")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sentence = Sentence(N_("The file is not text in UTF-8."))
        return LogicFile(problems=(Problem("bad-logic", "error", sentence, line=line),))
    except SyntaxError as error:
        sentence = Sentence(N_("This is not Python: %(reason)s."), {"reason": str(error.msg)})
        return LogicFile(source, problems=(Problem("bad-logic", "error", sentence, line=error.lineno or 1),))
    except (ValueError, RecursionError, MemoryError):
        sentence = Sentence(
            N_("The code cannot be read: it is nested too deep, or holds characters no code has.")
        )
        return LogicFile(source, problems=(Problem("bad-logic", "error", sentence, line=1),))
    functions = {each.name: each for each in tree.body if isinstance(each, _Function)}
    hooks = {name: functions[name].lineno for name in known if name in functions}
    problems = [
        *(one for name, names in known.items() if name in hooks for one in _wrong(functions[name], names)),
        *_unknown(functions, known, tree),
        *_imports(tree),
    ]
    if gives_options and not hooks and not problems:
        sentence = Sentence(N_("The file has no function called options, so the list stays empty."))
        remedy = Sentence(N_("Write: def options(data, parameters, context)"))
        problems.append(Problem("missing-hook", "error", sentence, remedy, line=1))
    plain = {name: each for name, each in functions.items() if isinstance(each, ast.FunctionDef)}
    named = fields_named(plain, {name: line for name, line in hooks.items() if name in plain})
    return LogicFile(source, hooks, tuple(named), tuple(problems))


def _wrong(function: _Function, names: tuple[str, ...]) -> Iterator[Problem]:
    """What keeps a hook from being called."""
    remedy = Sentence(
        N_("Write: def %(hook)s(%(arguments)s)"), {"hook": function.name, "arguments": ", ".join(names)}
    )
    if isinstance(function, ast.AsyncFunctionDef):
        sentence = Sentence(
            N_("%(hook)s is asynchronous, and is called as a plain function."), {"hook": function.name}
        )
        yield Problem("wrong-hook", "error", sentence, remedy, line=function.lineno)
    given = function.args
    positional = len(given.posonlyargs) + len(given.args)
    least = positional - len(given.defaults)
    must_be_named = any(default is None for default in given.kw_defaults)
    if must_be_named or least > len(names) or (positional < len(names) and given.vararg is None):
        sentence = Sentence(
            N_("%(hook)s is called with %(count)s arguments: %(arguments)s."),
            {"hook": function.name, "count": len(names), "arguments": ", ".join(names)},
        )
        yield Problem("wrong-hook", "error", sentence, remedy, line=function.lineno)


def _unknown(
    functions: Mapping[str, _Function], known: Mapping[Hook, tuple[str, ...]], tree: ast.Module
) -> Iterator[Problem]:
    """Functions that look like hooks and are none: a name with a slip, or a hook of another kind of file."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for name, function in functions.items():
        if name in known or name.startswith("_") or name in used:
            continue
        elsewhere = name in HOOKS or name in OPTIONS
        likely = get_close_matches(name, [*known], 1, 0.75)
        takes_context = bool(function.args.args) and function.args.args[-1].arg == "context"
        if elsewhere or likely or takes_context:
            sentence = Sentence(N_("%(name)s is not a hook, and is never called."), {"name": name})
            words = ", ".join(known)
            remedy = (
                Sentence(N_("Did you mean %(name)s?"), {"name": likely[0]})
                if likely and not elsewhere
                else Sentence(N_("The hooks in this file can be: %(names)s."), {"names": words})
            )
            yield Problem("unknown-hook", "warning", sentence, remedy, line=function.lineno)


def _imports(tree: ast.Module) -> Iterator[Problem]:
    """Imports of what is not there when the code is run."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            wanted = _named(node)
        else:
            continue
        for name in wanted:
            if not (name in AVAILABLE or name == PACKAGE or name.startswith(PACKAGE + ".")):
                sentence = Sentence(
                    N_("The module %(name)s cannot be imported in an app's logic."), {"name": name}
                )
                remedy = Sentence(N_("There are: %(names)s."), {"names": ", ".join(AVAILABLE[1:])})
                yield Problem("unknown-import", "error", sentence, remedy, line=node.lineno)


def _named(node: ast.ImportFrom) -> list[str]:
    """The modules that `from … import …` needs; inside the app's own package all are fine."""
    module = node.module or ""
    if node.level or module in AVAILABLE or module.partition(".")[0] == PACKAGE:
        return []
    inside = [f"{module}.{alias.name}" for alias in node.names]
    return inside if any(name in AVAILABLE for name in inside) else [module]
