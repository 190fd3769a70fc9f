"""What agrees, what differs and what vetoes, aspect by aspect."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.identifier import Identified
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Evidence
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.resolver.evidence import compare
from dl4es_bib.resolver.evidence.title_words import title_strength
from dl4es_bib.resolver.provider import Query
from dl4es_bib.works.words import fold, numerals, squash

RECORD = Source("record", "index", "10.5555/x")
TEXT = Source("text")


def names(*surnames: str) -> tuple[Name, ...]:
    return tuple(Name(family=one, given="A.") for one in surnames)


def work(type_: str = "article-journal", **values: Any) -> Work:
    """A record; ``year`` and underscores stand for what no keyword can spell."""
    held: dict[str, Value] = {}
    for name, value in values.items():
        if name == "year":
            held["issued"] = PartialDate(value)
        elif name == "author":
            held["author"] = names(*value) if isinstance(value, list) else value
        else:
            held[name.replace("_", "-")] = value
    return Work.of(type_, held, RECORD)


TIDES = work(
    title="Tidal bedforms of the Wadden shelf and their migration",
    author=["Oderbrink", "Lindqvist"],
    container_title="Journal of Shelf Studies",
    volume="12",
    issue="3",
    page="345-360",
    year=2004,
    DOI="10.5555/tides.1",
)


def seen(text: str, record: Work, fields: Work | None = None, **query: Any) -> dict[str, Evidence]:
    asked = Query("q", text, fields or Work(), **query)
    return {one.aspect: one for one in compare(asked, record)}


def verdict(aspect: str, text: str, record: Work, fields: Work | None = None, **query: Any) -> str:
    return seen(text, record, fields, **query)[aspect].verdict


FULL = (
    "Oderbrink A, Lindqvist B (2004) Tidal bedforms of the Wadden shelf and their migration. J Shelf Stud 12(3):345–360"
)


def test_a_full_reference_agrees_in_everything() -> None:
    said = seen(FULL, TIDES)
    for aspect in ("title", "author", "issued", "container-title", "volume", "issue", "page"):
        assert said[aspect].verdict == "agrees", said[aspect]
    assert said["title"].reason.startswith('title agrees: "Tidal bedforms')


def test_every_aspect_has_one_piece_of_evidence_even_when_absent() -> None:
    aspects = [one.aspect for one in compare(Query("q", "see below"), work())]
    assert len(aspects) == len(set(aspects)) == 11
    assert {one.verdict for one in compare(Query("q", "see below"), work())} == {"absent"}


# --- title


@pytest.mark.parametrize(
    "text",
    [
        "Tidal Bedforms Of The Wadden Shelf And Their Migration",
        "“Tidal bedforms of the Wad-\nden shelf and their migration,” 2004",
        "A. Oderbrink: Tidalbedforms of theWadden shelf and their migration. 2004.",
        "Oderbrink A (2004) Tidal bedforms of the Wadden shelf and thier migration. J Shelf Stud",
    ],
)
def test_case_hyphenation_lost_spaces_and_slips_make_no_other_title(text: str) -> None:
    assert verdict("title", text, TIDES) == "agrees"


def test_markup_accents_and_greek_make_no_other_title() -> None:
    record = work(title="Uptake of <i>β</i>-carotene in Ærø’s fjords &amp; bays")
    assert verdict("title", "Uptake of beta-carotene in Aero's fjords & bays.", record) == "agrees"


def test_a_title_that_goes_on_in_the_text_is_only_close() -> None:
    record = work(title="Tidal bedforms of the Wadden shelf")
    after = seen("Oderbrink (2004). Tidal bedforms of the Wadden shelf observed from space. 2004", record)
    assert after["title"].verdict == "close"
    before = seen("Oderbrink (2004). On the origin of tidal bedforms of the Wadden shelf. 2004", record)
    assert before["title"].verdict == "close"


def test_the_journal_may_follow_a_title_without_punctuation() -> None:
    text = "Oderbrink A Tidal bedforms of the Wadden shelf and their migration Journal of Shelf Studies 12"
    assert verdict("title", text, TIDES) == "agrees"


@pytest.mark.parametrize(
    ("cited", "held"),
    [
        ("Mixing in estuaries: part 1, theory and waves", "Mixing in estuaries: part 2, theory and waves"),
        ("Mixing in wide estuaries, Part II", "Mixing in wide estuaries, Part III"),
        ("Chlorophyll from Landsat 7 over lakes", "Chlorophyll from Landsat 8 over lakes"),
    ],
)
def test_another_number_in_the_title_is_another_work(cited: str, held: str) -> None:
    assert verdict("title", cited, work(title=held), work("", title=cited)) == "contradicts"


def test_a_number_missing_on_one_side_weighs_but_does_not_veto() -> None:
    fields = work("", title="Mixing in estuaries of the northern coast")
    record = work(title="Mixing in estuaries of the northern coast 3")
    assert verdict("title", "Mixing in estuaries of the northern coast", record, fields) == "differs"


def test_a_main_title_without_its_subtitle_is_close() -> None:
    record = work(title="Detecting calving margins with neural networks: a case study")
    fields = work("", title="Detecting calving margins with neural networks")
    said = seen("Detecting calving margins with neural networks", record, fields)["title"]
    assert said.verdict == "close"
    assert "up to its subtitle" in said.reason


def test_another_subtitle_is_not_a_short_form() -> None:
    record = work(title="Detecting calving margins with neural networks: a case study")
    fields = work("", title="Detecting calving margins with neural networks: methods and data of a decade")
    assert verdict("title", fields.title, record, fields) == "differs"


def test_words_left_out_of_the_middle_are_close() -> None:
    record = work(title="Mapping of thaw slumps in the Beiluhe region from CubeSat images by deep learning")
    fields = work("", title="Mapping of thaw slumps from CubeSat images by deep learning")
    short = seen(fields.title, record, fields, incomplete_title=True)["title"]
    assert short.verdict == "close"
    doubtful = seen(fields.title, record, fields)["title"]
    assert doubtful.verdict == "close"
    assert doubtful.strength < short.strength


def test_the_same_words_in_another_order_are_close() -> None:
    record = work(title="A brief survey of deep reinforcement learning")
    fields = work("", title="Deep reinforcement learning: a brief survey")
    assert verdict("title", fields.title, record, fields) == "close"


def test_a_working_title_that_shares_its_first_word_differs() -> None:
    record = work(title="SlumpNet: a neural network for resolving the bed topography of rivers")
    fields = work("", title="SlumpNet: River bed elevation using a super resolution network")
    assert verdict("title", fields.title, record, fields) == "differs"


@pytest.mark.parametrize("notice", ["Erratum", "Reply to", "Comment on", "Corrigendum:", "Response to:"])
def test_a_notice_about_the_paper_is_not_the_paper(notice: str) -> None:
    title = "Tidal bedforms of the Wadden shelf and their migration"
    record = work(title=f"{notice} {title}")
    assert verdict("title", FULL, record, work("", title=title)) == "contradicts"
    assert verdict("title", f"A. Oderbrink. {notice} {title}. 2005", TIDES) == "contradicts"


def test_a_chapter_is_not_answered_with_its_book() -> None:
    book = work("book", title="A Handbook of Northern Estuaries and Fjords", author=["Ito"], year=2010)
    text = 'Ito R. "Mixing and Waves." A Handbook of Northern Estuaries and Fjords (2010): 15-29.'
    assert verdict("title", text, book) == "contradicts"
    fields = work("chapter", title="Mixing and waves", container_title=book.title)
    assert verdict("title", text.replace('"', ""), book, fields) == "contradicts"
    assert verdict("type", f"Ito R. Mixing. In: {book.title}, 2010", book) == "contradicts"
    assert verdict("type", f"Ito R (2010) {book.title}, pp 15-29", book) == "contradicts"


def test_a_record_without_any_place_is_a_whole_whatever_its_type() -> None:
    record = work(title="A Handbook of Northern Estuaries", author=["Ito"], year=2010)
    assert verdict("type", "R. Ito, A Handbook of Northern Estuaries 155 (2010).", record) == "contradicts"
    assert verdict("type", "Preface (2010). A Handbook of Northern Estuaries, iv.", record) == "contradicts"
    assert verdict("type", "R. Ito, A Handbook of Northern Estuaries (2010).", record) == "absent"
    assert verdict("type", "R. Ito, A Handbook of Northern Estuaries, 2010.", record) == "absent"


def test_what_reads_as_a_title_but_is_the_journal_is_no_title() -> None:
    text = "Oderbrink, A.; Lindqvist, B. Journal of Shelf Studies 2004, 12, 345–360."
    for misread in ("Journal of Shelf Studies", "Lindqvist, B. Journal of Shelf Studies", "12, 345–360"):
        assert verdict("title", text, TIDES, work("", title=misread)) == "absent"


def test_short_and_generic_titles_prove_little() -> None:
    assert title_strength("Introduction") < 0.1
    assert title_strength("Deep learning") < 0.5
    assert title_strength(TIDES.title) == 1.0


def test_a_record_without_title_has_nothing_to_compare() -> None:
    assert verdict("title", FULL, work(title="")) == "absent"


# --- authors


def test_missing_authors_are_no_contradiction() -> None:
    record = work(author=["Oderbrink", "Lindqvist", "Ito", "Baba"])
    said = seen("Oderbrink A et al. (2004) Something else entirely", record)["author"]
    assert (said.verdict, said.reason) == ("agrees", "the text names Oderbrink")


def test_a_text_that_begins_with_the_journal_names_nobody() -> None:
    assert verdict("author", "Shelf Journal 2004, 3", work(container_title="Shelf Journal", author=["Ito"])) == "absent"


def test_an_organisation_is_named_by_most_of_its_words() -> None:
    record = work(author=(Name(literal="European Shelf Observation Network"),))
    assert verdict("author", "Shelf Observation Network (Europe), 2004", record) == "agrees"


def test_nobody_in_common_contradicts() -> None:
    assert verdict("author", FULL, work(author=["Smith", "Jones"])) == "contradicts"
    assert verdict("author", "x", work(author=["Smith"]), work("", author=["Baba"])) == "contradicts"


def test_an_organisation_may_sign_for_persons() -> None:
    record = work(author=(Name(literal="Shelf Working Group"),))
    assert verdict("author", FULL, record) == "differs"


def test_the_words_of_the_title_are_no_names() -> None:
    record = work(title="The young and the long shelf of northern seas", author=["Young", "Long"])
    text = "Baba K (2004) The young and the long shelf of northern seas. J Shelf Stud 1:1"
    assert verdict("author", text, record) == "contradicts"


@pytest.mark.parametrize(
    "text",
    ["Lindqvist B (2004) On", "A. Oderbrlnk (2004) On", "Müller-Oderbrink (2004) On"],
)
def test_other_places_slips_and_double_names_still_name_an_author(text: str) -> None:
    assert verdict("author", text, TIDES) in ("agrees", "close")


def test_particles_and_umlauts_in_either_spelling() -> None:
    record = work(author=(Name(family="Hoop", non_dropping_particle="de"), Name(family="Mueller")))
    assert verdict("author", "M. de Hoop, 2004", record) == "agrees"
    assert verdict("author", "Muller K, 2004. On", work(author=["Mueller"])) == "agrees"


def test_another_order_of_authors_proves_less() -> None:
    in_order = seen("A. Oderbrink, B. Lindqvist, 2004", TIDES)["author"]
    turned = seen("B. Lindqvist, A. Oderbrink, 2004", TIDES)["author"]
    assert turned.verdict == "agrees"
    assert turned.strength < in_order.strength


def test_a_label_without_a_year_names_nobody() -> None:
    assert verdict("author", "Training and test data", TIDES) == "absent"


def test_a_record_without_authors_says_so() -> None:
    assert verdict("author", FULL, work(title="Reef growth")) == "differs"
    assert verdict("author", "“Reef growth” 2004", work(title="Reef growth")) == "absent"


def test_a_lone_second_author_is_close() -> None:
    assert verdict("author", "Lindqvist, 2004", TIDES) == "close"
    three = work(author=["Oderbrink", "Lindqvist", "Ito"])
    assert verdict("author", "Lindqvist and Ito, 2004", three) == "agrees"


# --- numbers


@pytest.mark.parametrize(
    ("text", "expected"), [("2004", "agrees"), ("2005", "close"), ("2011", "differs"), ("n.d.", "absent")]
)
def test_print_and_online_years_may_differ_by_one(text: str, expected: str) -> None:
    assert verdict("issued", f"Oderbrink ({text})", TIDES) == expected


def test_a_year_with_a_space_inside_is_read() -> None:
    assert verdict("issued", "Oderbrink (20 04)", TIDES) == "agrees"


def test_a_span_of_years_is_no_page_range() -> None:
    assert verdict("page", "Shelf surveys 1990-1995", work(page="12-20")) == "absent"


def test_the_page_field_may_give_the_range() -> None:
    ranged = seen("Shelf 12", TIDES, work("", page="345-60"))["page"]
    assert ranged.strength > seen("Shelf 12", TIDES, work("", page="345"))["page"].strength


def test_the_reason_for_a_year_names_both_sides() -> None:
    reason = seen("Oderbrink (2005)", TIDES)["issued"].reason
    assert reason == "year 2005 in the text, 2004 in the record: print and online dates differ by one"


def test_a_page_that_looks_like_a_year_is_no_year() -> None:
    record = work(year=1993, page="1671")
    assert verdict("issued", "J Cell Biol 123, 1671", record) == "absent"


@pytest.mark.parametrize(
    "text",
    ["J Shelf Stud 13:345-360", "vol. 13, pp. 345–360", "Shelf 13(3), 345", "Shelf 13.3 (2004): 345-360"],
)
def test_another_volume_vetoes(text: str) -> None:
    assert verdict("volume", text, TIDES) == "contradicts"


def test_volume_and_issue_run_together_are_close() -> None:
    assert verdict("volume", "Shelf, 123, 345–360", TIDES) == "close"
    assert verdict("volume", "Shelf 12B:345–360", TIDES, work("", volume="12B")) == "close"


def test_a_volume_with_a_scanned_letter_does_not_veto() -> None:
    assert verdict("volume", "Shelf l3q, 345", TIDES, work("", volume="3q")) == "differs"


def test_a_number_read_as_the_wrong_thing_does_not_veto() -> None:
    assert verdict("volume", "Shelf 345 (2004)", TIDES, work("", volume="345")) == "absent"
    assert verdict("page", "Shelf 12 (2004)", TIDES, work("", page="12")) == "absent"
    assert verdict("issue", "Shelf 12 (2004)", TIDES, work("", issue="2004")) == "absent"


def test_a_volume_counted_by_years_is_left_out() -> None:
    assert verdict("volume", "Shelf 7: 12", work(volume="2006")) == "absent"


@pytest.mark.parametrize(
    "text",
    ["J Shelf Stud 12:346-360x, p. 346", "12, pp. 1345–1360", "Shelf 12(3):99"],
)
def test_another_first_page_vetoes(text: str) -> None:
    assert verdict("page", text, work(page="245-290")) == "contradicts"


@pytest.mark.parametrize(
    ("text", "page", "expected"),
    [
        ("12:123-8", "123-128", "agrees"),
        ("12, 341", "L341-L350", "agrees"),
        ("PLoS One 4:e4409", "e4409", "agrees"),
        ("12(1), iii–iv", "iii-iv", "agrees"),
        ("12:L123", "123", "agrees"),
        ("p. 130", "123-140", "close"),
        ("12:321-360", "345-360", "close"),
        ("12:34x", "345", "close"),
        ("9:1-15", "559", "differs"),
        ("no page", "559", "absent"),
    ],
)
def test_pages_in_all_their_forms(text: str, page: str, expected: str) -> None:
    assert verdict("page", text, work(page=page)) == expected


def test_the_article_number_counts_as_page() -> None:
    assert verdict("page", "Remote Sens. 10, 2067", work(article_number="2067")) == "agrees"


def test_volume_and_page_need_a_number_each() -> None:
    assert verdict("page", "Shelf 12 (2004)", work(volume="12", page="12-15")) == "absent"
    assert verdict("page", "Shelf 12 (2004) 12", work(volume="12", page="12-15")) == "agrees"


def test_a_short_page_proves_less_than_a_long_one() -> None:
    short = seen("12:5-9", work(page="5-9"))["page"].strength
    assert short < seen("12:1345-1350", work(page="1345-1350"))["page"].strength


def test_another_issue_differs() -> None:
    assert verdict("issue", "Shelf 12(4):345", TIDES) == "differs"
    assert verdict("issue", "Shelf 12(2004):345", TIDES) == "absent"
    assert verdict("issue", "Shelf 12, no. 3, 345", TIDES) == "agrees"


def test_numbers_inside_title_links_and_ids_are_no_pages() -> None:
    record = work(title="The 345 days of the Wadden 12 survey", volume="12", page="345")
    text = "Ito (2004) The 345 days of the Wadden 12 survey. https://x.org/12/345 PMID: 1234512 arXiv:2104.05107"
    assert verdict("page", text, record) == "absent"
    assert verdict("volume", text, record) == "absent"


def test_a_lost_space_keeps_the_number() -> None:
    assert verdict("volume", "Gastrointest Endoscopy12, 345", TIDES) == "agrees"
    assert verdict("page", "Shelf 12, 3 45", TIDES) == "agrees"


# --- journal and book


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Journal of Shelf Studies", "J. Shelf Stud. 12"),
        ("Proceedings of the National Academy of Sciences", "Proc Natl Acad Sci USA 12"),
        ("Proceedings of the National Academy of Sciences", "PNAS 12"),
        ("Journal of Geophysical Research: Solid Earth", "J. Geophys. Res. 12"),
        ("Nature", "Nature 12"),
        ("Tectonophysics", "Tectonophys. 12"),
        ("Trends Cogn. Sci.", "Trends in Cognitive Science 12"),
        ("Physical Review B", "PhysicalReview B 12"),
        ("Zeitschrift für Meereskunde", "Zeitschift fur Meereskunde 12"),
    ],
)
def test_journals_in_full_abbreviated_and_misspelt(name: str, text: str) -> None:
    assert verdict("container-title", text, work(container_title=name)) == "agrees"


def test_another_journal_differs_only_where_the_text_names_one() -> None:
    record = work(container_title="Academy of Management Review")
    fields = work("", container_title="Journal of Shelf Studies")
    assert verdict("container-title", "J Shelf Stud 3", record) == "absent"
    assert verdict("container-title", "J Shelf Stud 3", record, fields) == "differs"
    near = work("", container_title="Academy of Management Journal")
    assert verdict("container-title", "", record, near) in ("differs", "agrees")


def test_the_stated_journal_agrees_however_short() -> None:
    fields = work("", container_title="B MJ")
    assert verdict("container-title", "B MJ 2", work(container_title="BMJ"), fields) == "agrees"


# --- kind, identifiers, editions


PREPRINT = work("article", title=TIDES.title, author=["Oderbrink"], year=2003, DOI="10.48550/arxiv.0301.00001")


def test_a_text_that_cites_the_preprint_is_not_answered_with_the_paper() -> None:
    text = f"Oderbrink A. {TIDES.title}. arXiv preprint arXiv:0301.00001 (2003)."
    assert verdict("type", text, TIDES) == "contradicts"
    assert verdict("type", text, PREPRINT) == "agrees"


def test_a_guessed_or_linked_arxiv_id_says_preprint_too() -> None:
    arxiv = ids.arxiv("0301.00001")
    assert arxiv
    text = f"Oderbrink A. {TIDES.title}. 2003."
    assert verdict("type", text, TIDES, identifiers=(Identified(arxiv, "link"),)) == "contradicts"


def test_a_text_with_volume_and_pages_is_not_answered_with_the_preprint() -> None:
    assert verdict("type", FULL, PREPRINT) == "contradicts"
    both = FULL + ", arXiv:0301.00001"
    assert verdict("type", both, PREPRINT) == "differs"
    assert verdict("type", both, TIDES) == "absent"


def test_what_is_rarely_cited_differs() -> None:
    assert verdict("type", "Baba K (2004) On reefs", work("review", title="Review of: On reefs")) == "differs"
    assert verdict("type", "Peer review of On reefs", work("review", title="Review of: On reefs")) == "absent"


def test_the_notice_that_retracts_is_not_what_it_retracts() -> None:
    notice = work(title="Shelf", volume="12", status="retraction notice")
    assert verdict("type", FULL, notice) == "contradicts"
    assert verdict("type", f"Retraction: {FULL}", notice) == "absent"


def test_a_doi_in_the_text_is_compared_without_case() -> None:
    assert verdict("DOI", "doi:10.5555/TIDES.1.", TIDES) == "agrees"
    assert verdict("DOI", "https://doi.org/10.5555/other", TIDES) == "differs"
    assert verdict("DOI", FULL, TIDES) == "absent"


def test_a_guessed_doi_is_not_what_the_text_says() -> None:
    found = ids.doi("10.5555/other")
    assert found
    assert verdict("DOI", FULL, TIDES, identifiers=(Identified(found, "rule"),)) == "absent"


def test_another_edition_is_another_book() -> None:
    book = work("book", title="Estuaries", edition="3")
    assert verdict("edition", "Ito R. Estuaries, 2nd ed. 2010", book) == "contradicts"
    assert verdict("edition", "Ito R. Estuaries. 3rd edition, 2010", book) == "agrees"
    assert verdict("edition", "", book, work("", edition="2")) == "contradicts"


# --- what is left


def test_a_reference_without_title_is_explained_word_by_word() -> None:
    assert verdict("text", "Oderbrink, A.; Lindqvist, B. J. Shelf Studies 2004, 12, 345.", TIDES) == "agrees"


def test_words_the_record_does_not_hold_are_named() -> None:
    said = seen("Baba K (2001) Growth of corals in cold northern waters. Reef Letters 7:1", TIDES)["text"]
    assert said.verdict == "differs"
    assert "growth corals" in said.reason


# --- laws


@given(st.text(max_size=300), st.text(max_size=120))
def test_no_text_and_no_title_breaks_a_comparison(text: str, title: str) -> None:
    record = work(title=title, author=[title or "x"], container_title=title, volume=title, page=title, year=2000)
    for one in compare(Query("q", text, work("", title=title)), record):
        assert 0 <= one.strength <= 1
        assert one.reason


@given(st.text(alphabet="abcdefgh XYZÄéß-:", min_size=30, max_size=80).filter(lambda t: len(squash(t)) > 20))
def test_a_title_agrees_with_itself(title: str) -> None:
    said = seen(f"“{title}” 2004", work(title=title), work("", title=title))["title"]
    assert said.verdict in ("agrees", "contradicts")
    assert said.verdict == "agrees" or "record is a" in said.reason


@pytest.mark.parametrize("piece", ["1-", "a(", "12(3", "1,", "in: ", "vol ", "\\cite{", "10.1234/", "((", "“"])
def test_hostile_text_is_compared_to_the_end_and_agrees_in_nothing(piece: str) -> None:
    # Were anything here quadratic or worse, the suite would stand still.
    found = compare(Query("q", piece * (40_000 // len(piece))), TIDES)
    assert not [one for one in found if one.aspect == "title" and one.verdict == "agrees"]


def test_folding_is_the_same_twice() -> None:
    for text in ("Ærø &amp;amp; <i>Straße</i>", "β-Carotene", "ＦＵＬＬ width", "ﬁne"):
        assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Part II: the 3D case", ("2", "3")),
        ("In vivo", ()),
        ("Type I collagen", ("1",)),
        ("Landsat 08", ("8",)),
        ("Estuaries, part XIV", ("14",)),
    ],
)
def test_numerals_of_titles(title: str, found: tuple[str, ...]) -> None:
    assert numerals(title) == found


def test_a_container_that_follows_in_without_punctuation_ends_a_title() -> None:
    record = work(title="Tidal bedforms of shelves", container_title="Handbook of Estuaries")
    assert verdict("title", "Ito: Tidal bedforms of shelves in Handbook of Estuaries", record) == "agrees"
    assert verdict("title", "Ito: Tidal bedforms of shelves 2004", record) == "agrees"


def test_the_tail_of_a_longer_title_is_only_close() -> None:
    record = work(title="Migration of the northern bedforms")
    assert verdict("title", "12: Migration of the northern bedforms", record) == "close"


def test_a_notice_about_something_else_is_no_notice_about_this() -> None:
    assert verdict("title", FULL, work(title="Erratum: Growth of corals in the cold north")) != "contradicts"


def test_a_notice_word_inside_the_title_is_no_word_left_out() -> None:
    title = "Tidal bedforms of the Wadden shelf and their migration: a reply after several decades"
    cited = work("", title=title.replace(": a reply", ""))
    assert verdict("title", cited.title, work(title=title), cited) in ("differs", "contradicts")


def test_a_title_alike_in_letters_only_differs_less() -> None:
    record = work(title="Bedforms of the northern shelf after the great storm")
    alike = seen("", record, work("", title="Bedforms of the northern shelf after the great flood"))["title"]
    other = seen("", record, work("", title="Growth of corals in the cold north after a decade"))["title"]
    assert (alike.verdict, other.verdict) == ("differs", "differs")
    assert alike.strength < other.strength


def test_a_group_of_people_may_sign_for_them() -> None:
    record = work(title="One vocabulary for every lamp", author=["Ashode", "Ball"])
    for group in ("The Lamp Catalogue Group", "Coastal Light Consortium", "Fog Study Investigators"):
        fields = Work.of("", {"author": (Name(literal=group),)}, Source("text"))
        evidence = compare(Query("q", f"{group} (2000) One vocabulary for every lamp.", fields), record)
        assert next(piece.verdict for piece in evidence if piece.aspect == "author") == "differs"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("6. Lamps, keepers and ledgers on a foggy coast. 2015.", "6. Lamps, keepers and ledgers on a foggy coast"),
        ("[3] Ode A. Oils for lamps on small coasts. 2015.", "Chapter 12. Oils for lamps on small coasts"),
        ("Ode A. Öle für kleine Lampen am Nordmeer. 2015.", "Kapitel 4: Öle für kleine Lampen am Nordmeer"),
    ],
)
def test_the_number_of_a_chapter_is_no_part_of_its_title(text: str, title: str) -> None:
    evidence = compare(Query("q", text), work(title=title))
    assert next(piece.verdict for piece in evidence if piece.aspect == "title") == "agrees"


def test_a_year_in_front_is_no_number_of_the_list() -> None:
    evidence = compare(Query("q", "(2016). Keeping lamps on a foggy coast. Harbour Letters."), work(year=2012))
    assert next(piece.verdict for piece in evidence if piece.aspect == "issued") == "differs"


def test_half_a_year_behind_a_title_is_no_number_in_it() -> None:
    record = work(title="Red lamp protein crystallised at pH 2.0", author=["Plet"], year=2008)
    evidence = compare(Query("q", "Plet S. “Red lamp protein crystallised at pH 9.0 .” (2008): n. pag."), record)
    assert next(piece.verdict for piece in evidence if piece.aspect == "title") == "contradicts"
