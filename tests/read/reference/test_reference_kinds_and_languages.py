"""Fields of references in many languages and kinds, each as a reader of that field writes them."""

from __future__ import annotations

import pytest

from dl4es_bib.model.work import Work
from dl4es_bib.read.reference import parse_reference

CASES: list[tuple[str, dict[str, str]]] = [
    (
        "Pan, B., Lie, K. (2019). Ice drift. Journal of Geophysical Research: Oceans, 2019JC015123.",
        {"container-title": "Journal of Geophysical Research: Oceans", "article-number": "2019JC015123"},
    ),
    (
        "Roe, B.: Salt, in: Coast Handbook, edited by: Lund, M., Springer, Cham, 3–9, 2011.",
        {"editor": "Lund, M.", "container-title": "Coast Handbook"},
    ),
    (
        "Harbour and Coast Commission, 2011. The price of salt [online].",
        {"author": "Harbour and Coast Commission", "title": "The price of salt", "issued": "2011"},
    ),
    (
        "Roe, B. 1981. Knots of the net. In A. B. Lie & C. Ode (eds.), Studies in knots (41-66). Oslo: Net Press.",
        {
            "container-title": "Studies in knots",
            "page": "41-66",
            "editor": "Lie, A. B.; Ode, C.",
            "title": "Knots of the net",
        },
    ),
    (
        "Nets of an old coast - Bob Roe and Kai Lie (Fishery Notes 2014)",
        {"author": "Roe, Bob; Lie, Kai", "title": "Nets of an old coast", "container-title": "Fishery Notes"},
    ),
    (
        "Roe B, Lie K. 2012. Nets of cold bays. Fishery Notes. 40(Supplement A):3-9.",
        {"issue": "Supplement A", "volume": "40", "page": "3-9", "title": "Nets of cold bays"},
    ),
    (
        "Roe, B. (2012). Nets. Fishery Notes, 40(11), 1,201-1,219.",
        {"title": "Nets", "volume": "40", "issue": "11", "page": "1201-1219"},
    ),
    (
        "Ivan PETROV, Kniha o mori, Praha, Academia, 1988.",
        {"author": "PETROV, Ivan", "title": "Kniha o mori", "publisher-place": "Praha", "publisher": "Academia"},
    ),
    (
        "Svensson, Erik, Fyrar i norr, Stockholm: Norstedts, 1977.",
        {"author": "Svensson, Erik", "title": "Fyrar i norr", "publisher-place": "Stockholm", "publisher": "Norstedts"},
    ),
    (
        "Bakker, Jan, Vuurtorens, Amsterdam: Querido, 1993.",
        {"author": "Bakker, Jan", "title": "Vuurtorens", "publisher-place": "Amsterdam", "publisher": "Querido"},
    ),
    (
        "Costa, Rui, Faróis do sul, Lisboa: Caminho, 2005.",
        {"author": "Costa, Rui", "title": "Faróis do sul", "publisher-place": "Lisboa", "publisher": "Caminho"},
    ),
    (
        "Lund M. Salt stress. Plant Coast Physiol. 2009 Mar;149(3):12-9.",
        {
            "title": "Salt stress",
            "container-title": "Plant Coast Physiol",
            "volume": "149",
            "issue": "3",
            "page": "12-9",
        },
    ),
    (
        "Kim S. Nets. J Coast Res. 2001;17:1-4.",
        {"author": "Kim, S", "title": "Nets", "container-title": "J Coast Res"},
    ),
    (
        "Ode A, Roe B. Drift. Coast Lett. 1999;3 Suppl 1:S4-9.",
        {"author": "Ode, A; Roe, B", "title": "Drift", "volume": "3", "issue": "Suppl 1", "page": "S4-9"},
    ),
    (
        "Ode A. et al. Drift in sounds. BMC Coast. 2016;16(S-2):S14.",
        {"issue": "S-2", "page": "S14", "volume": "16"},
    ),
    (
        'Lie, K. "Rust." Harbour Week, Sept/Oct 2011, 33(5), 40-42.',
        {"title": "Rust", "container-title": "Harbour Week", "volume": "33", "issue": "5", "page": "40-42"},
    ),
    (
        "Lie, K. (n.d.). Rust. Retrieved May 3, 2019, from https://example.org/rust",
        {"title": "Rust", "author": "Lie, K.", "URL": "https://example.org/rust"},
    ),
    (
        "Bianchi M., Il faro, Milano, Adelphi, 2003, p. 44.",
        {
            "author": "Bianchi, M.",
            "title": "Il faro",
            "publisher": "Adelphi",
            "publisher-place": "Milano",
            "page": "44",
        },
    ),
    (
        "Müller, H. u. Schmidt, K.: Küstenschutz. 2. Aufl. Berlin: Springer 1999.",
        {"author": "Müller, H.; Schmidt, K.", "title": "Küstenschutz", "edition": "2", "publisher": "Springer"},
    ),
    (
        "Müller H (2003) Sturmfluten. In: Schmidt K, Weber L (Hrsg) Küstenschutz heute. Springer, Berlin, S 33–50",
        {
            "author": "Müller, H",
            "editor": "Schmidt, K; Weber, L",
            "title": "Sturmfluten",
            "container-title": "Küstenschutz heute",
            "page": "33–50",
            "publisher": "Springer",
            "publisher-place": "Berlin",
        },
    ),
    (
        "Novák, Jan. Světla na moři. 2. vyd. Praha: Academia, 2001. 212 s.",
        {
            "author": "Novák, Jan",
            "title": "Světla na moři",
            "edition": "2",
            "publisher-place": "Praha",
            "publisher": "Academia",
        },
    ),
    (
        "Kovács, P. (2004): Fények a tengeren. Budapest: Akadémiai Kiadó.",
        {
            "author": "Kovács, P.",
            "title": "Fények a tengeren",
            "publisher-place": "Budapest",
            "publisher": "Akadémiai Kiadó",
        },
    ),
    (
        "Yılmaz, A. (2010). Deniz fenerleri. İstanbul: İletişim Yayınları.",
        {
            "author": "Yılmaz, A.",
            "title": "Deniz fenerleri",
            "publisher": "İletişim Yayınları",
            "publisher-place": "İstanbul",
        },
    ),
    (
        "김철수, 이영희. 등대의 역사. 해양연구, 12(3), 33-50, 2009.",
        {"title": "등대의 역사", "container-title": "해양연구", "volume": "12", "issue": "3", "page": "33-50"},
    ),
    (
        "김철수 (2009). 등대의 역사. 해양연구, 12(3), 33-50.",
        {"title": "등대의 역사", "container-title": "해양연구", "volume": "12", "issue": "3", "page": "33-50"},
    ),
    (
        "Lund, M. and Roe, B. (2017). Tariffs of ports. IZA Discussion Paper No. 10345, Bonn.",
        {"type": "report", "genre": "Discussion Paper", "number": "10345", "title": "Tariffs of ports"},
    ),
    (
        "Lund, M. 2017. Tariffs of ports. World Bank Policy Research Working Paper 8123. Washington, DC: World Bank.",
        {"type": "report", "number": "8123", "title": "Tariffs of ports"},
    ),
    (
        "CEPR (2019), “Ports in crisis”, CEPR Policy Insight No. 98.",
        {"title": "Ports in crisis"},
    ),
    (
        "European Fog Agency. Fog in Europe. EFA Report No 5/2014. Copenhagen, 2014.",
        {"type": "report", "number": "5/2014", "title": "Fog in Europe", "author": "European Fog Agency"},
    ),
    (
        "Lund, M. (2020). Tide gauge records of Bergen [Dataset]. Dryad. https://doi.org/10.5061/dryad.xyz",
        {"type": "dataset", "publisher": "Dryad", "title": "Tide gauge records of Bergen"},
    ),
    (
        "Lund, M. (2020): Tide gauge records. PANGAEA, https://doi.org/10.1594/PANGAEA.900001",
        {"type": "dataset", "publisher": "PANGAEA", "title": "Tide gauge records"},
    ),
    (
        "Lund M. tidepy: Tide tools (v1.2.3). Zenodo; 2021. doi:10.5281/zenodo.555555",
        {"title": "tidepy: Tide tools", "publisher": "Zenodo", "issued": "2021"},
    ),
    (
        "Lund, M. (2021). tidepy (Version 1.2.3) [Software]. GitHub. https://github.com/lund/tidepy",
        {"type": "software", "title": "tidepy"},
    ),
    (
        "ISO 8601-1:2019, Date and time — Representations for information interchange.",
        {"type": "standard"},
    ),
    (
        "ASTM D1234-13, Standard Test Method for Rust, ASTM International, West Conshohocken, PA, 2013.",
        {"type": "standard"},
    ),
    (
        "ГОСТ 7.1-2003. Библиографическая запись. М.: Стандартинформ, 2004.",
        {"type": "standard"},
    ),
    (
        "Lamp Museum. (n.d.). Opening hours. https://example.org/hours",
        {"title": "Opening hours", "author": "Lamp Museum", "type": "webpage"},
    ),
    (
        "Lund, M. (2015, June 3-5). Lamps in the north [Conference presentation]. Lamp Days, Oslo, Norway.",
        {"type": "speech", "title": "Lamps in the north"},
    ),
    (
        "M. Lund, “Lamps in the north,” presented at the Lamp Days, Oslo, Norway, Jun. 2015.",
        {"type": "speech", "title": "Lamps in the north", "author": "Lund, M."},
    ),
    (
        "M. Lund, “Lamps in the north,” in Proc. 3rd Int. Conf. Lamps, Oslo, Norway, Jun. 2015, pp. 3–9.",
        {"type": "paper-conference", "title": "Lamps in the north", "page": "3–9"},
    ),
    (
        "Lund, M.: Lampen im Norden. In: Tagungsband der 3. Lampentagung, Kiel 2015, S. 3–9.",
        {"type": "paper-conference", "title": "Lampen im Norden", "author": "Lund, M.", "page": "3–9"},
    ),
    (
        "Lund M (2015) Lamps in the north. In: Proceedings of the 3rd Lamp Conference, Oslo, pp 3–9",
        {"type": "paper-conference", "title": "Lamps in the north", "page": "3–9"},
    ),
    (
        "Lund, M. (2015). Lamps in the north. OSF Preprints. https://doi.org/10.31219/osf.io/abcde",
        {"type": "article", "title": "Lamps in the north"},
    ),
    (
        "Lund, M. (2015). Lamps in the north. SSRN Electronic Journal. https://doi.org/10.2139/ssrn.123456",
        {"title": "Lamps in the north", "container-title": "SSRN Electronic Journal"},
    ),
    (
        "M. Lund. Lamps of the North. Bachelor's thesis, University of Oslo, May 2015.",
        {"type": "thesis", "publisher": "University of Oslo"},
    ),
    (
        "Lund, Mona: Lampen im Norden. Masterarbeit. Universität Kiel, 2015.",
        {"type": "thesis", "title": "Lampen im Norden", "publisher": "Universität Kiel"},
    ),
    (
        "Lund, Mona. “Lamps of the North.” PhD diss., University of Oslo, 2015.",
        {"type": "thesis", "title": "Lamps of the North", "publisher": "University of Oslo"},
    ),
    (
        '"Fog halts ferries." Harbour Herald [Bergen], 3 May 2015: A1. Print.',
        {"title": "Fog halts ferries", "type": "article-newspaper"},
    ),
    (
        "Weber, Karl: Nebel über Kiel. Kieler Zeitung, 3. Mai 2015, S. 4.",
        {"title": "Nebel über Kiel", "type": "article-newspaper", "page": "4", "container-title": "Kieler Zeitung"},
    ),
    (
        "Lund, Mona, Lampe und Nebel, in: Karl Weber (Hg.), Licht am Meer, Hamburg: Hafen Verlag 2009, S. 33–50.",
        {
            "type": "chapter",
            "title": "Lampe und Nebel",
            "editor": "Weber, Karl",
            "container-title": "Licht am Meer",
            "page": "33–50",
            "publisher": "Hafen Verlag",
        },
    ),
    (
        "Lund, M. (2011). Lamps. In The Encyclopedia of Coasts (2nd ed., Vol. 3, pp. 12–15). Springer.",
        {
            "title": "Lamps",
            "container-title": "The Encyclopedia of Coasts",
            "volume": "3",
            "page": "12–15",
            "edition": "2nd",
            "publisher": "Springer",
            "type": "chapter",
        },
    ),
    (
        "Lund, M. Lamp with shutter. US Patent 7,654,321, filed May 3, 2005, and issued June 1, 2009.",
        {"type": "patent", "number": "7,654,321"},
    ),
    # Behind editors with initials a word and a known place are the publisher.
    (
        "Lie, K.: Nets, in: Fishery Handbook, edited by: Roe, B. and Pan, T., Elsevier, Amsterdam, 20–33, 2008.",
        {"editor": "Roe, B.; Pan, T.", "publisher": "Elsevier", "publisher-place": "Amsterdam"},
    ),
    (
        "Vik, O.: Foam, in: The Wave Guide, edited by: Ode, A. M., Wiley, London, 101–118, 1999.",
        {"editor": "Ode, A. M.", "publisher": "Wiley", "publisher-place": "London", "page": "101–118"},
    ),
    (
        "Marini G., Le reti, Torino, Einaudi, 1987.",
        {"title": "Le reti", "publisher": "Einaudi", "publisher-place": "Torino", "type": "book"},
    ),
    (
        "Vik, O. (2021): Wave heights of a cold bay. Zenodo, https://doi.org/10.5281/zenodo.900002",
        {"title": "Wave heights of a cold bay", "publisher": "Zenodo"},
    ),
    (
        "Vik, O. (2018, May 7). Foam in the morning [Poster presentation]. Wave Days, Bergen, Norway.",
        {"type": "speech", "title": "Foam in the morning"},
    ),
    (
        "Vik, Ole. “Foam of the South.” Ph.D. diss., University of Bergen, 2009.",
        {"type": "thesis", "publisher": "University of Bergen", "title": "Foam of the South"},
    ),
    # A place and a publisher that the tagger has in one.
    (
        "Lund, M. (2011). Il vento. In P. Marini (a cura di), Le coste (pp. 7-19). Torino: Einaudi.",
        {"publisher": "Einaudi", "publisher-place": "Torino", "container-title": "Le coste"},
    ),
    ("B. Vik, Salt and Rope (London: Harbour House, 1969), p. 40.", {"publisher": "Harbour House", "type": "book"}),
    # A journal in guillemets behind "in", with a Roman volume.
    (
        "LUNDI, M., La nebbia di Bari, in «Quaderni del mare», XII (1994), 2, pp. 31-48.",
        {"title": "La nebbia di Bari", "container-title": "Quaderni del mare", "volume": "XII", "issue": "2"},
    ),
    (
        "VIK, O., Le reti di Chioggia, in «Archivio adriatico», IX (1987), 1, pp. 5-22.",
        {"title": "Le reti di Chioggia", "container-title": "Archivio adriatico", "volume": "IX", "issue": "1"},
    ),
    (
        "ROE, B., I fari, in «Rassegna costiera», XXI (2003), 4, pp. 101-119.",
        {"title": "I fari", "container-title": "Rassegna costiera", "volume": "XXI", "issue": "4", "page": "101-119"},
    ),
    # A number behind "№" is that of the issue.
    (
        "Лунд М. А., Вик О. П. Соль и туман на старом берегу // Морской вестник. 2013. № 2. С. 14–21.",
        {"issue": "2", "volume": "", "page": "14–21", "container-title": "Морской вестник"},
    ),
    # The given name in brackets, as many French lists have it.
    ("LUND (Marie), La côte et le sel, Paris, Seuil, 1979.", {"author": "LUND, Marie", "title": "La côte et le sel"}),
    (
        "ROE (Pierre) et VIK (Anne), Les phares du nord, Paris, Seuil, 1991.",
        {"author": "ROE, Pierre; VIK, Anne", "title": "Les phares du nord"},
    ),
    ("LIE (J.-P.), Le brouillard, Paris, Seuil, 2004.", {"author": "LIE, J.-P.", "title": "Le brouillard"}),
    # A talk, said behind a comma.
    (
        "Vik, O. L., Foam and wind, paper presented at the Third Wave Conference, Oslo, 4-6 June 2001.",
        {"title": "Foam and wind", "type": "speech"},
    ),
    (
        "Lund, M., Nets of cold bays, poster presented at the Fishery Congress, Bergen, 9 May 2013.",
        {"title": "Nets of cold bays", "type": "speech"},
    ),
    # Bodies, collaborations, numerals and coauthors in lists of authors.
    ("U.S. Coast Survey, 1999. Depths of the bay. Washington: Harbour Press.", {"author": "U.S. Coast Survey"}),
    ("U.K. Lamp Office, 2012. Lamps at sea. London: Lamp Press.", {"author": "U.K. Lamp Office"}),
    (
        "B. Roe et al. [FOAM Collaboration], Phys. Lett. B 701 (2011) 22.",
        {"author": "Roe, B.; FOAM Collaboration", "volume": "701", "page": "22", "title": ""},
    ),
    (
        "O. Vik and K. Lie [Wave Collaboration], JHEP 03 (2013) 77.",
        {"author": "Vik, O.; Lie, K.; Wave Collaboration", "container-title": "JHEP"},
    ),
    (
        "Vik, O. L., and Coauthors, 2004: Foam in a cold front. Mon. Wea. Rev., 132, 10–29.",
        {"author": "Vik, O. L.", "title": "Foam in a cold front"},
    ),
    (
        "Lund, M., and Roe, K. L. II, 1988, Dunes of the coast: Geology, v. 16, p. 20-31.",
        {"author": "Lund, M.; Roe, K. L."},
    ),
    # What is said about a work behind its title.
    (
        "Vik O, Lund M. Foam in deep water (in Russian). Oceanology 2011, 51(2): 30-41.",
        {"title": "Foam in deep water", "volume": "51", "issue": "2"},
    ),
    (
        "Lund, M. (1997). Old salt (in German with English abstract). Coast Notes, 8, 3-9.",
        {"title": "Old salt", "container-title": "Coast Notes"},
    ),
    # Numbers: a poster's, a volume of a second series, a working paper's with letters, how many pages there are.
    ("Vik, O., Lie, K. (2013) Foam in a bay. Wave Journal, 12(Suppl 1):P22", {"page": "P22", "issue": "Suppl 1"}),
    (
        "Roe, B. Wages of lamp keepers, Economic History Review, 2nd ser., xxx (1977), 211-27.",
        {"volume": "xxx", "container-title": "Economic History Review"},
    ),
    (
        'Lund, M. and Vik, O. (2008), "Prices of salt", SALT Working Paper SWP12/08, London.',
        {"type": "report", "title": "Prices of salt"},
    ),
    ("Lie, K. 2013. Counting Foam. Master's thesis, Bergen University, Bergen. 71 pp.", {"page": "", "type": "thesis"}),
    (
        "B. Roe. The Art of Knots, volume 3 of Harbour Series. Net Press, London, 2001.",
        {"title": "The Art of Knots", "volume": "3"},
    ),
    ("(b) Vik, O.; Lund, M. J. Org. Chem. 2001, 66, 1200.", {"author": "Vik, O.; Lund, M."}),
]


def value(work: Work, name: str) -> str:
    if name == "type":
        return work.type
    people = work.names(name)
    if not people:
        return work.text(name)
    return "; ".join(person.literal or f"{person.family}, {person.given}" for person in people)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_each_field_is_read_as_its_reader_would(text: str, expected: dict[str, str]) -> None:
    work = parse_reference(text)
    assert {name: value(work, name) for name in expected} == expected
