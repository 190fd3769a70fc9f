"""The variables of CSL 1.0.2 by what they hold, and the types of items (specification, appendices IV and III)."""

from __future__ import annotations

from typing import Final

NAME_VARIABLES: Final = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editor-translator editorial-director editortranslator executive-producer guest host illustrator interviewer "
    "narrator organizer original-author performer producer recipient reviewed-author script-writer series-creator "
    "translator".split()
)
DATE_VARIABLES: Final = frozenset("accessed available-date event-date issued original-date submitted".split())
NUMBER_VARIABLES: Final = frozenset(
    "chapter-number citation-number collection-number edition first-reference-note-number issue locator number "
    "number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number "
    "version volume".split()
)
TEXT_VARIABLES: Final = frozenset(
    "abstract annote archive archive-place archive_collection archive_location authority call-number "
    "collection-title collection-title-short container-title container-title-short dimensions division DOI event "
    "event-place event-title genre ISBN ISSN jurisdiction keyword language license medium original-publisher "
    "original-publisher-place original-title part-title part-title-short PMCID PMID publisher publisher-place "
    "references reviewed-genre reviewed-title scale source status title title-short URL volume-title "
    "volume-title-short year-suffix".split()
)

#: Older or other names of variables → the name in CSL 1.0.2.
RENAMED: Final = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
}

#: The types of items.
TYPES: Final = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection "
    "dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case "
    "legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance "
    "periodical personal_communication post post-weblog regulation report review review-book software song speech "
    "standard thesis treaty webpage".split()
)
