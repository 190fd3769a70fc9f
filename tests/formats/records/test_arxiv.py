"""An answer of arXiv becomes works, and hostile XML becomes an error."""

from __future__ import annotations

import pytest

from dl4es_bib.formats.records.arxiv import MAX_BYTES, FeedError, parse_feed
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Relation, Source

SOURCE = Source("record", "arxiv")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:os="http://a9.com/-/spec/opensearch/1.1/">'
)
ENTRY = """
<entry>
  <id>http://arxiv.org/abs/2104.05107v2</id>
  <published>2021-04-11T20:00:00Z</published><updated>2022-01-01T00:00:00Z</updated>
  <title>Snow
    and ice</title>
  <author><name>Ada B. Lund</name><arxiv:affiliation>Somewhere</arxiv:affiliation></author>
  <author><name>Polar Night Collaboration</name></author>
  <arxiv:doi>10.5555/Snow.2</arxiv:doi>
  <arxiv:primary_category term="physics.ao-ph"/>
  <category term="cs.CV"/>
</entry>
"""


def feed(body: str) -> bytes:
    return f"{HEAD}{body}</feed>".encode()


def test_an_entry_becomes_a_preprint() -> None:
    (work,) = parse_feed(feed(ENTRY), SOURCE)
    assert work.type == "article"
    assert {name: work.text(name) for name in work if name != "author"} == {
        "title": "Snow and ice",
        "issued": "2021-04-11",
        "publisher": "arXiv",
        "genre": "Preprint",
        "arxiv": "2104.05107",
        "arxiv-class": "physics.ao-ph",
        "DOI": "10.48550/arXiv.2104.05107",
    }
    assert work.names("author") == (
        Name(family="Lund", given="Ada B."),
        Name(literal="Polar Night Collaboration"),
    )
    assert work.relations == (Relation("is-preprint-of", Identifier("doi", "10.5555/snow.2")),)
    assert work.fields["title"].source.record == "arXiv:2104.05107"


def test_old_ids_are_read() -> None:
    (work,) = parse_feed(feed("<entry><id>http://arxiv.org/abs/hep-th/9901001v3</id><title>S</title></entry>"), SOURCE)
    assert work.text("arxiv") == "hep-th/9901001"


def test_an_entry_without_an_id_is_left_out() -> None:
    assert parse_feed(feed(f"<entry><title>Lost</title></entry>{ENTRY}"), SOURCE)[0].title == "Snow and ice"


def test_an_answer_that_says_it_found_nothing_is_empty() -> None:
    assert parse_feed(feed("<os:totalResults>0</os:totalResults>"), SOURCE) == ()


@pytest.mark.parametrize("body", ["", "<os:totalResults>3</os:totalResults>"])
def test_an_answer_that_is_empty_without_saying_so_is_an_error(body: str) -> None:
    with pytest.raises(FeedError, match="empty"):
        parse_feed(feed(body), SOURCE)


def test_an_error_report_is_an_error() -> None:
    report = (
        "<entry><id>http://arxiv.org/api/errors#bad_id</id><title>Error</title>"
        "<summary>incorrect id format</summary></entry>"
    )
    with pytest.raises(FeedError, match="incorrect id format"):
        parse_feed(feed(report), SOURCE)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "well-formed"),
        (b"<html><body>Busy</body></html>", "no Atom feed"),
        (feed(ENTRY)[:-20], "well-formed"),
        (b'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "b">]><feed/>', "document type"),
        (b'<?xml version="1.0"?><!DOCTYPE feed SYSTEM "file:///etc/hostname"><feed/>', "document type"),
        (b'<?xml version="1.0" encoding="klingon"?><feed/>', "unknown|well-formed"),
        (HEAD.encode() + b"<a>" * 100, "nested"),
        (b" " * (MAX_BYTES + 1), "larger"),
        (feed("<entry/>" * 2_100), "entries"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        parse_feed(data, SOURCE)
