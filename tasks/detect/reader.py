"""Pure. Articles to readings, with everything compiled once from the knowledge."""

from tasks.model.feed import Article
from tasks.model.mention import Reading
from tasks.model.watch import Knowledge


class Reader:
    """Reads articles for all watches; build one per process, it compiles its matchers when made."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def read(self, article: Article) -> Reading:
        """Find the accepted and refused mentions of an article that passes the prefilter."""
        raise NotImplementedError

    def explain(self, article: Article) -> Reading:
        """Find every date, actor and mention, without the prefilter."""
        raise NotImplementedError
