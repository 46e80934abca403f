"""The article that started the project must always come out right; skipped where it is not at hand."""

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.support.desk import Desk
from tests.support.servers import SmtpServer, Webhook
from tests.support.site import RSS, Comment, Item, Site, feed, wordpress_page

PUBLISHED = datetime(2021, 12, 22, 8, 0, tzinfo=UTC)
END = "(C)UNIAN"  # after it come the reader's comment and the reply form
NEIGHBOUR = "Ministers to meet in Brussels on Friday for talks with Moscow"
TALKS = 'id = "us-russia-talks"\ntitle = "US–Russia security talks"\nshape = "occasion"\nevent = "talks"\nparties = [["US"], ["RU"]]\n'
TROOPS = (
    'id = "russian-troops-near-ukraine"\nshape = "activity"\nevent = "troop_movement"\nparties = [["RU"]]\n'
    'places = ["Ukraine", "Belarus", "Crimea", "Belgorod", "Voronezh", "Yelnya"]\n'
)
NATO = 'id = "nato-russia-talks"\nshape = "occasion"\nevent = "talks"\nparties = [["NATO"], ["RU"]]\n'


def watches(*tables: str) -> str:
    """Write watches.toml."""
    return "\n".join(f"[[watch]]\n{table}" for table in tables)


def publish(site: Site, shared: Path, outlet: str) -> tuple[str, str]:
    """Wrap the article as its site did: chrome, comment, reply form, neighbours; give feed URL and the comment."""
    text = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    body, _, tail = text.partition(END)
    title, *rest = [line.strip() for line in body.splitlines() if line.strip()]
    comment = tail.partition("1.")[2].partition("Liked by")[0].strip()
    page = wordpress_page(
        title,
        (*rest[:-1], rest[-1] + END + " 2021"),
        PUBLISHED,
        comments=(Comment(author="reader", text=comment),),
        neighbours=(NEIGHBOUR,),
    )
    link = site.put(f"/{outlet}/2021/12/22/talks/", page)
    return site.put(
        f"/{outlet}/feed", feed(outlet, (Item(title=title, link=link, published=PUBLISHED, guid=outlet),)), RSS
    ), comment


def test_the_seed_gives_two_developments_and_two_alerts_a_channel(tmp_path: Path, shared: Path) -> None:
    """Talks in January 2022, tentative, said by Donfried; troops at the border, said by Western intelligence; a reprint adds nothing."""
    with Site() as site, SmtpServer() as smtp, Webhook() as hook:
        url, comment = publish(site, shared, "unian")
        desk = Desk(folder=tmp_path / "desk", now="2021-12-22T12:00:00Z", channels={"mail": smtp.url, "hook": hook.url})
        desk.set_up(watches(TALKS, TROOPS), {"UNIAN": url})
        done = desk.tocsin("run", "--once")
        assert done.returncode == 0, done.stderr
        found = {line["watch"]: line for line in desk.lines("developments")}
        assert len(desk.lines("developments")) == 2
        talks, troops = found["us-russia-talks"], found["russian-troops-near-ukraine"]
        assert talks["when"] == {"low": "2022-01-01", "high": "2022-01-31", "grain": "month", "bound": "on"}
        assert (sorted(talks["parties"]), talks["status"]) == (["RU", "US"], "tentative")
        said = talks["attribution"]
        assert (said["speaker"], said["side"], said["via"]) == ("Karen Donfried", "US", "Radio Liberty")
        assert (troops["parties"], troops["attribution"]["speaker"]) == (["RU"], "Western intelligence")
        assert "border with Ukraine" in troops["place"]
        assert len(smtp.messages) == len(hook.messages) == 2
        everything = "".join([smtp.text(0), smtp.text(1), json.dumps(hook.messages), json.dumps(desk.lines("alerts"))])
        for foreign in (comment[:40], "Akismet", "Leave a Reply", "Brussels"):
            assert foreign not in everything

        second, _ = publish(site, shared, "reprint")
        desk.set_feeds({"UNIAN": url, "Reprint": second})
        assert desk.tocsin("run", "--once").returncode == 0
        assert len(smtp.messages) == len(hook.messages) == 2
        for line in desk.lines("developments"):
            assert (set(line["outlets"]), len(line["origins"])) == ({"UNIAN", "Reprint"}, 1)


def test_a_watch_on_nato_and_russia_finds_the_invitation(tmp_path: Path, shared: Path) -> None:
    """Stoltenberg's invitation is tentative and undated: 9 December is when he invited."""
    with Site() as site:
        url, _ = publish(site, shared, "unian")
        desk = Desk(folder=tmp_path / "desk", now="2021-12-22T12:00:00Z")
        desk.set_up(watches(TALKS, TROOPS, NATO), {"UNIAN": url})
        assert desk.tocsin("run", "--once").returncode == 0
        [council] = [line for line in desk.lines("developments") if line["watch"] == "nato-russia-talks"]
        assert (council["status"], council["when"], sorted(council["parties"])) == ("tentative", None, ["NATO", "RU"])
        assert len(desk.lines("developments")) == 3
