"""Where things lie in an app. This module alone spells paths; every other asks it.

Rule: an app lies in `App/`. Repositories from before 2021 and test apps may lack that folder and have
`config/`, `models/` and `ui/` at the top.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

METADATA: Final = "config/applicationmetadata.json"
CUSTOM_RECEIPT: Final = "CustomReceipt"
# The id that an app without layout sets (everything directly under ui/) gets for its only set.
ONLY_SET: Final = "ui"

_TEXT_FILE: Final = re.compile(r"resource\.([a-zA-Z]{2,3}(?:-[a-zA-Z]{2,4})?)\.json")


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths of one app; `root` is "App/" or ""."""

    root: str = "App/"

    @property
    def metadata(self) -> str:
        return self.root + METADATA

    @property
    def process(self) -> str:
        return self.root + "config/process/process.bpmn"

    @property
    def policy(self) -> str:
        return self.root + "config/authorization/policy.xml"

    @property
    def texts_folder(self) -> str:
        return self.root + "config/texts"

    def texts(self, language: str) -> str:
        return f"{self.texts_folder}/resource.{language}.json"

    def translation(self, language: str) -> str:
        """How far the translation into a language has come; nothing that a runtime reads."""
        return f"{self.texts_folder}/translation.{language}.json"

    def language(self, path: str) -> str | None:
        """The language of a text file; None for any other path."""
        folder, _, name = path.rpartition("/")
        match = _TEXT_FILE.fullmatch(name)
        return match[1] if match and folder == self.texts_folder else None

    @property
    def library(self) -> str:
        """What the app has taken from its organisation's library; nothing that a runtime reads."""
        return self.root + "library.json"

    @property
    def options_folder(self) -> str:
        return self.root + "options"

    def options(self, option_id: str) -> str:
        return f"{self.options_folder}/{option_id}.json"

    @property
    def option_sources_folder(self) -> str:
        """What says from where option lists are fetched; the platform reads only the files beside it."""
        return f"{self.options_folder}/sources"

    def option_source(self, option_id: str) -> str:
        return f"{self.option_sources_folder}/{option_id}.json"

    def resource(self, path: str) -> str:
        """A picture or another file that the form shows."""
        return f"{self.root}wwwroot/{path}"

    def data_list(self, list_id: str) -> str:
        """The rows that a List component is filled from, where no code of the app gives them."""
        return f"{self.root}lists/{list_id}.json"

    @property
    def logic_folder(self) -> str:
        """The Python hooks of the app; in its folder `options` those that give option lists."""
        return self.root + "logic"

    @property
    def logic_settings(self) -> str:
        return f"{self.logic_folder}/settings.json"

    @property
    def models_folder(self) -> str:
        return self.root + "models"

    def schema(self, data_type: str) -> str:
        return f"{self.models_folder}/{data_type}.schema.json"

    def xsd(self, data_type: str) -> str:
        return f"{self.models_folder}/{data_type}.xsd"

    def prefill(self, data_type: str) -> str:
        return f"{self.models_folder}/{data_type}.prefill.json"

    def calculation(self, data_type: str) -> str:
        return f"{self.models_folder}/{data_type}.calculation.json"

    def validation(self, data_type: str) -> str:
        return f"{self.models_folder}/{data_type}.validation.json"

    @property
    def ui(self) -> str:
        return self.root + "ui"

    @property
    def layout_sets(self) -> str:
        return self.root + "ui/layout-sets.json"

    @property
    def footer(self) -> str:
        return self.root + "ui/footer.json"

    @property
    def single_layout(self) -> str:
        """The one layout file of the oldest apps."""
        return self.root + "ui/FormLayout.json"

    @property
    def project(self) -> str:
        return self.root + "App.csproj"

    def set_folder(self, layout_set: str) -> str:
        return f"{self.ui}/{layout_set}"

    @staticmethod
    def settings(folder: str) -> str:
        return f"{folder}/Settings.json"

    @staticmethod
    def layouts_folder(folder: str) -> str:
        return f"{folder}/layouts"

    @staticmethod
    def page(folder: str, page: str) -> str:
        return f"{folder}/layouts/{page}.json"

    @property
    def examples_folder(self) -> str:
        return self.root + "tests/rules"

    def examples(self, data_type: str) -> str:
        """The examples of rules that read this data type."""
        return f"{self.examples_folder}/{data_type}.json"

    @staticmethod
    def rule_configuration(folder: str) -> str:
        return f"{folder}/RuleConfiguration.json"

    @staticmethod
    def rule_handler(folder: str) -> str:
        return f"{folder}/RuleHandler.js"


def paths_of(files: Iterable[str]) -> Paths:
    """The paths of the app in these files."""
    bare = False
    for path in files:
        if path.startswith("App/"):
            return Paths()
        bare = bare or path.startswith(("config/", "ui/", "models/"))
    return Paths("") if bare else Paths()


def stem(path: str) -> str:
    """The file's name without folder and without `.json`."""
    return path.rpartition("/")[2].removesuffix(".json")
