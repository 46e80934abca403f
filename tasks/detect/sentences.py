"""Pure. A text cut into sentences that keep their offsets; photo credits and the tail of a page are left out.

Lines may be wrapped inside a sentence, and scraping may have glued sentences together ("next year.Russia").
The cues are English; what a language adds is its list of abbreviations.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

# A text whose lines are longer than this is not hard-wrapped: each of its lines is a paragraph.
WIDEST_WRAP = 120
# A call to subscribe or read more begins the tail in the second half, where fewer than so many paragraphs follow; else it stands between them.
TAIL_BEGINS = 0.5
PROSE_GOES_ON = 2
# A like below a comment: the comment, numbered as lists of them are, began at most so many characters before.
LONGEST_COMMENT = 3000
LONGEST_ABBREVIATION = 20
LONGEST_CREDIT = 300

# Cues stand at the beginning of a line. (Patterns that start with a line feed are searched an order faster than with ^.)
# Behind one of these no article goes on.
END = re.compile(
    r"""\n[ \t>*•-]*(?:
        leave\ a\ (?:reply|comment)\b | log\ in\ to\ (?:comment|reply)\b | post\ a\ comment\b | add\ a\ comment\b
        | (?:you\ are|you're)\ commenting\b | this\ site\ uses\ akismet\b
        | (?:\(c\)|©|copyright)\ ?(?:\(c\)|©)?\ ?[\w.,&\ ]{0,60}\b(?:19|20)\d\d\b
        | (?:[\w.,&\ ]{1,60}\ )?all\ rights\ reserved\b
        | \d+\ (?:comments?|replies)[ \t]*(?:\n|$) | comments?\ ?(?:\(\d+\)|:)?[ \t]*(?:\n|$)
        )""",
    re.IGNORECASE | re.VERBOSE,
)
LIKED = re.compile(r"\n[ \t]*liked by\b", re.IGNORECASE)
NUMBERED = re.compile(r"\n[ \t]{0,4}\d{1,3}\.\s")

# These stand alone on their line, and behind the last paragraphs begin the tail.
ASIDE = re.compile(
    r"""\n[ \t>*•-]*(?=[acfjmprstwy])(?:
        related(?:\ (?:articles?|content|coverage|links?|news|posts?|reading|stories|topics))?\ ?(?::|\n|$)
        | (?:read|see|watch)\ (?:also|more|next)\b(?=\ ?(?::|\n|$|-|–|—|on\b|about\b|from\b|here\b|»|>|→|\.\.\.|…))
        | more\ (?:on\ this\ story|from|stories|news)\b\ ?(?::|\n|$)
        | (?:please\ )?subscribe\b(?=\ ?(?:\n|$|to\b|now\b|here\b|today\b|for\b|[:!]))
        | sign\ up\ (?:for|to)\ (?:our|the|get|receive|your)\b | (?:follow|find)\ us\ on\b | share\ (?:this|on)\b
        | (?:most\ (?:read|popular)|you\ may\ also\ like|recommended|trending|advertisement|tags?)\ ?(?::|\n|$)
        | (?:click|tap)\ here\ to\b | join\ the\ conversation\b | join\ (?:our|us\ on)\b[^\n]*\b(?:channel|newsletter|telegram|whatsapp)\b
        )""",
    re.IGNORECASE | re.VERBOSE,
)

# A line that is a paragraph of prose, no headline.
PROSE = re.compile(r"\n[^\n]{80,}[.!?][\"”’)]?[ \t]*(?=\n|$)")

PICTURES = ("photo", "image", "picture", "video")
CREDIT = re.compile(
    r"""(?:
        /\s*(?:photo|image|picture|video)s?\b.*
        | \((?:file\ )?(?:photo|image|picture|photograph)s?\b[^)]*\)?
        | \b(?:image|photo|picture)\ (?:credits?|source|courtesy)\b.*
        | (?:^|(?<=[.!?]))\s*(?:file\ )?(?:photo|photograph|image|picture)s?(?:\ by\b|\ ?:).*
        )$""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)

PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
# Marks with their closing quotes, the way to the next word, and its first character.
MARKS = re.compile(r"""(?<![.!?…])([.!?…]++[\"'”’»)\]]*+)(\s*+)[\"'“‘«(\[–—-]*\s?(\w)""")
GLUED_AGENCY = re.compile(r"[A-Z](?<=[A-Z]{4})(?=[A-Z][a-z]{2})")  # REUTERSRussia
OPENING = "\"'“‘«([–—-/"
NEXT_WORD = re.compile(r"[\s\"'“”‘’«»()\[\]–—-]*([\w'’]+)")
# An abbreviation with dots inside, or of a firm, may also end a sentence: it does before one of these.
OPENERS = frozenset(
    """
    A After All Although An And As At Before But By During For From He Her His How However I If In It Its Last Many Meanwhile
    More Most No Not Now On One Our She Since So Some That The Their Then There These They This Those Though Under Until We
    What When Where While Who With Yet You
    """.split()  # noqa: SIM905 - a table of words
)
MAY_END = frozenset(("co", "corp", "etc", "inc", "jr", "ltd", "plc", "sr"))
BEFORE_NUMBERS = frozenset(("no", "nos", "p", "pp", "art", "sec", "vol"))
SAYS = re.compile(r"\s+(?:[A-Z][\w'’-]+\s+){1,3}(?:said|says|asked|told|wrote|added|replied)\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in its field: `text` is the original from `start` to `end`, in code points."""

    text: str
    field: str
    start: int
    end: int

    @property
    def flat(self) -> str:
        """Give the text on one line, of equal length."""
        return re.sub(r"\s", " ", self.text)


def split(text: str, field: str, abbreviations: Collection[str]) -> tuple[Sentence, ...]:
    """Cut a field into sentences, in order, without credits and tail."""
    known = _known(frozenset(abbreviations))
    pictured = _pictured(text)  # asked first of the whole text, because most have none
    spans = (
        _trimmed(text, start, end, pictured=pictured)
        for paragraph in _paragraphs(text, article_end(text))
        for start, end in _sentences(text, paragraph, known)
    )
    return tuple(Sentence(text[start:end], field, start, end) for start, end in spans if start < end)


def article_end(text: str) -> int:
    """Give the place where comments, forms and links begin; the length of the text where none do."""
    return min(_tails(text), default=len(text))


def _tails(text: str) -> Iterator[int]:
    if found := END.search(text):
        yield found.start()
    if found := LIKED.search(text):
        comment = list(NUMBERED.finditer(text, max(0, found.start() - LONGEST_COMMENT), found.start()))
        yield comment[-1].start() if comment else found.start()
    half = int(len(text) * TAIL_BEGINS)
    if ASIDE.search(text, half) and (found := ASIDE.search(text, _last_prose(text, half))):
        yield found.start()


def _last_prose(text: str, start: int) -> int:
    """Give the place behind which too few paragraphs stand for an article to go on."""
    prose = [found.end() for found in PROSE.finditer(text, start)]
    return prose[-PROSE_GOES_ON] if len(prose) >= PROSE_GOES_ON else start


@cache
def _known(abbreviations: frozenset[str]) -> frozenset[str]:
    return frozenset(word.rstrip(".").lower() for word in abbreviations)


def _paragraphs(text: str, end: int) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in PARAGRAPH.finditer(text, 0, end):
        yield from _blocks(text, start, gap.start())
        start = gap.end()
    yield from _blocks(text, start, end)


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut lines off that were ended on purpose: the first word of the next would have fitted on them."""
    lines = text[start:end].split("\n")
    width = max(map(len, lines))
    here = start
    for line, following in pairwise([*lines, ""]):
        after = here + len(line) + 1
        aside = ASIDE.match(text, here - 1) if here else None
        if aside or not following or _ended(line, following, width):
            yield start, here if aside else after - 1
            start = after
        here = after


def _ended(line: str, following: str, width: int) -> bool:
    if width > WIDEST_WRAP:
        return True
    words = following.split(maxsplit=1)
    return bool(words) and not words[0][0].islower() and len(line.rstrip()) + 1 + len(words[0]) <= width


def _sentences(text: str, paragraph: tuple[int, int], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    start, end = paragraph
    for joint in _joints(text, start, end, known):
        yield start, joint
        start = joint
    yield start, end


def _joints(text: str, start: int, end: int, known: frozenset[str]) -> list[int]:
    ends = [mark.end(1) for mark in MARKS.finditer(text, start, end) if _ends(text, start, mark, known)]
    return sorted((*ends, *(agency.end() for agency in GLUED_AGENCY.finditer(text, start, end))))


def _ends(text: str, start: int, mark: re.Match[str], known: frozenset[str]) -> bool:
    """Say whether marks end a sentence: not behind an abbreviation or initial, not between a quotation and its speaker."""
    marks, space, following = mark.groups()
    if following.islower():
        return False
    if not space:
        return following.isalpha() and mark.start() - start > 1 and text[mark.start() - 2 : mark.start()].islower()
    if not marks.startswith(".") or marks.startswith(".."):
        return len(marks) == 1 or not SAYS.match(text, mark.end(1))
    return _word_ends(text, start, mark, known)


def _word_ends(text: str, start: int, mark: re.Match[str], known: frozenset[str]) -> bool:
    """Say whether the word before a single dot ends the sentence, or the dot is its own."""
    words = text[max(start, mark.start() - LONGEST_ABBREVIATION) : mark.start()].rsplit(None, 1)
    word = words[-1].lstrip(OPENING) if words else ""
    if len(word) == 1 and word.isupper():
        return False
    word = word.lower()
    if word not in known and "." not in word:
        return True
    following = NEXT_WORD.match(text, mark.end(1))
    follower = following.group(1) if following else ""
    if word in BEFORE_NUMBERS:
        return not follower[:1].isdigit()
    return ("." in word or word in MAY_END) and follower in OPENERS


def _pictured(text: str) -> bool:
    small = text.lower()
    return any(word in small for word in PICTURES)


def _trimmed(text: str, start: int, end: int, *, pictured: bool) -> tuple[int, int]:
    """Leave out a photo credit at the end, and space around."""
    piece = text[start:end].rstrip()
    if pictured and _pictured(piece) and (credit := CREDIT.search(piece, max(0, len(piece) - LONGEST_CREDIT))):
        piece = piece[: credit.start()].rstrip()
    body = piece.lstrip()
    start += len(piece) - len(body)
    return start, start + len(body)
