"""Which versions of tables a folder of migrations leads to.

Read without Alembic, for this is asked at every start, and Alembic carries out all of the files to know it.
"""

import re
from pathlib import Path
from typing import Final

# As Alembic's template writes them.
_SAYS: Final = re.compile(r'^(revision|down_revision)\b[^=\n]*= "([^"\n]+)"$', re.MULTILINE)


def heads(folder: Path) -> frozenset[str]:
    """The versions in a folder (`versions/*.py` in it) that no other version follows.

    A file that names its version in another way counts by its own name, which no database has:
    whoever compares then asks Alembic.
    """
    versions, followed = set[str](), set[str]()
    for file in (folder / "versions").glob("*.py"):
        said = dict(_SAYS.findall(file.read_text(encoding="utf-8")))
        versions.add(said.get("revision", file.name))
        followed.add(said.get("down_revision", ""))
    return frozenset(versions - followed)
