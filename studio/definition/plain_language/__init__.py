"""Advice on how texts read, in bokmål, nynorsk and English. It never blocks anything."""

from studio.definition.plain_language.advice import Advice, advice_on
from studio.definition.plain_language.consistency import Variation, variations
from studio.definition.plain_language.reading import Reading, reading_of

__all__ = ["Advice", "Reading", "Variation", "advice_on", "reading_of", "variations"]
