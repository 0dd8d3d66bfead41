"""What an app has newly of its organisation's library, in which version, and what it follows."""

from collections.abc import Iterator, Mapping

from studio.definition.app import AppDefinition
from studio.definition.library import Taken, taken_items
from studio.definition.library.used_blocks import UsedBlock, used_blocks
from studio.definition.sentences import N_, Sentence

_Held = Taken | UsedBlock


def library_sentences(
    old: AppDefinition, new: AppDefinition, changed: frozenset[str]
) -> Iterator[tuple[str, Sentence | None]]:
    """Each sentence with the path it is about; what things are called here is not worth a sentence."""
    path = new.paths.library
    if path not in changed:
        return
    yield path, None
    for sentence in _differences(taken_items(old), taken_items(new)):
        yield path, sentence
    for sentence in _differences(used_blocks(old), used_blocks(new)):
        yield path, sentence


def _differences(before: Mapping[str, _Held], after: Mapping[str, _Held]) -> Iterator[Sentence]:
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        if now is None:
            if was is not None:
                yield Sentence(N_("The app no longer follows *%(name)s* in the library"), _values(was))
        elif was is None:
            yield Sentence(N_("The app has *%(name)s* from the library, version %(version)s"), _values(now))
        elif was.version != now.version:
            yield Sentence(N_("*%(name)s* from the library is now version %(version)s"), _values(now))
        elif was.follows != now.follows:
            message = N_("The app follows the newest version of *%(name)s* in the library")
            if now.follows != "latest":
                message = N_("The app holds on to version %(version)s of *%(name)s* from the library")
            yield Sentence(message, _values(now))


def _values(held: _Held) -> dict[str, str | int | Sentence]:
    return {"name": held.block if isinstance(held, UsedBlock) else held.name, "version": held.version}
