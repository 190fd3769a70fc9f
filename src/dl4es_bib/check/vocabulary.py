"""Entry types and fields that BibTeX, biblatex and common tools know, and what each type needs.

Sources: *BibTeXing* §3, the biblatex manual §2.1–2.3, the styles IEEEtran, REVTeX, natbib, and what JabRef, Zotero,
Mendeley, BibDesk and Google Scholar write.
"""

from __future__ import annotations

from typing import Final

#: BibTeX's types with what they need; a ``/`` parts names of which one is enough.
BIBTEX_REQUIRED: Final = {
    "article": "author title journal year", "book": "author/editor title publisher year", "booklet": "title",
    "inbook": "author/editor title chapter/pages/booktitle publisher year",
    "incollection": "author title booktitle publisher year", "inproceedings": "author title booktitle year",
    "conference": "author title booktitle year", "manual": "title", "mastersthesis": "author title school year",
    "phdthesis": "author title school year", "proceedings": "title year",
    "techreport": "author title institution year", "unpublished": "author title note", "misc": "",
}  # fmt: skip

#: biblatex's types with what they need.
BIBLATEX_REQUIRED: Final = {
    "article": "author title journal year", "book": "author/editor title year", "mvbook": "author/editor title year",
    "inbook": "author title booktitle year", "bookinbook": "author title booktitle year",
    "suppbook": "author title booktitle year", "booklet": "author/editor title year",
    "collection": "editor title year", "mvcollection": "editor title year",
    "incollection": "author title booktitle year", "suppcollection": "author title booktitle year",
    "dataset": "author/editor title year", "manual": "author/editor title year", "misc": "",
    "online": "author/editor title year url/doi/eprint", "patent": "author title number year",
    "periodical": "editor title year", "suppperiodical": "author title journal year",
    "proceedings": "title year", "mvproceedings": "title year", "inproceedings": "author title booktitle year",
    "reference": "editor title year", "mvreference": "editor title year", "inreference": "author title booktitle year",
    "report": "author title type institution year", "software": "author/editor title year",
    "thesis": "author title type institution year", "unpublished": "author title year",
    # biblatex reads BibTeX's names as aliases that bring their type along.
    "conference": "author title booktitle year", "electronic": "author/editor title year url/doi/eprint",
    "mastersthesis": "author title institution year", "phdthesis": "author title institution year",
    "techreport": "author title institution year", "www": "author/editor title year url/doi/eprint",
}  # fmt: skip

_MORE_TYPES: Final = """artwork audio bibnote commentary image jurisdiction legislation legal letter movie music
    performance review standard video xdata set customa customb customc customd custome customf softwareversion
    softwaremodule codefragment preprint webpage newspaper talk presentation ieeetranbstctl bstctl control
    periodical electronic map archival lecture poster online""".split()

TYPES: Final = frozenset([*BIBTEX_REQUIRED, *BIBLATEX_REQUIRED, *_MORE_TYPES])

#: One need, several names.
SAME_NEED: Final = {
    "journal": ("journal", "journaltitle"), "year": ("year", "date"), "school": ("school", "institution"),
    "institution": ("institution", "school", "publisher"), "booktitle": ("booktitle", "maintitle"),
    "eprint": ("eprint", "arxiv"), "title": ("title", "maintitle"),
    "author": ("author",), "editor": ("editor",), "pages": ("pages", "eid"),
}  # fmt: skip

FIELDS: Final = frozenset(
    """abstract abstractnote accessed acmid addendum address advisor affiliation afterword annotation annotator annote
    archive archivelocation archiveprefix article articleno arxiv arxivid assignee author authortype author+an bibcode
    bibsource biburl book-group-author bookauthor bookpagination booksubtitle booktitle booktitleaddon call-number
    chapter citations cited-reference-count code collaboration comment commentator conference copyright country
    crossref da data date date-added date-modified day dayfiled doc-delivery-number doi doinumber edition editor
    editora editoratype editorb editorbtype editorc editorctype editortype eid eissn entryset entrysubtype eprint
    eprintclass eprinttype event eventdate eventtitle eventtitleaddon eventvenue execute extra file foreword
    gender googlebooks grant groups handle hal_id hal_version holder howpublished hyphenation ids ids indexsorttitle
    indextitle institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle issuetitleaddon iswc
    journal journal-iso journalabbreviation journalsubtitle journaltitle journaltitleaddon jstor key keyword keywords
    keywords-plus label langid langidopts language lastchecked lccn library library-catalog lista listb listc listd
    liste listf local-url location mainsubtitle maintitle maintitleaddon media-type mendeley-groups mendeley-tags
    meetingname month mrclass mrnumber mrreviewer nameaddon namea nameb namec nationality note number numpages
    numpub oclc options organization orcid-numbers origdate origlanguage origlocation origpublisher origtitle owner
    pages pagetotal pagination paper part pdf pii pmc pmcid pmid preface presort printed primaryclass prioritydate
    priority project pubmedid pubstate publisher ranking readstatus related relatedoptions relatedstring relatedtype
    relevance reprinttitle repository researcherid-numbers researchareas review reviewer revision rights school
    scopus section series seriesname shortauthor shorteditor shorthand shorthandintro shortjournal shorttitle
    shortseries size slides software sortkey sortname sortshorthand sorttitle sortyear source status subject
    subtitle supervisor supplement tags template timestamp times-cited title titleaddon translator type unique-id
    url urlaccessdate urldate urldateaccessed urltype user usera userb userc userd usere userf verba verbb verbc
    version video volume volumes volumetitle website web-of-science-categories xdata xref year yearfiled zbl zblnumber
    ctluse_article_number ctluse_paper ctluse_url ctluse_forced_etal ctlmax_names_forced_etal ctlnames_show_etal
    ctluse_alt_spacing ctlalt_stretch_factor ctldash_repeated_names ctlname_format_string ctlname_latex_cmd
    ctlname_url_prefix pagenumbers pageend pagestart adsurl adsnote reportnumber slaccitation inspirehepid
    jabref-file qualityassured printout creationdate modificationdate citationkey entrytype howpublished posted-at
    citeulike-article-id citeulike-linkout-0 read score shortname shortpub place genre accession
    acceptedauthor bibdate citation cited-references class coden collaborator collaboratortype copyright-owner created
    date-created dateadded datemodified ee email fjournal journal-abbreviation keywords-plus library-id
    lastchecked lastvisited license nameatype namebtype namectype nlm-id price printedkey pubmodel research-areas
    revised subject-category swhid topic updated urlyear venue volumetitleaddon""".split()
)

#: Beginnings of names that tools make up.
OWN_PREFIXES: Final = (
    "bdsk-",
    "mendeley-",
    "citeulike",
    "zotero",
    "opt",
    "_",
    "x-",
    "user",
    "ctl",
    "local",
    "owner",
    "da-",
)

#: Fields whose value is no text for TeX to set.
VERBATIM: Final = frozenset(
    """url doi eprint file pdf local-url urlraw verba verbb verbc biburl adsurl link crossref xref xdata ids related
    entryset keywords abstract annote annotation comment timestamp owner groups issn isbn execute options
    mendeley-groups mendeley-tags date-added date-modified bdsk-url-1 bdsk-url-2 bdsk-file-1 orcid-numbers
    researcherid-numbers unique-id bibsource review langid langidopts sortkey presort arxivid bibcode pmid pmcid
    eprinttype archiveprefix primaryclass eprintclass keyword mrnumber zblnumber lccn source handle""".split()
)

NAME_FIELDS: Final = frozenset(
    """author editor translator bookauthor editora editorb editorc annotator commentator introduction foreword
    afterword holder shortauthor shorteditor namea nameb namec""".split()
)
DATE_FIELDS: Final = frozenset("date urldate eventdate origdate".split())
