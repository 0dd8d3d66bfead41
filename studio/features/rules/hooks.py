"""The Python hooks of an app as the screen shows them: files, what hooks are for, and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.app_logic import HOOKS, OPTIONS, Hook, logic_of
from studio.definition.checks.app_logic import check_app_logic
from studio.definition.checks.places import Placing
from studio.definition.errors import NotThere
from studio.definition.files import EditedFiles
from studio.definition.sentences import N_, Sentence
from studio.web.code_editor import Mark


@dataclass(frozen=True, slots=True)
class HookKind:
    """A hook: what it is for, and how it is written."""

    name: Hook
    label: Sentence
    help: Sentence
    icon: str

    @property
    def signature(self) -> str:
        """As Python has it."""
        return f"{self.name}({', '.join({**HOOKS, **OPTIONS}[self.name])})"


_WORDS: Final[Mapping[Hook, tuple[str, str, str]]] = {
    "validate": (
        N_("Check the answers"),
        N_("Gives messages after every change, and before the form is sent in."),
        "ExclamationmarkTriangle",
    ),
    "calculate": (
        N_("Work out fields"),
        N_("Fills in fields after every change, after the calculations."),
        "Calculator",
    ),
    "prefill": (
        N_("Fill in beforehand"),
        N_("Fills in fields when a form is begun, after the other prefill."),
        "PencilLine",
    ),
    "may_start": (N_("Say who may begin"), N_("Refuses somebody before the form is begun."), "PersonCircle"),
    "task_started": (
        N_("Begin a step"),
        N_("Fills in fields, or refuses, when a step of the process has begun."),
        "Files",
    ),
    "task_ended": (N_("End a step"), N_("Refuses before a step of the process is left."), "CheckmarkCircle"),
    "choose_flow": (
        N_("Choose the way at a fork"),
        N_("Says which way the process goes, instead of the conditions."),
        "Branching",
    ),
    "options": (N_("Give options"), N_("Makes a list of options that components choose from."), "BulletList"),
}
KINDS: Final = tuple(
    HookKind(name, Sentence(label), Sentence(told), icon) for name, (label, told, icon) in _WORDS.items()
)
BY_NAME: Final[Mapping[str, HookKind]] = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class HookFile:
    """A file. `name` is its path in App/logic without ".py"; `hooks` have the line on which each stands."""

    name: str
    path: str
    hooks: tuple[tuple[HookKind, int], ...]
    errors: int
    warnings: int


def hook_files(app: AppDefinition) -> tuple[HookFile, ...]:
    """All files of the app's logic, in the order in which they are called."""
    findings = list(check_app_logic(app, Placing(app)))
    found = []
    for path, file in logic_of(app).files.values():
        severities = [each.severity for each in findings if each.place.path == path]
        found.append(
            HookFile(
                _inside(app, path),
                path,
                tuple((BY_NAME[hook], line) for hook, line in file.hooks.items()),
                severities.count("error"),
                severities.count("warning"),
            )
        )
    return tuple(found)


def hook_file(app: AppDefinition, name: str) -> HookFile:
    """The file with this name. Raises NotThere."""
    found = next((each for each in hook_files(app) if each.name == name), None)
    if found is None:
        raise NotThere(Sentence(N_("The app has no Python file %(name)s in its logic."), {"name": name}))
    return found


def with_text(app: AppDefinition, path: str, text: str) -> AppDefinition:
    """The app with other code in a file."""
    return AppDefinition(EditedFiles(app.files, {path: text.encode("utf-8", "replace")}))


def marks_in(app: AppDefinition, path: str) -> list[Mark]:
    """What there is to say about a file, with its lines."""
    found = [each for each in check_app_logic(app, Placing(app)) if each.place.path == path]
    return [
        Mark(_told(each.sentence, each.remedy), each.severity, line=each.place.line)
        for each in sorted(found, key=lambda each: each.place.line or 0)
    ]


def _told(sentence: Sentence, remedy: Sentence | None) -> Sentence:
    if remedy is None:
        return sentence
    return Sentence("%(sentence)s %(remedy)s", {"sentence": sentence, "remedy": remedy})


def _inside(app: AppDefinition, path: str) -> str:
    return path.removeprefix(app.paths.logic_folder + "/").removesuffix(".py")
