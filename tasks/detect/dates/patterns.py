"""Pure. Word tables to regular expressions."""

import re
from collections.abc import Iterable, Iterator, Mapping

from tasks.detect.words import LOOK_ALIKES

WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Bring a matched phrase to the form of the tables: lower case, single blanks, straight apostrophes, no dash."""
    return " ".join(text.translate(LOOK_ALIKES).lower().replace("’", "'").replace("-", " ").split())


def by_folded(table: Mapping[str, int]) -> dict[str, int]:
    """Key a table by folded phrases."""
    return {fold(word): value for word, value in table.items()}


def one_of(phrases: Iterable[str]) -> str:
    """Write the alternatives as a pattern, longest first; a pattern that never matches where there are none."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    words = [phrase for phrase in ordered if phrase[0].isalnum() and phrase[-1].isalnum()]
    marked = [_escaped(phrase) for phrase in ordered if phrase not in words]  # "p.m.", "'ll"
    whole = [rf"\b(?:{'|'.join(_by_head(words))})\b"] if words else []
    return f"(?:{'|'.join(marked + whole)})" if ordered else "(?!)"


def _by_head(words: list[str]) -> Iterator[str]:
    """Group by first letter: else the engine tries every word at every place of the text, ten times as slow."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[0], []).append(_bare(word)[1:])
    for head, rest in tails.items():
        yield f"{head}(?:{'|'.join(rest)})"


def _bare(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\-", r"[-\s]").replace("'", "['’]")


def _escaped(phrase: str) -> str:
    before = r"\b" if phrase[0].isalnum() else ""
    after = r"\b" if phrase[-1].isalnum() else ""
    return before + _bare(phrase) + after


def abbreviations(table: Mapping[str, int]) -> set[str]:
    """Tell the names that are the beginning of a longer one of the same meaning."""
    return {
        word
        for word, value in table.items()
        if any(word != other and other.startswith(word) and value == table[other] for other in table)
    }


def names(table: Mapping[str, int]) -> str:
    """Write names as a pattern in which abbreviations may carry a dot."""
    short = abbreviations(table)
    full = one_of(set(table) - short)
    return f"(?:{full}|{one_of(short)}\\.?)" if short else full


def vocabulary(tables: Iterable[Iterable[str]]) -> set[str]:
    """Collect the words that phrases are made of."""
    return {piece for table in tables for phrase in table for piece in WORD.findall(phrase)}
