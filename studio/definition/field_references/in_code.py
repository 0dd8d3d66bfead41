"""The app's own code that seems to name a field. It is not followed: only its author knows what it means."""

import re
from collections.abc import Iterator
from typing import Final

from studio.definition.app import AppDefinition

_ENDS: Final = (".cs", ".py", ".js")


def lines_naming(app: AppDefinition, name: str) -> Iterator[tuple[str, int]]:
    """(file, line) of the first place in each file of code that has the name as a member or in quotes.

    The classes of the models themselves are made from the schema and do not count.
    """
    # Members of classes are named without hyphens.
    spelled = "|".join(re.escape(each) for each in dict.fromkeys((name, name.replace("-", ""))))
    wanted = re.compile(rf"(?<=\.)(?:{spelled})(?![\w-])|(?<=[\"'])(?:{spelled})(?=[\"'])")
    for path in app.files:
        if not path.endswith(_ENDS) or path.rpartition("/")[0] == app.paths.models_folder:
            continue
        if not path.startswith(app.paths.root):
            continue
        text = app.files[path].decode(errors="replace")
        found = wanted.search(text)
        if found is not None:
            yield path, text.count("\n", 0, found.start()) + 1
