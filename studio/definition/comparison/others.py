"""Files that nothing more can be said about than that they came, changed or went."""

from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.sentences import N_, Sentence


def file_sentences(
    old: AppDefinition, new: AppDefinition, paths: frozenset[str]
) -> Iterator[tuple[str, Sentence]]:
    """One sentence a file, by path, with the path."""
    for path in sorted(paths):
        if path not in old.files:
            yield path, Sentence(N_("The file %(path)s was added"), {"path": path})
        elif path not in new.files:
            yield path, Sentence(N_("The file %(path)s was removed"), {"path": path})
        else:
            yield path, Sentence(_message(new, path), {"path": path})


def _message(app: AppDefinition, path: str) -> str:
    if path == app.paths.process:
        return N_("The process was changed")
    if path == app.paths.policy:
        return N_("The rules for access were changed")
    return N_("The file %(path)s was changed")
