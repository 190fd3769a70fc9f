"""Rules of the specification, each with the smallest style that shows it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.csl import Processor, Style
from dl4es_bib.csl.cite import collation
from dl4es_bib.csl.cite.engine import Engine
from dl4es_bib.csl.cite.positions import Citation, place, written
from dl4es_bib.csl.item.date import read_date
from dl4es_bib.csl.item.date_text import parse_raw
from dl4es_bib.csl.output.punctuation import mend
from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.tree import plain
from dl4es_bib.csl.render import numbers
from dl4es_bib.csl.render.text_case import apply
from dl4es_bib.csl.render.write_names import initials

NAMESPACE = "http://purl.org/net/xbiblio/csl"


def style(
    layout: str, *, options: str = "", citation: str = "", sort: str = "", extra: str = "", kind: str = "in-text"
) -> str:
    return (
        f'<style xmlns="{NAMESPACE}" class="{kind}" version="1.0" {options}><info><title>S</title></info>{extra}'
        f"<citation {citation}>{sort}<layout>{layout}</layout></citation>"
        f"<bibliography>{sort}<layout>{layout}</layout></bibliography></style>"
    )


def one(layout: str, item: dict[str, Any], **options: str) -> str:
    processor = Processor(Style.load(style(layout, **options)))
    processor.register([{"id": "i", "type": "book"} | item])
    return processor.bibliography()[0].text


def people(*names: str) -> list[dict[str, str]]:
    return [dict(zip(("family", "given"), name.split(", "), strict=False)) for name in names]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("expanded", "42-5", "42–45"),
        ("expanded", "321-28", "321–328"),
        ("minimal", "321-328", "321–8"),
        ("minimal", "2787-2816", "2787–816"),
        ("minimal-two", "321-328", "321–28"),
        ("minimal-two", "7-8", "7–8"),
        ("chicago", "3-10", "3–10"),
        ("chicago", "100-104", "100–104"),
        ("chicago", "107-108", "107–8"),
        ("chicago", "1002-1006", "1002–6"),
        ("chicago", "321-325", "321–25"),
        ("chicago", "1496-1504", "1496–1504"),
        ("chicago-16", "1496-1500", "1496–500"),
        ("chicago", "13792-13803", "13792–803"),
        ("minimal", "1-25", "1–25"),
        ("", "321-28", "321–28"),
        ("minimal", "N110-P5", "N110-P5"),
        ("minimal", "iv-vii", "iv–vii"),
    ],
)
def test_page_ranges_take_the_form_the_style_asks_for(form: str, text: str, expected: str) -> None:
    assert numbers.pages(text, form, "–") == expected


@given(
    st.integers(1, 99_999), st.integers(0, 5_000), st.sampled_from(["chicago", "chicago-16", "minimal", "minimal-two"])
)
def test_a_shortened_range_expands_to_itself(first: int, length: int, form: str) -> None:
    last = first + length
    if len(str(last)) == len(str(first)):
        shown = numbers.pages(f"{first}-{last}", form, "-")
        assert numbers.pages(shown, "expanded", "-") == f"{first}-{last}"


@pytest.mark.parametrize(
    ("given_names", "mark", "expected"),
    [
        ("John Edward", ". ", "J. E."),
        ("Jean-Luc", ".", "J.-L."),
        ("J.J.", "", "JJ"),
        ("M.E", ".", "M.E."),
        ("Philip de", ".", "P. de"),
    ],
)
def test_given_names_become_initials(given_names: str, mark: str, expected: str) -> None:
    assert initials(given_names, mark, True, True) == expected


def test_initials_lose_their_hyphen_where_the_style_says_so() -> None:
    assert initials("Jean-Luc", ".", False, True) == "J.L."


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}, "", "Gogh, Vincent van"),
        (
            {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
            'demote-non-dropping-particle="never"',
            "van Gogh, Vincent",
        ),
        ({"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}, "", "Humboldt, Alexander von"),
        ({"family": "d'Alembert", "given": "Jean"}, 'demote-non-dropping-particle="never"', "d’Alembert, Jean"),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, "", "King, Martin, Jr."),
        ({"family": "毛", "given": "泽东"}, "", "毛泽东"),
        ({"literal": "World Office"}, "", "World Office"),
    ],
)
def test_inverted_names_follow_the_order_of_the_specification(
    name: dict[str, str], options: str, expected: str
) -> None:
    layout = '<names variable="author"><name name-as-sort-order="all"/></names>'
    assert one(layout, {"author": [name]}, options=options) == expected


def test_a_long_list_of_names_ends_in_the_last_after_an_ellipsis() -> None:
    layout = '<names variable="author"><name et-al-min="4" et-al-use-first="2" et-al-use-last="true"/></names>'
    assert one(layout, {"author": people("A, a", "B, b", "C, c", "D, d", "E, e")}) == "a A, b B, … e E"


def test_editors_who_translate_are_named_once() -> None:
    layout = '<names variable="editor translator" delimiter="; "><label prefix=" (" suffix=")" form="short"/></names>'
    same = people("Doe, Jo")
    assert one(layout, {"editor": same, "translator": same}) == "Jo Doe (ed. & trans.)"
    assert one(layout, {"editor": same, "translator": people("Roe, Al")}) == "Jo Doe (ed.); Al Roe (trans.)"


def test_a_group_whose_variables_are_all_empty_is_silent() -> None:
    layout = '<group delimiter=" "><text value="retrieved"/><text variable="URL"/></group><text variable="title"/>'
    assert one(layout, {"title": "T"}) == "T"


def test_the_delimiter_of_a_group_reaches_into_conditions_but_not_into_macros() -> None:
    macro = '<macro name="m"><text value="x"/><text variable="title"/></macro>'
    layout = (
        '<group delimiter="-"><choose><if variable="title"><text value="a"/><text variable="title"/></if></choose>'
        '<text macro="m"/></group>'
    )
    assert one(layout, {"title": "T"}, extra=macro) == "a-T-xT"


def test_what_stands_for_the_author_does_not_appear_again() -> None:
    layout = (
        '<names variable="author"><substitute><text variable="title"/></substitute></names>'
        '<text variable="title" prefix=" / "/><text variable="publisher" prefix=" "/>'
    )
    assert one(layout, {"title": "T", "publisher": "P"}) == "T P"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date-parts": [[2008, 5, 1], [2008, 5, 4]]}, "1-4 May 2008"),
        ({"date-parts": [[2008, 5], [2008, 7]]}, "May–July 2008"),
        ({"date-parts": [[2008, 5], [2009, 6]]}, "May 2008/June 2009"),
        ({"date-parts": [[2008]], "season": 4}, "Winter 2008"),
        ({"date-parts": [[-2500]]}, "2500 BC"),
        ({"literal": "in press"}, "in press"),
        ({"raw": "2008-05-01"}, "1 May 2008"),
    ],
)
def test_dates_and_ranges_are_written_as_the_specification_shows(date: dict[str, Any], expected: str) -> None:
    layout = (
        '<date variable="issued"><date-part name="day" suffix=" " range-delimiter="-"/>'
        '<date-part name="month" suffix=" "/><date-part name="year" range-delimiter="/"/></date>'
    )
    assert one(layout, {"issued": date}) == expected


@pytest.mark.parametrize("raw", ["June 3, 2019", "2019-06-03", "3 June 2019", "6/3/2019"])
def test_dates_are_read_as_people_write_them(raw: str) -> None:
    date = parse_raw(raw)
    assert date is not None
    assert date.start is not None
    assert (date.start.year, date.start.month, date.start.day) == (2019, 6, 3)


@pytest.mark.parametrize("value", [None, True, {}, {"date-parts": [[None]]}, {"date-parts": "x"}, [], {"raw": ""}])
def test_what_is_no_date_is_none(value: object) -> None:
    assert read_date(value) is None


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [("2", "ordinal", "2nd"), ("13", "ordinal", "13th"), ("3", "long-ordinal", "third"), ("4, 9", "roman", "iv, ix")],
)
def test_numbers_take_their_form(number: str, form: str, expected: str) -> None:
    assert one(f'<number variable="edition" form="{form}"/>', {"edition": number}) == expected


def test_ordinals_agree_with_the_gender_of_the_noun() -> None:
    layout = '<number variable="edition" form="ordinal"/>'
    assert one(layout, {"edition": "1"}, options='default-locale="fr-FR"') == "1ʳᵉ"


@pytest.mark.parametrize(
    ("text", "case", "expected"),
    [
        ("a tale of two cities: an essay", "title", "A Tale of Two Cities: An Essay"),
        ("sea-ice in the U-Net", "title", "Sea-Ice in the U-Net"),
        ("THE WHOLE TITLE", "title", "THE WHOLE TITLE"),
        ("THE WHOLE TITLE", "sentence", "The whole title"),
        ("the iPhone", "sentence", "The iPhone"),
        ('<span class="nocase">de novo</span> design', "title", "de novo Design"),
        ("ärger", "capitalize-first", "Ärger"),
    ],
)
def test_the_case_of_text_is_changed_where_it_may_be(text: str, case: str, expected: str) -> None:
    assert plain(apply(parse(text), case, english=True)) == expected


def test_only_english_titles_take_title_case() -> None:
    layout = '<text variable="title" text-case="title"/>'
    assert one(layout, {"title": "der kleine prinz", "language": "de"}) == "der kleine prinz"
    assert one(layout, {"title": "a little prince", "language": "en-GB"}) == "A Little Prince"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My \"nested 'inner' words\" here", "My “nested ‘inner’ words” here"),
        ("Shafi'i and the '90s", "Shafi’i and the ’90s"),
        ("<i>open", "&lt;i&gt;open"),
        ("a <i>b <b>c</b></i> d", "a <i>b </i><i><b>c</b></i> d"),
        ("<i>a <i>b</i></i>", "<i>a </i>b"),
        ("x < y > z", "x &lt; y &gt; z"),
        ("<sc>Abc</sc>", '<span style="font-variant:small-caps">Abc</span>'),
    ],
)
def test_markup_and_quotes_of_the_input_are_understood(text: str, expected: str) -> None:
    processor = Processor(Style.load(style('<text variable="title"/>')))
    processor.register([{"id": "i", "type": "book", "title": text}])
    assert processor.bibliography("html")[0].text == expected


@given(st.text(alphabet="ab <>/i\"'“”‘’&.,", max_size=60))
def test_no_character_of_the_input_but_quotes_and_tags_is_lost(text: str) -> None:
    def letters(value: str) -> str:
        return "".join(c for c in value if c in "ab&.,")

    assert letters(plain(parse(text))) == letters(text)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["Title?", ". "], "Title? "),
        (["end.", ". ", "Next"], "end. Next"),
        (["a", ", ", ". "], "a, . "),
        (["a:", "! "], "a! "),
        (["a ", " b"], "a b"),
    ],
)
def test_punctuation_that_meets_is_mended(pieces: list[str], expected: str) -> None:
    tokens = mend(list(pieces), punctuation_in_quote=False)
    assert "".join(token for token in tokens if isinstance(token, str)) == expected


def test_american_usage_moves_a_comma_into_the_quotes() -> None:
    layout = '<text variable="title" quotes="true" suffix=","/>'
    assert one(layout, {"title": "T"}) == "“T,”"
    assert one(layout, {"title": "T"}, options='default-locale="en-GB"') == "‘T’,"


AUTHOR_DATE = (
    '<group delimiter=" "><names variable="author"><name form="short" initialize-with=". "/></names>'
    '<date variable="issued"><date-part name="year"/></date></group>'
)


def cited(citation: str, *items: dict[str, Any]) -> str:
    processor = Processor(Style.load(style(AUTHOR_DATE, citation=citation)))
    processor.register([{"id": str(place), "type": "book"} | item for place, item in enumerate(items)])
    return processor.cite([str(place) for place in range(len(items))])


def test_works_of_the_same_authors_and_year_get_letters_and_share_the_names() -> None:
    item = {"author": people("Doe, Jo"), "issued": {"date-parts": [[2007]]}}
    assert cited('disambiguate-add-year-suffix="true"', item, item) == "Doe 2007aDoe 2007b"
    assert cited('disambiguate-add-year-suffix="true" collapse="year"', item, item) == "Doe 2007a, 2007b"
    ranged = 'disambiguate-add-year-suffix="true" collapse="year-suffix-ranged"'
    assert cited(ranged, item, item, item) == "Doe 2007a–c"


def test_given_names_tell_authors_apart() -> None:
    jane, john = ({"author": people(name), "issued": {"date-parts": [[1950]]}} for name in ("Doe, Jane", "Doe, Al"))
    assert cited('disambiguate-add-givenname="true"', jane, john) == "J. Doe 1950A. Doe 1950"


def test_more_names_tell_works_apart() -> None:
    works = [
        {"author": people("Doe, A", second, "Third, C"), "issued": {"date-parts": [[2000]]}}
        for second in ("Roe, B", "Poe, B")
    ]
    options = 'et-al-min="3" et-al-use-first="1" disambiguate-add-names="true"'
    assert cited(options, *works) == "Doe, Roe, et al. 2000Doe, Poe, et al. 2000"


def test_ranges_of_citation_numbers_collapse_when_three_follow_each_other() -> None:
    layout = '<text variable="citation-number"/>'
    text = style(layout, citation='collapse="citation-number"').replace("<layout>", '<layout delimiter=", ">', 1)
    processor = Processor(Style.load(text))
    processor.register([{"id": id, "type": "book"} for id in "abcde"])
    assert processor.cite(list("abce")) == "1–3, 5"
    assert processor.cite(list("ab")) == "1, 2"


def test_positions_follow_the_notes_before() -> None:
    layout = (
        '<choose><if position="ibid-with-locator"><text term="ibid"/><text variable="locator" prefix=" "/></if>'
        '<else-if position="ibid"><text term="ibid"/></else-if>'
        '<else-if position="subsequent"><text variable="first-reference-note-number" prefix="n. "/></else-if>'
        '<else><text variable="title"/></else></choose>'
    )
    engine = Engine(Style.load(style(layout, kind="note")).element)
    engine.register([{"id": "a", "type": "book", "title": "A"}, {"id": "b", "type": "book", "title": "B"}])
    cites = [{"id": "a"}, {"id": "a"}, {"id": "a", "locator": "5"}, {"id": "b"}, {"id": "a"}]
    notes = [Citation(str(note), [cite], note) for note, cite in enumerate(cites, start=1)]
    place(engine, notes)
    assert [plain(written(engine, note)) for note in notes] == ["A", "Ibid.", "Ibid. 5", "B", "n. 1"]


def test_what_is_empty_comes_last_in_both_directions() -> None:
    for direction, expected in (("ascending", ["A", "B", "-"]), ("descending", ["B", "A", "-"])):
        sort = f'<sort><key variable="title" sort="{direction}"/></sort>'
        processor = Processor(Style.load(style('<text variable="note"/>', sort=sort)))
        processor.register(
            [
                {"id": "1", "type": "book", "note": "-"},
                {"id": "2", "type": "book", "title": "B", "note": "B"},
                {"id": "3", "type": "book", "title": "A", "note": "A"},
            ]
        )
        assert [entry.text for entry in processor.bibliography()] == expected


def test_accents_and_case_count_after_letters() -> None:
    names = ["Zoe", "Ångström", "adam", "Öst", "Oster", "Adams"]
    assert [name for _, name in sorted(zip(collation.keys(names), names, strict=True))] == [
        "adam",
        "Adams",
        "Ångström",
        "Öst",
        "Oster",
        "Zoe",
    ]


@given(
    st.lists(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=6), min_size=2, max_size=4)
)
def test_the_order_of_ascii_is_that_of_the_library(texts: list[str]) -> None:
    from dl4es_bib.csl.cite.collation import _HYPHEN, _LEADING, _collator

    key = _collator()
    bare = [_HYPHEN.sub("", text) for text in texts]
    bare = [text.lstrip(_LEADING) or text for text in bare]
    # Numbers count by their values, which is the library's order when they are equally long.
    bare = [re.sub(r"\d+", lambda match: match.group().zfill(8), text) for text in bare]
    ours = sorted(range(len(texts)), key=collation.keys(texts).__getitem__)
    assert ours == sorted(range(len(texts)), key=lambda place: key(bare[place]))


@given(
    st.lists(
        st.text(alphabet="abzABZ oøØłŁđéÉèêñçåÅäüőčąāḥ-.,'1ßæÆœðÐþÞ…“”‘’–—«»\u00a0\u2009‑°©αЯ漢", max_size=6),
        min_size=2,
        max_size=4,
    )
)
def test_the_order_of_letters_and_marks_is_that_of_the_library(texts: list[str]) -> None:
    from dl4es_bib.csl.cite.collation import _HYPHEN, _LEADING, _collator

    key = _collator()
    # Hyphens between letters are passed over.
    bare = [_HYPHEN.sub("", text) for text in texts]
    bare = [text.lstrip(_LEADING) or text for text in bare]
    # Numbers count by their values, which is the library's order when they are equally long.
    bare = [re.sub(r"\d+", lambda match: match.group().zfill(8), text) for text in bare]
    ours = sorted(range(len(texts)), key=collation.keys(texts).__getitem__)
    assert ours == sorted(range(len(texts)), key=lambda place: key(bare[place]))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("tr-TR", ["Can", "Çelik", "Demir", "Ilgaz", "Işık", "İnce", "Oral", "Öz", "Su", "Şen"]),
        ("pl-PL", ["Lis", "Łoś", "Mak", "Sok", "Ścisły", "Zet", "Źródło", "Żak"]),
        ("da-DK", ["Adler", "Zeuthen", "Ærø", "Øst", "Åby", "Aagaard", "Åse"]),
        ("es-ES", ["Nuez", "Ñandú", "Oro"]),
        ("de-DE", ["Adler", "Ärger", "Azur", "Oster", "Österberg", "Zug"]),
        ("zh-CN", ["安", "李", "王", "Adler"]),
    ],
)
def test_a_language_sorts_by_its_own_alphabet(language: str, names: list[str]) -> None:
    mixed = names[::2] + names[1::2]
    weights = dict(zip(mixed, collation.keys(mixed, language), strict=True))
    assert sorted(mixed, key=weights.__getitem__) == names


def test_latin_letters_and_the_marks_of_print_need_no_table_of_all_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise AssertionError("the table was loaded")

    monkeypatch.setattr(collation, "_collator", missing)
    names = ["Weiß", "de\u00a0Vries", "Sæther", "Þór", "Łoś", "“Ice” – a review…", "Weisz", "Saether"]
    ordered = sorted(names, key=dict(zip(names, collation.keys(names), strict=True)).__getitem__)
    assert ordered == ["de\u00a0Vries", "“Ice” – a review…", "Łoś", "Saether", "Sæther", "Weiß", "Weisz", "Þór"]


def test_raised_texts_that_follow_each_other_are_raised_as_one() -> None:
    layout = '<text variable="citation-number" vertical-align="sup"/>'
    text = style(layout).replace("<layout>", '<layout delimiter="," vertical-align="sup">', 1)
    processor = Processor(Style.load(text))
    processor.register([{"id": name, "type": "book", "title": name} for name in "abc"])
    assert processor.cite(["a", "c"], "html") == "<sup>1,3</sup>"
    assert processor.cite(["a", "c"], "latex") == r"\textsuperscript{1,3}"


def test_repeated_authors_are_replaced_in_the_bibliography() -> None:
    xml = style(AUTHOR_DATE).replace("<bibliography>", '<bibliography subsequent-author-substitute="———">')
    processor = Processor(Style.load(xml))
    items = [
        {"id": str(year), "type": "book", "author": people("Doe, Jo"), "issued": {"date-parts": [[year]]}}
        for year in (1, 2)
    ]
    processor.register([item | {"issued": {"date-parts": [[1999 + place]]}} for place, item in enumerate(items)])
    assert [entry.text for entry in processor.bibliography()] == ["Doe 1999", "——— 2000"]


def test_a_style_of_notes_without_bibliography_lists_full_citations() -> None:
    xml = (
        f'<style xmlns="{NAMESPACE}" class="note" version="1.0"><info><title>N</title></info><citation><layout>'
        '<choose><if position="first"><text variable="title"/></if><else><text value="short"/></else></choose>'
        "</layout></citation></style>"
    )
    processor = Processor(Style.load(xml))
    processor.register([{"id": "a", "type": "book", "title": "Whole"}])
    assert processor.bibliography()[0].text == "Whole"


def test_an_unknown_term_is_silent() -> None:
    assert one('<text term="nonsense"/><text variable="title"/>', {"title": "T"}) == "T"


@pytest.mark.parametrize("title", ["word " * 200_000, "<i>" * 50_000, "\"'“" * 50_000, " " * 1_000_000, "-" * 500_000])
def test_a_title_of_a_megabyte_is_formatted(title: str) -> None:
    processor = Processor(Style.load("chicago"))
    processor.register(
        [{"id": "x", "type": "book", "title": title, "page": title, "author": [{"family": title[:9999]}]}]
    )
    assert processor.bibliography("html")[0].text
    assert processor.findings == []


@pytest.mark.parametrize(
    ("alternative", "expected"),
    [
        ('<text term="anonymous"/>', "Ice"),
        ('<text value="N.N."/>', "Ice"),
        ('<text macro="nobody"/>', "anonymous, Ice"),
        ('<names variable="editor"/><text term="anonymous"/>', "Ice"),
        ('<text variable="publisher"/>', "Sea Press, Ice"),
    ],
)
def test_a_term_in_the_place_of_names_does_not_make_a_macro_print(alternative: str, expected: str) -> None:
    names = f'<names variable="author"><substitute>{alternative}</substitute></names>'
    macros = f'<macro name="nobody"><text term="anonymous"/></macro><macro name="who">{names}</macro>'
    layout = '<group delimiter=", "><text macro="who"/><text variable="title"/></group>'
    processor = Processor(Style.load(style(layout, extra=macros)))
    processor.register([{"id": "a", "type": "book", "title": "Ice", "publisher": "Sea Press"}])
    assert processor.bibliography()[0].text.lower() == expected.lower()


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        # With one name alike in all lists, no further name tells the works apart.
        (["Berg", "Berg"], ["Ode0 et al.", "Ode0 et al."]),
        (["Berg", "Dahl"], ["Berg", "Dahl"]),
    ],
)
def test_names_that_all_works_share_are_not_tried_one_by_one(
    last: list[str], expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    trials = 0
    trial = Engine._trial

    def counted(engine: Engine, item: Any, state: Any) -> Any:
        nonlocal trials
        trials += 1
        return trial(engine, item, state)

    monkeypatch.setattr(Engine, "_trial", counted)
    name = '<name initialize-with="." et-al-min="3" et-al-use-first="1"/>'
    options = 'disambiguate-add-names="true" disambiguate-add-givenname="true"'
    processor = Processor(Style.load(style(f'<names variable="author">{name}</names>', citation=options)))
    shared = [{"family": f"Ode{place}", "given": "Ann"} for place in range(200)]
    processor.register(
        [
            {"id": family, "type": "book", "author": [*shared, {"family": family, "given": "Bo"}, *shared[:3]]}
            | {"id": id}
            for id, family in zip("ab", last, strict=True)
        ]
    )
    cited = [processor.cite([id]) for id in "ab"]
    assert trials < 60
    for text, end in zip(cited, expected, strict=True):
        assert end in text
