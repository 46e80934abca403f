"""Pure. Dates in text: rules find unresolved expressions, direction and publishing time resolve them to intervals."""

from tasks.detect.dates.tagger import DateTagger

__all__ = ["DateTagger"]
