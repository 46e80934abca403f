"""Unit tests of tasks/ledger/announce.py: what of a ledger is said."""

from datetime import timedelta
from typing import Any

import pytest

from tasks.ledger import Policy, Setting, announcements
from tasks.model.ledger import Update
from tasks.model.watch import Change
from tests.support.nouns import HOUR, NOON, development, ledger, update

ARTICLE = "https://a.example/1"


def policy(**given: Any) -> Policy:
    """Make a policy that lets everything through, keyed by development and change."""
    return Policy(
        **{
            "key": lambda one: f"{one.development.id} {one.change}",
            "gate": lambda _: "",
            "window": timedelta(hours=48),
            **given,
        }
    )


def silent(*updates: Update, setting: Setting | None = None, **given: Any) -> list[str]:
    settings = {ARTICLE: setting or Setting(first_seen=NOON)}
    return [one.silent for one in announcements(ledger(*updates), settings, policy(**given))]


@pytest.mark.parametrize(
    ("setting", "given", "reason"),
    [
        (Setting(first_seen=NOON), {}, ""),
        (Setting(first_seen=NOON + 47 * HOUR, published=NOON), {}, ""),
        (Setting(first_seen=NOON + 49 * HOUR), {}, ""),
        (
            Setting(first_seen=NOON + 49 * HOUR, published=NOON),
            {},
            "first seen more than 48 hours after it was published",
        ),
        (Setting(first_seen=NOON, live=False), {}, "brought in by a backfill"),
        (Setting(first_seen=NOON), {"silenced": {"dev-1 new": "muted then"}}, "muted then"),
        (Setting(first_seen=NOON), {"gate": lambda _: "not wanted"}, "not wanted"),
    ],
)
def test_what_is_said(setting: Setting, given: dict[str, Any], reason: str) -> None:
    """An update is said if its article was seen live and in time, its watch wants it, and it was not silenced then."""
    assert silent(update(), setting=setting, **given) == [reason]


def test_what_was_said_before_is_kept_as_said() -> None:
    """An update whose key was announced stays announced, whatever the policy says now; a repeat of a key is silent."""
    assert silent(update(), gate=lambda _: "no", announced=frozenset({"dev-1 new"})) == [""]
    assert silent(update(), update()) == ["", "the same change was announced before"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [(Change.REFINED, "a later state of the development was announced already"), (Change.CANCELLED, "")],
)
def test_late_facts_behind_what_was_said(change: Change, reason: str) -> None:
    """A late article that only adds to an earlier state is history once a later state is out."""
    held = update(Change.HELD, at=NOON)
    late = update(change, at=NOON - HOUR)
    assert silent(late, held, announced=frozenset({"dev-1 held"})) == [reason, ""]


def test_an_update_without_article_has_no_setting() -> None:
    """What no article brought is judged by the watch alone."""
    assert silent(update(Change.LAPSED, article=None, development=development())) == [""]
