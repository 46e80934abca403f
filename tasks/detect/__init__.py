"""Pure. What an article says of the watched events: sentences, dates, actors, factuality, attribution, mentions."""

from tasks.detect.reader import Reader

# Names this detector in the facts that it states; to be raised with every change of what it finds.
DETECTOR = "2"

__all__ = ["DETECTOR", "Reader"]
