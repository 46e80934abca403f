"""Pure. Invented news about talks between pairs of countries: one development each, set for a day, some moved to another."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.support.site import Item

# Adjectives and names that the built-in actors know, far from each other in spelling.
COUNTRIES = (
    ("JP", "Japan", "Japanese"), ("KR", "South Korea", "South Korean"), ("BR", "Brazil", "Brazilian"), ("NO", "Norway", "Norwegian"),
    ("KE", "Kenya", "Kenyan"), ("PE", "Peru", "Peruvian"), ("IN", "India", "Indian"), ("NP", "Nepal", "Nepalese"),
    ("PT", "Portugal", "Portuguese"), ("VN", "Vietnam", "Vietnamese"),
)  # fmt: skip
FIRST_DAY = datetime(2031, 4, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks:
    """One pair's talks; `number` makes the pair and the day."""

    number: int

    @property
    def pair(self) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
        """The two countries: 45 pairs."""
        pairs = [(one, other) for place, one in enumerate(COUNTRIES) for other in COUNTRIES[place + 1 :]]
        return pairs[self.number % len(pairs)]

    @property
    def watch(self) -> str:
        """The id of the watch that tracks them."""
        return "-".join(("talks", *(code.lower() for code, _, _ in self.pair)))

    def day(self, *, moved: bool = False) -> datetime:
        """Give the day they are set for."""
        return FIRST_DAY + timedelta(days=self.number % 10 + (11 if moved else 0))

    def title(self, *, moved: bool = False) -> str:
        """Write a headline."""
        (_, one, _), (_, other, _) = self.pair
        what = f"moved to {_words(self.day(moved=True))}" if moved else f"set for {_words(self.day())}"
        return f"Talks between {one} and {other} {what}"

    def lead(self, *, moved: bool = False) -> str:
        """Write a lead that says when."""
        (_, one, said), (_, other, _) = self.pair
        if moved:
            planned, day = _words(self.day()), _words(self.day(moved=True))
            return (
                f"The talks between {one} and {other}, planned for {planned}, have been moved to {day}, 2031,"
                f" the {said} foreign ministry said."
            )
        return f"Talks between {one} and {other} will be held on {_words(self.day())}, 2031, the {said} foreign ministry said."


def watches(count: int) -> str:
    """Write the watches for so many talks."""
    return "\n".join(
        f'[[watch]]\nid = "{talks.watch}"\nshape = "occasion"\nevent = "talks"\n'
        f'parties = [["{talks.pair[0][0]}"], ["{talks.pair[1][0]}"]]\n'
        for talks in map(_talks, range(count))
    )


def item(number: int, published: datetime, *, moved: bool = False, **given: str) -> Item:
    """Make an item of a feed; without a link or a content it carries its lead as summary."""
    talks = Talks(number=number)
    named = f"talks-{number}{'-moved' if moved else ''}"
    told = {"summary": talks.lead(moved=moved), "link": "", "guid": named, **given}
    return Item(title=talks.title(moved=moved), published=published, **told)


def _talks(number: int) -> Talks:
    return Talks(number=number)


def _words(day: datetime) -> str:
    return f"{day:%B} {day.day}"
