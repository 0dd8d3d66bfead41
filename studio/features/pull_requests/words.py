"""The words that a pull request begins with: a title and a description of what changes."""

from typing import Final

from studio.history.commits import CommitInfo
from studio.showing_changes import Changes
from studio.web import translate

_MOST: Final = 40


def proposed_title(commits: list[CommitInfo], changed: Changes, branch: str) -> str:
    """What the only commit says, or the only change; otherwise the branch's name in words."""
    if len(commits) == 1:
        return commits[0].subject
    sentences = [sentence for group in changed.groups for sentence in group.sentences]
    if len(sentences) == 1:
        return translate(sentences[0]).replace("*", "")
    name = branch.rpartition("/")[2].replace("-", " ").replace("_", " ").strip()
    return name[:1].upper() + name[1:]


def proposed_description(changed: Changes) -> str:
    """What changes, as a list by page; each line a sentence."""
    lines: list[str] = []
    left = _MOST
    for group in changed.groups:
        if left <= 0:
            lines.append("…")
            break
        said = [f"- {translate(sentence).replace('*', '')}" for sentence in group.sentences[:left]]
        left -= len(said)
        lines += [translate(group.title), *said, ""]
    return "\n".join(lines).strip()
