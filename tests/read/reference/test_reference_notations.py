"""Notations of many habits and languages: numbers, dates, roles, words between the fields."""

from __future__ import annotations

import pytest

from dl4es_bib.model.work import Work
from dl4es_bib.read.reference import parse_reference


def read(text: str) -> Work:
    return parse_reference(text)


def families(text: str, variable: str = "author") -> list[str]:
    return [name.surname or name.literal for name in read(text).names(variable)]


def values(text: str, *variables: str) -> tuple[str, ...]:
    work = read(text)
    return tuple(work.text(variable) for variable in variables)


@pytest.mark.parametrize(
    ("text", "container", "volume"),
    [
        ("S. Pratt and J. Zim, “Two pion tides,” Phys. Rev. C42 (1990) 2646–2652.", "Phys. Rev. C", "42"),
        ("M. Berg et al., Performance of a lamp, Eur. Phys. J. C73 (2013) 2431.", "Eur. Phys. J. C", "73"),
        ("Ode, A., Fog rings, Nucl. Phys. B266 (1986) 709–736.", "Nucl. Phys. B", "266"),
    ],
)
def test_the_letter_before_a_volume_is_the_section_of_the_journal(text: str, container: str, volume: str) -> None:
    assert values(text, "container-title", "volume") == (container, volume)


@pytest.mark.parametrize(
    ("text", "doi", "arxiv"),
    [
        (
            "H. Ode, Thermal tides, Sea Lett. 92 (2015) 034519. doi :10.5555/SeaD.92.034519.URL https: //example.org/a",
            "10.5555/SeaD.92.034519",
            "",
        ),
        ("A. Roe, Lamps, JHEP 02 (2015) 073, doi:10.5555/JHEP01(2015)073[arXiv:1408.3203[hep-th]].",
         "10.5555/JHEP01(2015)073", "1408.3203"),
        ("B. Lund, Waves at night, arXiv :1702 .02813 (2017).", "", "1702.02813"),
    ],
)  # fmt: skip
def test_blanks_and_neighbours_that_a_pdf_lets_in_do_not_change_an_identifier(text: str, doi: str, arxiv: str) -> None:
    assert values(text, "DOI", "arxiv") == (doi, arxiv)


@pytest.mark.parametrize(
    "text",
    [
        "Roe, B. (2019). Deep lamps. https://arxiv.org/abs/1904.01234",
        "Roe, B., 2019. Deep lamps. arXiv:1904.01234 [cs.LG].",
    ],
)
def test_an_arxiv_number_alone_names_no_journal(text: str) -> None:
    work = read(text)
    assert (work.text("arxiv"), work.text("container-title"), work.type) == ("1904.01234", "", "article")


@pytest.mark.parametrize(
    ("text", "volume", "issue", "pages"),
    [
        ("Ode, A. & Roe, B. (2014). Buoys. Ocean Technology, Nov/Dec 2014, 54(6), 6-16.", "54", "6", "6-16"),
        ("Berg, L. Fog horns of the north. Coast Review, Jan/Feb 2011, 12(1), pp. 3-9.", "12", "1", "3-9"),
        ("Lund M. Lamps at sea. Harbour Monthly, March-April 2009, 7(2): 11-19.", "7", "2", "11-19"),
        ("Marv, K. (2017). Rain. J. Clim., 30, 11,913-11,920.", "30", "", "11913-11920"),
        ("Lund, M. 2012. Lamps at sea. Sea Res. 31(Suppl. 2):18-20.", "31", "Suppl. 2", "18-20"),
        ("Lund M. Lampen im Nebel. Z. Meeresk. 2012;31(Beiheft 2):18-20.", "31", "Beiheft 2", "18-20"),
    ],
)
def test_volume_issue_and_pages_in_many_notations(text: str, volume: str, issue: str, pages: str) -> None:
    assert values(text, "volume", "issue", "page") == (volume, issue, pages)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Berg, L. (2018): Leuchttürme der Küste. URL: https://example.org/l (abgerufen am 12.03.2020).",
         "Leuchttürme der Küste"),
        ("Petit, J. Les phares. [en ligne]. Disponible sur : https://example.org/p (consulté le 4 juin 2021).",
         "Les phares"),
        ("García, L. Los faros. Disponible en: https://example.org/f [Consultado el 5 de mayo de 2017].", "Los faros"),
        ("Ode, A. Tide tables. Available at: https://example.org/tides (accessed 3 May 2019).", "Tide tables"),
    ],
)  # fmt: skip
def test_when_a_page_was_looked_at_is_no_number_of_the_work(text: str, title: str) -> None:
    work = read(text)
    assert work.title == title
    assert not any(work.text(variable) for variable in ("volume", "issue", "page", "publisher", "container-title"))


@pytest.mark.parametrize(
    ("text", "container", "editor"),
    [
        ("Petit, J., « La brume », dans L. Martin (dir.), Manuel des côtes, 2e éd., Paris, Seuil, 2004, p. 2-34.",
         "Manuel des côtes", "Martin"),
        ("García, L. (2004). La niebla. En A. Ruiz (ed.), Manual de costas (2.ª ed., pp. 12-34). Madrid: Alianza.",
         "Manual de costas", "Ruiz"),
        ("Rossi, M., La nebbia, in Manuale delle coste, a cura di L. Verdi, Torino, Einaudi, 2004, pp. 12-34.",
         "Manuale delle coste", "Verdi"),
        ("Merten, K. (2004): Der Nebel. In: Berg, L. (Hrsg.): Handbuch der Küste. Berlin: Springer, S. 12–34.",
         "Handbuch der Küste", "Berg"),
    ],
)  # fmt: skip
def test_words_of_other_languages_for_in_and_for_editors(text: str, container: str, editor: str) -> None:
    work = read(text)
    assert work.text("container-title") == container
    assert [name.family for name in work.names("editor")] == [editor]
    assert work.type == "chapter"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Иванов А. Б. Туман над морем. — 2-е изд. — М.: Наука, 2004. — 318 с.", "Туман над морем"),
        ("LISÝ, Ján. 2007. Ekonomika pobrežia. 2. vyd. Bratislava: Iura Edition, 2007. 634 s.", "Ekonomika pobrežia"),
        ("Ode, Ann. Sense and Tides, 2 vols. New York: Holby, 1906.", "Sense and Tides"),
        ("Roe, Bob. Tides of the coast. 3 vols. Translated by Thomas P. Berg. New York: Harper & Row, 1974.",
         "Tides of the coast"),
        ("Davids, J. (Director). (1999). B. F. Skin: A fresh look [Motion picture]. United States: Davids Studio.",
         "B. F. Skin: A fresh look"),
        ("Bruhier, J. Abhandlungen von den Zeichen des Nebels. Übersetzt von Johann Janke. Leipzig, 1754.",
         "Abhandlungen von den Zeichen des Nebels"),
    ],
)  # fmt: skip
def test_edition_volumes_translators_and_medium_are_no_part_of_a_title(text: str, expected: str) -> None:
    assert read(text).title == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AL RUBAEE, M., Tides of the Gulf, Harbour Letters, 12 (2014), 3–9.", ["AL RUBAEE"]),
        ("Ode A, Christen- sen B, Roe C. Lamps in fog. Sea Lett. 2004;3:2-9.", ["Ode", "Christensen", "Roe"]),
        ("Pan, B., and coauthors, 2021: Learning to correct biases. J. Adv. Sea, 13, 21–29.", ["Pan"]),
        ("Pan, B., et al. including C. Ode, 2021: Learning to correct biases. J. Adv. Sea, 13, 21–29.", ["Pan"]),
        ("Pan, B., and coauthors including C. Ode, 2021: Learning to correct biases. J. Adv. Sea, 13, 21–29.", ["Pan"]),
        ("Berg, J. van der, Humboldt, A. von, 2001. Lamps and rain. Sea Letters 3, 2-9.",
         ["Berg", "Humboldt"]),
        ("De la Cruz, M., van der Berg, J. & 't Hooft, G. (2001). Lamps at sea. Sea Letters, 3(1), 2-9.",
         ["De la Cruz", "van der Berg", "'t Hooft"]),
        ("Meteorological Office of Norway, Berg, A., 2011. Fog. Oslo.", ["Meteorological Office of Norway", "Berg"]),
        ("FITNE (Producer). (2005). Portraits of the coast [DVD]. United States: Producer.", ["FITNE"]),
        ("World Lamp and Lens Council, 2004. The cost of fog [online].", ["World Lamp and Lens Council"]),
        ("山田太郎, 鈴木花子: 海の霧の研究, 海洋学会誌, Vol.12, No.3, pp.45-50, 2004.", ["山田", "鈴木"]),
        ("Yama (E. K.), Kubo (F. I.), Mig (Pac), “Comparação dos faróis”, Revista 26 (2014), p. 167–176.",
         ["Yama", "Kubo", "Mig"]),
        ("Pink (Ulrich), Polt (Konrad), “Computing Tides,” Experimental Coast 2 (1993), p. 15–36.", ["Pink", "Polt"]),
        ("Leip (Jeremy), « Essais de lampes », Revue des côtes 3 (2021), p. 3–9.", ["Leip"]),
        ("WHO (World Health Organization), “Tides and health,” Geneva, 2004.", ["WHO (World Health Organization)"]),
        ("Human Rights Watch (2018). Coasts: Events of 2018. Oslo: Harbour Press.", ["Human Rights Watch"]),
        ("Hippocrates Of Cos, \"Nature of Lamps,\" Harbour Press, 2012.", ["Hippocrates Of Cos"]),
        ("欧德, 王伟. 海冰动力学研究[J]. 地球科学, 2018, 43(5): 12-19.", ["欧", "王"]),
    ],
)  # fmt: skip
def test_whom_a_reference_names(text: str, expected: list[str]) -> None:
    assert families(text) == expected


@pytest.mark.parametrize(
    ("text", "author", "pages"),
    [
        ("3 See Lars Berg, “Lamps,” Sea Letters 12, no. 3 (2004): 45–60, at 47.", "Berg", "45–60"),
        ("Vgl. Lars Berg: „Lampen“, in: Küstenblätter 12 (2004), S. 45–60, hier S. 47.", "Berg", "45–60"),
        ("1 Ann Ode, 'Fog', in The Coast Reader, ed. by Lars Berg (London: Routledge, 2001), pp. 12-34 (p. 15).",
         "Ode", "12-34"),
    ],
)  # fmt: skip
def test_notes_begin_with_see_and_end_with_the_page_that_is_meant(text: str, author: str, pages: str) -> None:
    assert families(text) == [author]
    assert values(text, "page", "publisher")[0] == pages


@pytest.mark.parametrize("dashes", ["———. 2016.", "———, ed. 2016.", "___. 2016."])
def test_a_line_for_the_author_of_the_entry_before_names_nobody(dashes: str) -> None:
    work = read(f"{dashes} Third Tides. Oslo: Fjord Press.")
    assert work.title == "Third Tides"
    assert not work.names("author")
    assert not work.names("editor")


@pytest.mark.parametrize(
    ("text", "title", "container"),
    [
        ("Ode A, Roe B. Lamps vs. lenses in fog. Harb. Lamp Lett. 28, 294-302.", "Lamps vs. lenses in fog",
         "Harb. Lamp Lett."),
        ("Berg L, Lund M. Ice vs. rain in the north. Sea Phys. Rep. 12, 14-19.", "Ice vs. rain in the north",
         "Sea Phys. Rep."),
        ("Gok M. Tides vs. waves: a review. Coast. Eng. Lett. 7, 101-110.", "Tides vs. waves: a review",
         "Coast. Eng. Lett."),
    ],
)  # fmt: skip
def test_a_stop_that_ends_no_sentence_and_a_journal_of_stops(text: str, title: str, container: str) -> None:
    assert values(text, "title", "container-title") == (title, container)


@pytest.mark.parametrize(
    ("text", "container", "pages"),
    [
        ("Ode, E. 1978. Turns of the lamp. In R. N. Roe & P. T. Doe (eds.), Advances in lamps (215-236). London: Lamp.",
         "Advances in lamps", "215-236"),
        ("Berg, L. 2003. Currents at night. In A. Ode (ed.), Handbook of tides (12-40). Oslo: Fjord Press.",
         "Handbook of tides", "12-40"),
        ("Lund, M. & Gok, T. 1991. Signals. In C. Falk & J. Lie (eds.), Signals of the sea (101-119). New York: Lamp.",
         "Signals of the sea", "101-119"),
    ],
)  # fmt: skip
def test_pages_in_brackets_behind_a_book_without_a_label(text: str, container: str, pages: str) -> None:
    assert values(text, "container-title", "page") == (container, pages)
