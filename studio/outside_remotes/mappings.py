"""Which branches go to an outside remote and which come from there, by name. Pure values."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.history.names import branch_ref

Direction = Literal["both", "out", "in"]
DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)
MOST_MAPPINGS: Final = 20
MOST_PAIRS: Final = 200
# Branches of this name hold what came from outside and is not merged yet; they never go out.
FROM_OUTSIDE: Final = "from/"


@dataclass(frozen=True, slots=True)
class BranchMapping:
    """The branches that `here` names are those that `there` names; one "*" in both is any characters."""

    here: str
    there: str
    direction: Direction = "both"

    @property
    def goes_out(self) -> bool:
        """Whether what is here goes there."""
        return self.direction != "in"

    @property
    def comes_in(self) -> bool:
        """Whether what is there comes here."""
        return self.direction != "out"

    def to_dict(self) -> dict[str, str]:
        """As plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Pair:
    """A branch here and the one there that it goes with."""

    here: str
    there: str
    goes_out: bool
    comes_in: bool


def checked(mappings: Iterable[BranchMapping]) -> tuple[BranchMapping, ...]:
    """Mappings as they can be kept. Raises DomainError for names that no branch can have, or for none."""
    kept = tuple(dict.fromkeys(mappings))
    if not kept:
        raise DomainError(Sentence(N_("Name at least one branch, such as main.")))
    if len(kept) > MOST_MAPPINGS:
        raise DomainError(
            Sentence(N_("There can be at most %(most)s rows of branches."), {"most": MOST_MAPPINGS})
        )
    for each in kept:
        for name in (each.here, each.there):
            branch_ref(name.replace("*", "x"))  # raises InvalidName
        if each.here.count("*") > 1 or each.here.count("*") != each.there.count("*"):
            raise DomainError(
                Sentence(
                    N_("“%(here)s” and “%(there)s” must both have one star, or both none."),
                    {"here": each.here, "there": each.there},
                )
            )
    return kept


def pairs(mappings: Sequence[BranchMapping], here: Iterable[str], there: Iterable[str]) -> list[Pair]:
    """The branches that are meant, each in one pair at most: the first mapping that names it counts."""
    names_here, names_there = sorted(here), sorted(there)
    found: dict[str, Pair] = {}
    taken: set[str] = set()
    for mapping in mappings:
        for pair in _pairs_of(mapping, names_here, names_there):
            is_ours = pair.here.startswith(FROM_OUTSIDE)
            if is_ours or pair.here in found or pair.there in taken or len(found) >= MOST_PAIRS:
                continue
            found[pair.here] = pair
            taken.add(pair.there)
    return list(found.values())


def _pairs_of(mapping: BranchMapping, here: Iterable[str], there: Iterable[str]) -> Iterator[Pair]:
    for sources, pattern, other, is_here in (
        (here, mapping.here, mapping.there, True),
        (there, mapping.there, mapping.here, False),
    ):
        for name in sources:
            star = _match(pattern, name)
            if star is not None:
                partner = other.replace("*", star)
                one, two = (name, partner) if is_here else (partner, name)
                yield Pair(one, two, mapping.goes_out, mapping.comes_in)


def _match(pattern: str, name: str) -> str | None:
    """What the star stands for; "" where the names are the same; None where they are not."""
    before, _, after = pattern.partition("*")
    if "*" not in pattern:
        return "" if name == pattern else None
    found = re.fullmatch(f"{re.escape(before)}(.+){re.escape(after)}", name)
    return found[1] if found else None


def from_dict(given: Mapping[str, Any]) -> BranchMapping:
    """The mapping that `to_dict` wrote."""
    return BranchMapping(**given)
