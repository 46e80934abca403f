"""Pure. One report carried many times is one story, and one origin stands behind it.

address  what an article's address is, whatever a link carries along     tracking  the parameters that say nothing about it
sketch   fingerprints of texts, and how much of one stands in another    same      whether two articles carry the same report
origin   who really stands behind an article                             index     the filing, in memory (the store's twin)
"""

from tasks.stories.address import address_of, canonical_url
from tasks.stories.index import Filed, StoryIndex
from tasks.stories.origin import Origin, origin_of
from tasks.stories.same import as_of, same_report
from tasks.stories.sketch import Sketch, containment, sketch

__all__ = [
    "Filed",
    "Origin",
    "Sketch",
    "StoryIndex",
    "address_of",
    "as_of",
    "canonical_url",
    "containment",
    "origin_of",
    "same_report",
    "sketch",
]
