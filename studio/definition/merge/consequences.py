"""What goes wrong only together: faults of a merge that neither side has.

One side removes a field, the other begins to use it: no value was changed by both, so there is no conflict,
and yet somebody has to look. That is said as what the app check finds in the merge and in neither side.
"""

from studio.definition.app import app_definition
from studio.definition.checks import check
from studio.definition.files import Files
from studio.definition.findings import Finding


def new_findings(ours: Files, theirs: Files, merged: Files) -> tuple[Finding, ...]:
    """The errors and warnings of the merge that are in neither side."""
    if merged.tree_id in (ours.tree_id, theirs.tree_id):
        return ()
    known = {_what(found) for side in (ours, theirs) for found in check(app_definition(side))}
    return tuple(
        found
        for found in check(app_definition(merged))
        if found.severity != "advice" and _what(found) not in known
    )


def _what(found: Finding) -> tuple[str, str]:
    """The fault, wherever it has moved."""
    return found.code, str(found.sentence)
