"""Orders and notations of many languages and fields: what a title is, where a work appeared, which number is what."""

from __future__ import annotations

import pytest

from dl4es_bib.read.reference import parse_reference


def values(text: str, *variables: str) -> tuple[str, ...]:
    work = parse_reference(text)
    return tuple(work.text(variable) for variable in variables)


PLACED = ("title", "container-title", "volume", "issue", "page", "issued")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李明，王芳，张伟，等．海岸灯塔的历史［J］．航海技术，2016，22（4）：33－39．",
         ("海岸灯塔的历史", "航海技术", "22", "4", "33-39", "2016")),
        ("李明：《灯塔与雾》，《航海研究》2009年第3期。", ("灯塔与雾", "航海研究", "", "3", "", "2009")),
        ("李明（2009）。灯塔与雾。航海研究，12（3），33-50。", ("灯塔与雾", "航海研究", "12", "3", "33-50", "2009")),
        ("田中太郎: 港の霧, 海洋研究, Vol.12, No.3, pp.33-50, 2009.",
         ("港の霧", "海洋研究", "12", "3", "33-50", "2009")),
        ("佐藤健, 港の灯, 海洋研究, 4(2), 1-9, 2011.", ("港の灯", "海洋研究", "4", "2", "1-9", "2011")),
        ("伊藤博: 潮の流れ, 水路研究, 第40巻第2号, 12-19, 1998.", ("潮の流れ", "水路研究", "40", "2", "12-19", "1998")),
    ],
)  # fmt: skip
def test_orders_of_chinese_and_japanese(text: str, expected: tuple[str, ...]) -> None:
    assert values(text, *PLACED) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李明：《灯塔史》，北京：海洋出版社，2009年，第12页。", ("灯塔史", "北京", "海洋出版社", "2009", "12")),
        ("张伟. 雾中航行[M]. 北京: 海洋出版社, 2009: 12-34.", ("雾中航行", "北京", "海洋出版社", "2009", "12-34")),
        ("王强主编：《海港志》，上海：远洋书局，1998年。", ("海港志", "上海", "远洋书局", "1998", "")),
        ("כהן, דוד. 2015. גלים בים. תל אביב: עם עובד.", ("גלים בים", "תל אביב", "עם עובד", "2015", "")),
    ],
)
def test_books_in_scripts_without_capitals(text: str, expected: tuple[str, ...]) -> None:
    assert values(text, "title", "publisher-place", "publisher", "issued", "page") == expected


def test_editors_of_a_chinese_book_are_no_authors() -> None:
    work = parse_reference("王强主编：《海港志》，上海：远洋书局，1998年。")
    assert [name.family for name in work.names("editor")] == ["王"]
    assert not work.names("author")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("赵敏. 潮汐研究[D]. 青岛: 中国海洋大学, 2012.", "thesis"),
        ("[5] SMITH J, LEE K. Tide lamps[C]//Proceedings of the Coast Conference. Oslo: IEEE, 2012: 12-19.",
         "paper-conference"),
        ("李明. 灯塔标准[S]. 北京: 海洋出版社, 2001.", "standard"),
    ],
)  # fmt: skip
def test_the_letter_in_brackets_is_the_kind_of_the_work(text: str, kind: str) -> None:
    assert parse_reference(text).type == kind


@pytest.mark.parametrize(
    ("text", "title", "container"),
    [
        ("Lund M. Fog. Harb Med. 2011;4:12-9.", "Fog", "Harb Med"),
        ("Lund, M. Fog. Harbour Letters 4, 12–19 (2011).", "Fog", "Harbour Letters"),
        ("Lund, M. and Berg, K.: Nebel, Küstenblätter, 4, 12–19, 2011.", "Nebel", "Küstenblätter"),
        ("Lund, M. (2014). Ice. Harbour Letters, 12, 33–39.", "Ice", "Harbour Letters"),
        ("Roe, B. Salt. Harb. Chem. 2011, 9, 1–4.", "Salt", "Harb. Chem."),
        ("Белов Н. Шторм // Новый берег. 1998. Т. 3. С. 3–9.", "Шторм", "Новый берег"),
        ("M. Zając, Burza, „Gazeta Portowa” 1935, nr 112, s. 4.", "Burza", "Gazeta Portowa"),
    ],
)
def test_a_title_may_be_one_word(text: str, title: str, container: str) -> None:
    assert values(text, "title", "container-title") == (title, container)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Zorn H. Die Physik des Nebels. Z. Phys. Chem. 1934;56:12–30.", "Die Physik des Nebels"),
        ("Roe, B., and Lund, M.: Polar drift. J. Adv. Model. Earth Syst. 12, e2019MS001999 (2020).", "Polar drift"),
        ("Mona Lund, Kai Berg, and Jo Roe. BERT: Pre-training of deep buoys. In NAACL, 2019.",
         "BERT: Pre-training of deep buoys"),
        ("Lund M, Berg K. TIDE: a database of tides. Nucleic Acids Res. 2012;40:D12-9.", "TIDE: a database of tides"),
        ("Anne-Marie LEGRAND, Sables, Paris, Minuit, 2001.", "Sables"),
        ("Jean-Luc MOREAU, Histoire des ports, Paris, Fayard, 2004.", "Histoire des ports"),
        ("Charts of quiet harbours - Mona Lund, Kai Berg (Coastal Letters 2018)", "Charts of quiet harbours"),
        ("Mareas lentas – José Ruiz, Ana Gil (Revista de Costas 2003)", "Mareas lentas"),
    ],
)  # fmt: skip
def test_a_title_is_whole_and_nothing_more(text: str, title: str) -> None:
    assert values(text, "title") == (title,)


@pytest.mark.parametrize(
    ("text", "issued", "original"),
    [
        ("Halden, W. (1984 [1893]). The shore frontier. Oslo: Fjord Press.", "1984", "1893"),
        ("Webber, M. ([1922] 1978) Shore and Society. Berkeley: University of California Press.", "1978", "1922"),
        ("Freud, S. (1900/1953). The reading of dreams. Hogarth Press.", "1953", "1900"),
        ("Weber, Max (2002) [1905]: Der Geist des Hafens. München: Beck.", "2002", "1905"),
        ("Ode, A. (2001). Fog. Oslo: Fjord Press. (Original work published 1911)", "2001", "1911"),
        ("Lund, M. (2018/2019). Annual report of the harbour. Oslo: Port.", "2018", ""),
    ],
)
def test_the_year_of_the_first_edition_is_the_original_date(text: str, issued: str, original: str) -> None:
    work = parse_reference(text)
    assert (str(work.year), work.text("original-date")) == (issued, original)


@pytest.mark.parametrize(
    ("text", "volume", "issue", "page"),
    [
        ("Lie J, Moe T. Sand transport. J Geophys Res 104: 1,023-1,040, 1999.", "104", "", "1023-1040"),
        ("Lie, J., & Moe, T. (2015). Sand transport. Marine Letters, 42(9), 11,913–11,920.", "42", "9", "11913–11920"),
        ("Moe K. Salt. Coast Med J 2010;33 Suppl 2:S12-8.", "33", "Suppl 2", "S12-8"),
        ("Moe K, Lie U. Salt in lungs. Coast Med J. 2004;12 Suppl:44-9.", "12", "Suppl", "44-9"),
        ("Ode A. Salt water and health. Harb Med. 1998;25(1 Pt 2):155-161.", "25", "1 Pt 2", "155-161"),
        ("Lund, M. et al. Lenses at night. BMC Coasts 15(Suppl 1), S7 (2014).", "15", "Suppl 1", "S7"),
        ("Gok, M. (2013). Trend tests. Global and Planetary Change, 100(Supplement C), 172-182.",
         "100", "Supplement C", "172-182"),
        ("Michel DUPONT, « Ce que dit la mer », Revue des côtes, n° 12, 1970, p. 3-20.", "", "12", "3-20"),
        ("Коваль О.П. Течії лиману // Вісник моря. 2012. Т. 3, № 2. С. 5–11.", "3", "2", "5–11"),
        ('Roe, Bob. "Lamps and law." Harbour Times, 3 May 1999, pp. 1, 7–8.', "", "", "1, 7–8"),
        ("Ode, A. Lamps at sea. Harb. Lett. 4, 15 (1994). ↑3, 12", "4", "", "15"),
    ],
)  # fmt: skip
def test_numbers_have_their_names(text: str, volume: str, issue: str, page: str) -> None:
    assert values(text, "volume", "issue", "page") == (volume, issue, page)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Pérez, Ana. La niebla. Tesis doctoral, Universidad de Vigo, 2015.", "thesis"),
        ("Rossi, Giulia. La nebbia. Tesi di dottorato, Università di Genova, 2015.", "thesis"),
        ("SILVA, J. A neblina. 2015. 120 f. Dissertação (Mestrado em Oceanografia) – Universidade de São Paulo, 2015.",
         "thesis"),
        ("Postel, J. Transmission of signals. RFC 793, 1981.", "report"),
        ("Institut des côtes (2012). Les signaux de brume. Rapport technique n° 12, Brest.", "report"),
        ("Huber, K. (2001). Nebelsignale. Forschungsbericht Nr. 12, Institut für Küstenforschung, Kiel.", "report"),
        ('Lund, Mona. 2011. "Fog and Wages." Working Paper 16789, National Bureau of Coast Research, Oslo.', "report"),
        ("ISO 9001:2015. Quality management systems – Requirements. Geneva: International Organization for "
         "Standardization.", "standard"),
        ("IEEE Standard for Fog Signals, IEEE Std 1234-2010, 2010.", "standard"),
        ("DIN EN 12345: Nebelsignale. Berlin: Beuth, 2004.", "standard"),
        ("Lund, M. (2019, May). Fog at night [Paper presentation]. Coast Congress, Bergen, Norway.", "speech"),
        ("Lund, M., 2019: Fog at night. Invited talk, University of Bergen, 3 May 2019.", "speech"),
        ("Lund M, Roe B. Fog at night. Poster presented at: Coast Congress; May 3, 2019; Bergen, Norway.", "speech"),
        ("Roe, B. (2015, May 3). Fog stops ferries. The Harbour Times, p. A12.", "article-newspaper"),
        ('Bob Roe, "Fog Stops Ferries," New York Times, May 3, 2015.', "article-newspaper"),
        ("Lund, M., and Roe, B.: Buoy tracks, PANGAEA [data set], https://doi.org/10.1594/PANGAEA.123456, 2018.",
         "dataset"),
        ("Lund M, Roe B (2018). fogr: Fog Signals. R package version 0.4.1, https://example.org/fogr.", "software"),
        ("Ode, A. (2001). Fog. In M. Lund & K. Berg (Eds.), Handbook of lamps (pp. 12–34). Oslo: Fjord Press.",
         "chapter"),
        ("M. Lund and B. Roe, \"Seeing through fog,\" arXiv preprint arXiv:2001.01234, 2020.", "article"),
    ],
)  # fmt: skip
def test_kinds_are_told_by_their_words(text: str, kind: str) -> None:
    assert parse_reference(text).type == kind


def test_a_notice_of_access_in_portuguese_is_no_journal() -> None:
    text = "Silva, J. Mapas de nevoeiro. 2014. Disponível em: <https://example.org/mapas>. Acesso em: 12 mar. 2018."
    assert values(text, "title", "container-title", "volume", "URL") == (
        "Mapas de nevoeiro", "", "", "https://example.org/mapas",
    )  # fmt: skip


def test_months_and_towns_do_not_stick_to_a_journal() -> None:
    assert values(
        "Lund M. Signals at dusk. Harbour Technol. Sep-Oct 2009; 21(5): 101-9.", "container-title", "volume"
    ) == ("Harbour Technol", "21")
    text = "SILVA, João. Os faróis do norte. Revista de Costas, Lisboa, v. 12, n. 3, p. 33-50, jul. 2004."
    assert values(text, "container-title", "publisher-place") == ("Revista de Costas", "Lisboa")


@pytest.mark.parametrize(
    ("text", "title", "families"),
    [
        ("Tidal fog (Lund & Roe, 2018)", "Tidal fog", ["Lund", "Roe"]),
        ("A map of all lamps (Berg, Lie and de Vries 2011)", "A map of all lamps", ["Berg", "Lie", "de Vries"]),
        ("Drift of small buoys (Berg et al., 2020)", "Drift of small buoys", ["Berg"]),
    ],
)
def test_a_citation_behind_a_title_names_its_authors_and_no_journal(text: str, title: str, families: list[str]) -> None:
    work = parse_reference(text)
    assert (work.title, [name.surname for name in work.names("author")]) == (title, families)
    assert not work.text("container-title")
    assert not work.text("publisher")
