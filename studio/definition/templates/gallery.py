"""A gallery: every component that forms can show, in every variant, as one application to a municipality.

It is kept as the plain files of an app, in `apps/gallery`: what is shown here is what anybody can write.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from studio.definition.files import MemoryFiles, folder_files
from studio.definition.sentences import N_, Sentence
from studio.definition.templates.access import policy
from studio.definition.templates.writing import LANGUAGES, as_json

_METADATA: Final = "App/config/applicationmetadata.json"
_POLICY: Final = "App/config/authorization/policy.xml"
_FOLDER: Final = Path(__file__).parent / "apps" / "gallery"
_ACTIONS: Final = ("read", "write", "delete", "instantiate", "confirm")


class Gallery:
    """The template that shows all components."""

    id = "gallery"
    name = Sentence(N_("All components"))
    description = Sentence(
        N_("A page for each family of components, in all their variants: to look at, and to borrow from.")
    )

    def files(self, name: str, org: str, titles: Mapping[str, str]) -> MemoryFiles:
        """The files of a new app. `titles` by language, "nb" among them."""
        content = dict(folder_files(_FOLDER))
        metadata = json.loads(content[_METADATA])
        metadata["id"], metadata["org"] = f"{org}/{name}", org
        metadata["title"] = {language: titles[language] for language in LANGUAGES if titles.get(language)}
        policy_text = policy(name, org, _ACTIONS)
        return MemoryFiles(content | {_METADATA: as_json(metadata), _POLICY: policy_text.encode()})


GALLERY: Final = Gallery()
