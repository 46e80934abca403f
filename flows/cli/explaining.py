"""Commands. Why an article in the store did or did not alert: what was found in it, by which gates, and what became of it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from flows.cli.exits import FINDING, fail
from flows.cli.output import minute, print_table, print_text
from flows.cli.reading import opened
from tasks.alerts.say import state_words, when_words
from tasks.detect import Reader
from tasks.facts import as_of, facts_of
from tasks.model.feed import Article, EntryState
from tasks.model.ledger import Fact
from tasks.model.mention import Mention, Reading
from tasks.model.report import EntryRow
from tasks.model.watch import Watch
from tasks.store import Store


def explain(url: str, folder: Path | None) -> None:
    """Say of an article in the store what was found in it, and what became of it."""
    with opened(folder) as (_, knowledge, store):
        article = store.article(url)
        entries = store.entry_rows(article.id if article else url)
        if article is None:
            fail(missing(url, entries), FINDING)
        reading = Reader(knowledge).explain(article)
        _show_article(article, entries)
        _show_found(reading)
        for mention, fates in zip(reading.mentions, _fates(store, article, reading), strict=True):
            _show_mention(mention, fates)
        _show_untouched(knowledge.watches, reading)


def missing(url: str, entries: Sequence[EntryRow]) -> str:
    """Say why there is no article: nobody ever listed it, or it is still on its way."""
    if not entries:
        return f"no article {url} in the store"
    return "\n".join((f"{url} is stored, but not understood:", *(f"  entry {_entry(one)}" for one in entries)))


def _show_article(article: Article, entries: Sequence[EntryRow]) -> None:
    published = f"{minute(article.published)} UTC (from the {article.provenance})" if article.published else "no date"
    print_text(article.title or "(no title)")
    rows = [
        ("article", article.id),
        ("outlet", article.source),
        ("published", published),
        ("first seen", f"{minute(article.first_seen)} UTC" if article.first_seen else ""),
        ("revision", str(article.revision)),
        *(("entry", _entry(one)) for one in entries),
    ]
    for name, told in rows:
        if told:
            print_text(f"  {name:10}  {told}")


def _entry(row: EntryRow) -> str:
    """Say of an entry how far it came, and what was left out of it."""
    page = f"its page was not read ({row.page_reason}), the feed's own text serves" if row.page_reason else ""
    state = f"only {row.state}{_tried(row.attempts)}" if row.state is not EntryState.UNDERSTOOD else ""
    return "; ".join(part for part in (f"of {row.feed}", state, page, row.drop_reason) if part)


def _tried(attempts: int) -> str:
    return f", {attempts} attempts failed" if attempts else ""


def _show_found(reading: Reading) -> None:
    print_text()
    print_table(
        ("date", "reads", "grain", "field", "how"),
        [(one.text, when_words(one.when), one.when.grain, one.field, one.how) for one in reading.dates],
        empty="No dates.",
    )
    print_text()
    print_table(
        ("actor", "text", "kind"),
        dict.fromkeys((one.actor, one.text, one.kind) for one in reading.actors),
        empty="No actors.",
    )


def _show_mention(mention: Mention, fates: Sequence[str]) -> None:
    what = (
        mention.watch,
        state_words(mention.status),
        when_words(mention.when) if mention.when else "",
        ", ".join(mention.parties),
        mention.place or "",
    )
    verdict = "ACCEPTED" if mention.accepted else "refused"
    print_text(f"\n{verdict}  {' · '.join(part for part in what if part)}")
    print_text(f"  “{' '.join(mention.evidence.text.split())}”")
    for reason in mention.why:
        print_text(f"  - {reason}")
    for fate in fates:
        print_text(f"  → {fate}")


def _fates(store: Store, article: Article, reading: Reading) -> Iterator[tuple[str, ...]]:
    """Say for each mention what became of it; nothing for a refused one."""
    homes = {key: row.development.id for row in store.development_rows() for key in row.development.facts}
    facts = iter(facts_of(article, reading, "", as_of(article, datetime.now(UTC))))
    for mention in reading.mentions:
        yield tuple(_fate(store, next(facts), homes)) if mention.accepted else ()


def _fate(store: Store, fact: Fact, homes: dict[str, str]) -> Iterator[str]:
    home = homes.get(fact.key)
    if home is None:
        yield "in no development: another run folds it, or another version of the detector read this article"
        return
    changes = [row for row in store.history(home) if row.article == fact.article]
    for row in changes:
        silent = (
            f"not announced: {row.silent}" if row.silent else _deliveries(store, home, fact.article, str(row.change))
        )
        yield f"{home}: {state_words(str(row.change))}; {silent}"
    if not changes:
        yield f"{home}: says nothing that was not known"


def _deliveries(store: Store, development: str, article: str, change: str) -> str:
    """Say how the alert of a change went; a refold may have left the change to another article's alert."""
    for row in store.alert_rows():
        line = row.line
        if (line.development, line.article, line.change) == (development, article, change):
            return f"announced ({', '.join(f'{one.channel} {one.state}' for one in row.deliveries)})"
    return "announced before"


def _show_untouched(watches: Sequence[Watch], reading: Reading) -> None:
    """Name the watches that found no word of theirs: that, too, is why there was no alert."""
    touched = {mention.watch for mention in reading.mentions}
    rest = [watch.id for watch in watches if watch.id not in touched]
    if rest:
        print_text(f"\nNo word of the event of: {', '.join(rest)}.")
    if not watches:
        print_text("\nThere are no watches.")
