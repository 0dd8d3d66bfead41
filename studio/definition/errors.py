"""Why a request on a definition could not be carried out, in a sentence for the person who asked."""

from studio.definition.sentences import Sentence


class DomainError(Exception):
    """Something that was asked for is not possible; `sentence` says what, where and what to do. HTTP 422."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NotThere(DomainError):
    """The thing that was named does not exist (any more). HTTP 404."""
