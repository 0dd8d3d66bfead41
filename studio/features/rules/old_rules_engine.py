"""Runs the functions of old rules to see what they give, in a process that has nothing to lose."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.definition.content_cache import ContentCache
from studio.definition.rules.old_rules import OldRules, Proposal, Result, gives_the_same, proposals
from studio.definition.rules.old_rules.proving import Sample
from studio.definition.sentences import N_, Sentence
from studio.features.rules.workplace import Workplace

_CHILD: Final = Path(__file__).with_name("old_rules_child.py")
_PATIENCE: Final = 6
_MOST_ANSWER: Final = 20_000_000
_JUDGED: Final[ContentCache["tuple[Judged, ...]"]] = ContentCache(50)


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal, and why the rule stays; None where the expression gave the same on every sample."""

    proposal: Proposal
    why_not: Sentence | None


def judged(work: Workplace, old: OldRules) -> tuple[Judged, ...]:
    """Every old rule of a form, with what it becomes or why it stays. Found once for the same content."""
    key = f"{work.app.files.tree_id}:{old.layout_set.id}"
    return _JUDGED.get(key, lambda: _judge(work, old))


def _judge(work: Workplace, old: OldRules) -> tuple[Judged, ...]:
    found = proposals(work.app, old)
    open_ones = [each for each in found if each.why_not is None]
    calls = [(each.rule.holder, each.rule.function, sample) for each in open_ones for sample in each.samples]
    answers = run(old.code, calls) if calls else []
    made, start = [], 0
    for each in found:
        if each.why_not is not None:
            made.append(Judged(each, each.why_not))
            continue
        end = start + len(each.samples)
        made.append(Judged(each, _verdict(each, None if answers is None else answers[start:end])))
        start = end
    return tuple(made)


def _verdict(proposal: Proposal, answers: Sequence[Result] | None) -> Sentence | None:
    """Why an expression cannot stand for its function; None where nothing speaks against it."""
    if answers is None:
        return Sentence(N_("The code cannot be run: it does not end, needs too much memory, or is wrong."))
    condition = proposal.rule.action != "write"
    for sample, answer in zip(proposal.samples, answers, strict=True):
        if not gives_the_same(proposal.over_inputs, sample, answer, condition=condition):
            text = N_("The expression would give something else for %(inputs)s.")
            return Sentence(text, {"inputs": json.dumps(sample, ensure_ascii=False)})
    if all(answer.kind == "error" for answer in answers):
        return Sentence(N_("The function fails for everything that it was tried with."))
    return None


def run(code: str, calls: Sequence[tuple[str, str, Sample]]) -> list[Result] | None:
    """What functions give for inputs; None where the code does not come to an end, or fails as a whole."""
    asked = json.dumps({"code": code, "calls": [list(call) for call in calls]})
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_CHILD)],
            input=asked,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            env={},
            cwd="/",
            check=False,
        )
        if done.returncode != 0 or len(done.stdout) > _MOST_ANSWER:
            return None
        answers: Any = json.loads(done.stdout)
        found = [Result(str(each["kind"]), each.get("value")) for each in answers]
    except (subprocess.TimeoutExpired, ValueError, TypeError, KeyError):
        return None
    return found if len(found) == len(calls) else None
