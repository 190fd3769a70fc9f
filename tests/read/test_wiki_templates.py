"""Citation templates of the English, German and French Wikipedia."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.work import Work
from dl4es_bib.read.wikitext import read_wikitext


def _works(text: str) -> list[Work]:
    return [item.fields for item in read_wikitext(SourceText("page.wiki", text)).items if item.fields is not None]


@pytest.mark.parametrize(
    ("template", "people", "title", "venue", "date"),
    [
        (
            "{{Article | prénom1=Carl | nom1=Fay | prénom2=Denise | nom2=Gil | titre=La glace des mers "
            "| périodique=Journal des glaces | volume=3 | mois=mars | année=2010 | pages=1-20}}",
            ["Fay", "Gil"], "La glace des mers", "Journal des glaces", "2010-03",
        ),
        (
            "{{article |auteur=Paul Zed et Anne Ode |titre=Les vents |sous-titre=une étude |revue=Revue du vent "
            "|date=12 août 2011 |passage=3-9}}",
            ["Zed", "Ode"], "Les vents: une étude", "Revue du vent", "2011-08-12",
        ),
        (
            "{{Chapitre |auteur1=Vera Wu |titre chapitre=Les brumes |titre ouvrage=Le ciel |éditeur=Ciel |année=2005}}",
            ["Wu"], "Les brumes", "Le ciel", "2005",
        ),
        (
            "{{Literatur |Autor=Uwe Groß |Titel=Wolken |Sammelwerk=Handbuch des Himmels |Datum=März 2006}}",
            ["Groß"], "Wolken", "Handbuch des Himmels", "2006-03",
        ),
        (
            "{{Lien web |nom=Roux |prénom=Eva |titre=La page des marées |url=https://example.org/m |site=Marées "
            "|date=3 février 2015}}",
            ["Roux"], "La page des marées", "Marées", "2015-02-03",
        ),
        ("{{Citar livro |sobrenome=Lima |nome=Rui |título=Rios do norte |ano=2009}}", ["Lima"], "Rios do norte", "",
         "2009"),
        ("{{Cita publicación |apellidos=Vega |nombre=Sol |título=Hielo |publicación=Mares |año=2012}}", ["Vega"],
         "Hielo", "Mares", "2012"),
        ("{{Cytuj pismo |nazwisko=Lis |imię=Ewa |tytuł=Lód |czasopismo=Morze |rok=2014}}", ["Lis"], "Lód", "Morze",
         "2014"),
    ],
)  # fmt: skip
def test_a_template_is_read_in_each_language(
    template: str, people: list[str], title: str, venue: str, date: str
) -> None:
    for text in (f"== Sources ==\n* {template}\n", f"Text.<ref name=a>{template}</ref>\n"):
        (work,) = _works(text)
        assert [name.surname for name in work.names("author")] == people
        assert (work.title, work.text("container-title"), work.text("issued")) == (title, venue, date)


def test_a_french_book_is_a_book() -> None:
    (work,) = _works("* {{Ouvrage |prénom1=Jean |nom1=Ivy |titre=Les marées |éditeur=Presses du Nord |lieu=Lyon}}\n")
    assert (work.type, work.text("publisher"), work.text("publisher-place")) == ("book", "Presses du Nord", "Lyon")


def test_a_template_about_the_page_is_no_work() -> None:
    assert not _works("{{Article|stub}}\n\nProse about tides.\n")
