"""What is to be said of an XSD."""

from dataclasses import dataclass

from studio.definition.data_model.xsd_documents import Spot
from studio.definition.findings import Finding, Place, Severity
from studio.definition.sentences import N_, Sentence


@dataclass(frozen=True, slots=True)
class XsdProblem:
    """One problem of an XSD at a place in it. `code` is stable; `sentence` says what it is and what to do."""

    code: str
    severity: Severity
    spot: Spot
    sentence: Sentence

    @property
    def in_place(self) -> Sentence:
        """The sentence with its place before it."""
        return Sentence(N_("%(place)s: %(what)s"), {"place": self.spot.sentence, "what": self.sentence})

    def finding(self, path: str) -> Finding:
        """The problem as a finding in an app, where the XSD lies at `path`."""
        return Finding(self.code, self.severity, Place(path, line=self.spot.line), self.sentence)
