"""Who is who in lists of names: bodies, particles, family names in front, people of one name, broken lines."""

from __future__ import annotations

import pytest

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference import parse_reference


def spelled(name: Name) -> str:
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    given = " ".join(part for part in (name.given, name.dropping_particle) if part)
    return name.literal or ", ".join(part for part in (family, given, name.suffix) if part)


def people(text: str, variable: str = "author") -> list[str]:
    return [spelled(name) for name in parse_reference(text).names(variable)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lund M, Berg K, on behalf of the TIDE Investigators. Ice at the pier. Harb Med. 2014;12:33-9.",
         ["Lund, M", "Berg, K", "TIDE Investigators"]),
        ("Lund M, Berg K; TIDE Study Group. Ice at the pier. Harb Med. 2014;12:33-9.",
         ["Lund, M", "Berg, K", "TIDE Study Group"]),
        ("Lund, M., Berg, K., & the TIDE Consortium. (2019). Storms. Coast Data, 12, 33–50.",
         ["Lund, M.", "Berg, K.", "TIDE Consortium"]),
        ("Ministerio de Pesca y Puertos. 2009. Informe anual de puertos. Lima: Ministerio de Pesca y Puertos.",
         ["Ministerio de Pesca y Puertos"]),
        ("Instituto Nacional de Faros y Puertos (2012). Faros. Lima: Fondo.",
         ["Instituto Nacional de Faros y Puertos"]),
    ],
)  # fmt: skip
def test_a_body_is_one_author(text: str, expected: list[str]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Christen- sen, B., & Lund, M. (2004). Low tides. Harbour Letters, 4, 12–19.",
         ["Christensen, B.", "Lund, M."]),
        ("M. Lund and K. Hal- vorsen, “Low tides,” Harbour Letters, vol. 4, pp. 12–19, 2004.",
         ["Lund, M.", "Halvorsen, K."]),
        ("Mona Lund and Karl Stein- berger. Low tides. In ICML, 2004.", ["Lund, Mona", "Steinberger, Karl"]),
    ],
)  # fmt: skip
def test_a_name_that_a_line_end_broke_is_whole(text: str, expected: list[str]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AL RUBAI, M. & EL SAYED, K. 2012. Sand in ports. Harbour Letters, 4, 12–19.",
         ["AL RUBAI, M.", "EL SAYED, K."]),
        ("DE LA CRUZ, J., VAN DEN BERG, P. & LUND, M. 2011. Sand in ports. Harbour Letters, 4, 12–19.",
         ["DE LA CRUZ, J.", "VAN DEN BERG, P.", "LUND, M."]),
        ("Meer, J. van der, and Torre, A. de la: Tidal flats, Coast Lett., 3, 1–9, 2010.",
         ["Meer, J. van der", "Torre, A. de la"]),
        ("Goethe, Johann Wolfgang von. 1810. Zur Lehre vom Licht. Tübingen: Cotta.", ["Goethe, Johann Wolfgang von"]),
        ("Meer J van der, Berg K. Tidal flats. Coast Lett. 2010;3:1-9.", ["Meer, J van der", "Berg, K"]),
    ],
)  # fmt: skip
def test_particles_stand_before_the_family_name_or_behind_the_given_names(text: str, expected: list[str]) -> None:
    assert people(text) == expected


def test_a_particle_behind_the_given_names_is_no_given_name() -> None:
    (name,) = parse_reference("Meer, J. van der (2010). Tidal flats. Coast Letters, 3, 1–9.").names("author")
    assert (name.family, name.given, name.dropping_particle) == ("Meer", "J.", "van der")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lozano Ardila, Martha Cecilia, and Pedro Gil Ruiz. 2009. Aguas y memoria. Bogotá: Siglo del Hombre.",
         ["Lozano Ardila, Martha Cecilia", "Ruiz, Pedro Gil"]),
        ('García Pérez, Ana María, "Puertos del sur", Revista de Costas 12 (2011): 33–50.',
         ["García Pérez, Ana María"]),
        ("Lopes da Silva, Maria Helena, & Souza Lima, J. P. (2014). Portos do sul. Revista de Costas, 12(3), 33–50.",
         ["Lopes da Silva, Maria Helena", "Souza Lima, J. P."]),
        ("Martha Lozano, Cecilia Ardila. Open waters. Harbour Press, 2009.", ["Lozano, Martha", "Ardila, Cecilia"]),
    ],
)  # fmt: skip
def test_two_family_names_and_two_given_names_are_one_person(text: str, expected: list[str]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FOURNIER Michel, Surveiller les phares, Paris, Gallimard, 1975, 318 p.", ["FOURNIER, Michel"]),
        ("Nowak Anna (2004), Mgła i port, „Studia Bałtyckie”, vol. 4, no. 2, s. 3–19.", ["Nowak, Anna"]),
        ("LEROY Paul, PETIT Jeanne, Les phares, Revue des côtes, 12, 1988, p. 3-9.", ["LEROY, Paul", "PETIT, Jeanne"]),
        ("Anna Nowak, Ewa Lis. Fog at the port. Coast Letters, 2004.", ["Nowak, Anna", "Lis, Ewa"]),
    ],
)  # fmt: skip
def test_the_family_name_may_stand_first_without_a_comma(text: str, expected: list[str]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prabhat; Lund, Mona; Berg, Kai. Finding storms. Coast Data 2019, 12, 33–50.",
         ["Prabhat", "Lund, Mona", "Berg, Kai"]),
        ("Lund, M.; Prabhat; Berg, K. Finding storms. Coast Data 2019, 12, 33–50.",
         ["Lund, M.", "Prabhat", "Berg, K."]),
        ("Lund, M., Suharto, & Berg, K. (2019). Finding storms. Coast Data, 12, 33–50.",
         ["Lund, M.", "Suharto", "Berg, K."]),
        ("M. Lund, Prabhat, and K. Berg, “Finding storms,” Coast Data, vol. 12, pp. 33–50, 2019.",
         ["Lund, M.", "Prabhat", "Berg, K."]),
    ],
)  # fmt: skip
def test_a_person_of_one_name_stands_among_others(text: str, expected: list[str]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Pan, B., et al., including K. Lie and J. Roe, 2015: Salt fog. J. Climate, 28, 12–19.",
        "Pan, B., K. Lie, and 12 coauthors, 2015: Salt fog. J. Climate, 28, 12–19.",
        "Pan, B. u. a. (2015): Salziger Nebel. Küstenblätter 28, 12–19.",
        "Pan, B. y otros (2015). Niebla salada. Revista de Costas, 28, 12–19.",
        "Пан Б. и др. Солёный туман // Океан. 2015. Т. 28. С. 12–19.",
    ],
)
def test_more_people_than_are_named_are_said(text: str) -> None:
    assert parse_reference(text).et_al


@pytest.mark.parametrize(
    ("text", "editor", "author"),
    [
        ("Luc BLANC (dir.), Vents du large, Paris, PUF, 2010.", ["BLANC, Luc"], []),
        ("Silva, J. A neblina. In: COSTA, M. (Org.). Manual de faróis. São Paulo: Cortez, 2001. p. 12-34.",
         ["COSTA, M."], ["Silva, J."]),
        ("A. Nowak, Światło i cień, [w:] Latarnie Bałtyku, red. J. Kowalski, Gdańsk 1998, s. 3–19.",
         ["Kowalski, J."], ["Nowak, A."]),
        ("Dubois, Claire. « Le brouillard ». Dans Manuel des lampes, sous la direction de Jean Petit, 12-34. Paris: "
         "Seuil, 2001.", ["Petit, Jean"], ["Dubois, Claire"]),
    ],
)  # fmt: skip
def test_editors_are_told_from_authors_in_many_languages(text: str, editor: list[str], author: list[str]) -> None:
    assert (people(text, "editor"), people(text)) == (editor, author)


@pytest.mark.parametrize(
    ("text", "authors", "title"),
    [
        ("Fay, F., de Vries, J. & Dee, M. Widget, widget on the wall! J. Walls 12, 28–39 (2017).",
         ["Fay, F.", "de Vries, J.", "Dee, M."], "Widget, widget on the wall!"),
        ("Fay, F. and Bell, C. Earth, wind and fire seasons in the north. J. Glaciol. 12, 28–39 (2017).",
         ["Fay, F.", "Bell, C."], "Earth, wind and fire seasons in the north"),
        ("Fay, F., Dee, M. & Bell, C. A. Oceans, clouds and the tides of Mars. Icarus 12, 28–39 (2017).",
         ["Fay, F.", "Dee, M.", "Bell, C. A."], "Oceans, clouds and the tides of Mars"),
    ],
)  # fmt: skip
def test_a_title_with_a_comma_behind_the_last_author_is_no_author(text: str, authors: list[str], title: str) -> None:
    assert people(text) == authors
    assert parse_reference(text).title == title


def test_a_last_author_in_reading_order_is_one() -> None:
    text = "Fay, F., Bell, C., and D. Smith, Earth systems of the north. J. Glaciol. 12, 28–39 (2017)."
    assert people(text) == ["Fay, F.", "Bell, C.", "Smith, D."]
