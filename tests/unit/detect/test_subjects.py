"""Unit tests of tasks/detect/subjects.py."""

import pytest

from tests.support.reading import RECALLS, mentions


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Northfield Dairy recalls soft cheese over listeria", "Northfield Dairy soft cheese listeria"),
        ("Brightway heaters recalled: fire hazard", "Brightway heaters"),
        ("Recall of 4,000 Brightway heaters ended", "Brightway heaters"),
        ("Recall expanded: Northfield Dairy cheese", "Northfield Dairy cheese"),
        ("Northfield recalls cheese sold in listeria scare", "Northfield cheese listeria"),
        ("Listeria-hit cheese recalled by Northfield", "Listeria-hit cheese by Northfield"),
    ],
)
def test_the_subject_of_a_notice(title: str, subject: str) -> None:
    """A notice is told apart by maker, brand, product and hazard, without the words that all notices share."""
    assert [one.subject for one in mentions(RECALLS, title=title)] == [subject]


def test_no_subject() -> None:
    """A notice that names nothing is refused."""
    [one] = mentions(RECALLS, title="Company recalls products")
    assert (one.accepted, one.why[0]) == (False, "refused: no subject")
