"""Pure. The named fragments that the rules are written in."""

from tasks.detect.dates.patterns import names, one_of
from tasks.model.language import DateWords

# Years that news speaks of; outside of it four digits are a number.
YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)\b(?![-–—]?\d|[.,:/]\d|%)"
SMALLEST_OF_TWO_DIGITS = 10
DAY = r"(?:0?[1-9]|[12]\d|3[01])"


def macros(words: DateWords) -> dict[str, str]:
    """Give the named fragments that the templates are written in."""
    suffix = one_of(words.ordinal_suffixes).replace(r"\b", "")
    nth, nth_day = one_of(words.ordinals), one_of(word for word, n in words.ordinals.items() if n > 0)
    article = one_of(words.articles)
    year = rf"(?:{YEAR}|{_spoken_year(words)})"
    return {
        "month": f"(?P<month>{names(words.months)})", "weekday": f"(?P<weekday>{names(words.weekdays)})",
        "season": f"(?P<season>{one_of(words.seasons)})", "holiday": f"(?P<holiday>{one_of(words.holidays)})",
        "days": f"(?P<days>{one_of(words.days)})", "unit": f"(?P<unit>{one_of((*words.units, *words.plurals))})",
        "plural": f"(?P<unit>{one_of(words.plurals)})", "plural2": f"(?P<vague>{one_of(words.plurals)})",
        "shift": f"(?P<shift>{one_of(words.shifts)})", "plainshift": one_of(words.shifts),
        "number": rf"(?:(?P<number>{one_of(words.numbers)})|(?P<digits>\d{{1,3}}))",
        "nth": f"(?P<nth>{nth})", "dd": f"(?P<dd>{DAY})", "suffix": suffix,
        "day": rf"(?:(?P<dd>{DAY})(?:{suffix})?|(?P<nth>{nth_day}))", "day2": rf"(?:(?P<dd2>{DAY})(?:{suffix})?|(?P<nth2>{nth_day}))",
        "joint": rf"(?:\s*[-–—]\s*|\s+(?P<joint>{one_of(words.to)}|{one_of(words.and_)})\s+)",
        "year": year, "year_after": rf"(?:(?:\s?,?\s+|[/-])(?:{one_of(words.of)}\s+)?{year})", "round_year": rf"(?P<round>{one_of(words.spoken_years)})", "yearword": one_of(words.year_word),
        "the": rf"(?:{article}\s+)", "article": article, "of": rf"(?:{one_of(words.of)}\s+)",
        "later": one_of(words.later), "daypart": one_of(words.day_parts), "ago": one_of(words.ago), "hence": one_of(words.hence),
        "in_time": one_of(words.in_time), "within": one_of(words.within), "comingwords": one_of(words.coming),
        "recentwords": one_of(words.recent), "qn": rf"{words.quarter_prefix or '(?!)'}(?P<qn>[1-4])\b",
        "part": f"(?P<part>{one_of(words.parts)})", "end": f"(?P<end>{one_of(words.ends)})",
        "half": f"(?P<half>{one_of(words.half_days)})", "noon": f"(?P<noon>{one_of(words.clock_words)})",
        "zone": f"(?P<zone>{one_of(words.zones)})", "now": one_of(words.now), "from_now": f"(?P<from_now>{one_of(words.from_now)})", "decade_suffix": f"(?:{'|'.join(words.decade_suffixes) or '(?!)'})",
        "single": f"(?P<unit>{one_of(words.units)})", "a_day": one_of((*words.weekdays, *words.months, *words.units)),
        "clockmark": one_of(words.half_days),
    }  # fmt: skip


def _spoken_year(words: DateWords) -> str:
    """Write "nineteen ninety-six" and "two thousand and five" as a pattern: a small number behind "twenty" counts things."""
    large = one_of(word for word, n in words.numbers.items() if n >= SMALLEST_OF_TWO_DIGITS)
    any_number = one_of(word for word, n in words.numbers.items() if n > 1)
    short = one_of(word for word in words.spoken_years if " " not in word)
    long = one_of(word for word in words.spoken_years if " " in word)
    ones = rf"(?:[\s-]+{one_of(word for word, n in words.numbers.items() if n < SMALLEST_OF_TWO_DIGITS)})?"
    return rf"(?P<spoken>(?:{short}[\s-]+{large}|{long}\s+(?:{one_of(words.and_)}\s+)?{any_number}){ones})"
