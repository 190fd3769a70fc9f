"""Where one reference ends and the next begins, and which lines are no reference.

A reference ends where the next begins: at a line, or inside a line, that begins with an author list after a text
that is a whole reference already. What stands between references and is none is left out and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.read.page_marks import is_page_mark
from dl4es_bib.read.reference import looks_like_reference
from dl4es_bib.read.reference.rules.names import read_names
from dl4es_bib.read.reference.rules.splitting import is_publisher

#: Characters of a text within which its author list is looked for.
_REACH: Final = 400
#: Lines of a reference; a longer stretch ends at any line that begins like one.
_MOST_LINES: Final = 12
#: Characters of a reference that are looked at when it is decided whether it is whole.
_LONGEST: Final = 4000
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d[a-z]?(?!\d)|\bn\.\s?d\.|in press|forthcoming")
_YEAR_BEHIND_NAMES: Final = re.compile(r"[.,]\s\(?(?:1[5-9]|20)\d\d[a-z]?[).:,]")
_ENDS: Final = re.compile(r"(?:[.;!?)\]\"”’»]|\d|(?:https?|ftp)://\S+|\b10\.\d{4,9}/\S+)\s*$")
#: A line that goes on with the reference of the line before.
_GOES_ON: Final = re.compile(
    r"\s*(?:[(\[&,;:]|(?:S|с|Bd|Jg|H|Т|т|№|n[°º]|nr)\.?\s?\d|doi\b|https?:|ftp:|www\.|arxiv:|vol\b|pp?\.\s?[a-z]?\d|in:|\d{1,4}\s*[(:,–-]|(?:accessed|"
    r"retrieved|available|url)\b)",
    re.I,
)
#: A text that ends with an address, a DOI, pages or a year.
_FINISHED: Final = re.compile(r"(?:(?:https?|ftp)://\S+|\b10\.\d{4,9}/\S+|\d[\w)\]]{0,4})[\s.;,>)\]]*$")
#: A line that stands for the author of the entry before.
_SAME_AUTHOR: Final = re.compile(r"\s*[_–—-]{2,}[.,]?\s")
_SMALL_NAME: Final = re.compile(
    r"\s*(?:van|von|vom|zu|zur|de|del|della|der|den|di|da|do|dos|du|la|le|el|al|bin|ibn|ten|ter|af|av)\s", re.I
)
#: After a full stop, a digit, an address or a bracket: where the next reference may begin inside a line.
_INSIDE: Final = re.compile(r"(?<=[.\])\d/\w]\s)(?=[^\W\d_a-z])")
_FAMILY: Final = r"(?:[a-zß-öø-ÿ']{1,4}\s){0,2}[^\W\d_a-z][^\W\d_]*(?:[-'’ ][^\W\d_a-z][^\W\d_]+){0,2}"
_AUTHOR: Final = re.compile(
    rf"{_FAMILY},\s(?:[^\W\d_a-z]\.|[^\W\d_a-z][^\W\d_]+[,.;]|[^\W\d_a-z]{{1,3}},)"
    rf"|(?:[^\W\d_a-z]\.[- ]?){{1,3}}\s?{_FAMILY}(?:,|\sand\s|:|\s&)"
    rf"|{_FAMILY}\s[^\W\d_a-z]{{1,3}}[,.]\s"
)
#: The number of a note or an affiliation behind a name: "Ode1, A.".
_NOTE_NUMBER: Final = re.compile(r"(?<=[^\W\d_]{2})\d{1,2}(?=,?\s)")
_NO_START: Final = re.compile(
    r"(?:\b(?:eds?|editors?|hrsg|by|in|and|von|trans|vol|no|pp?|dr|prof|univ|st)\.?|[,:;&(])\s*$", re.I
)
#: A number, address or bracket at the end.
_MAY_END: Final = re.compile(r"[\d/)\]][\d\w/)\]]*\W*$")
_LETTERS: Final = list("abcdefgh")
_JOINS_ON: Final = re.compile(r"(?:[,;&]|\b(?:and|und|et|y))\s*$")
_LETTERED: Final = re.compile(r"(?:^|(?<=[;.,]\s))\s{0,4}\(?([a-h])\)\s+(?=[^\W\d_a-z])")
_NEXT_JOURNAL: Final = re.compile(
    r";\s(?:and\s|see also\s|ibid\.\s)?"
    r"(?=(?:[A-Z][A-Za-z]{0,12}\.?\s(?:of\s|and\s)?){1,5}\d{1,4},\s[\w–-]{1,14}\s\((?:19|20)\d\d\))"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGIT_OR_ADDRESS: Final = re.compile(r"\d|https?:")
_HEADING_WORDS: Final = frozenset(
    """references reference bibliography literature sources citations publications papers works cited literatur
    literaturverzeichnis quellen bibliographie références références bibliografía bibliografia referencias referências
    referenser källor lähteet литература further reading selected readings""".split()
)
_PROSE: Final = re.compile(
    r"(?:this|these|those|there|then|they|we|i|it|you|here|please|if|when|as|our|note|after|since|because|use|run|also|"
    r"however|only|welcome|feel free|contributions?|pull requests?|thanks?|last updated?|updated?|maintained|see)\b",
    re.I,
)
#: What students are told to do: "Bring two questions to class".
_TASK: Final = re.compile(
    r"(?:understand|practi[sc]e|bring|build|write|read|submit|complete|discuss|learn(?! (?:and|or)\b)|watch|review|"
    r"prepare|install|download|implement|explain|describe|fork|create|add|open|check|explore|apply|identify|"
    r"analy[sz]e|compare|present|attend|email|choose|pick|answer|finish|hand in|register|sign up|fill|send|recognise|"
    r"recognize|evaluate|solve|reproduce|design|develop)\s(?!(?:to|and|or)\b)",
    re.I,
)
_VERBS: Final = re.compile(
    r"\s(?:is|are|was|were|will|can|should|must|has|have|had|please|you|your|we|our|they|their|this|these|includes?|"
    r"contains?|provides?|ist|sind|war|waren|wurde|wurden|hat|haben|est|sont|était|étaient|fue|eran|foi|são|è|sono|jest|są)\s",
    re.I,
)
_LEGEND: Final = re.compile(r"(?:^|[,;]\s)[A-Z][A-Za-z-]{1,9}:\s(?=[A-Z])")
_DEFINITION: Final = re.compile(r"[^\W\d_][\w-]*(?:\s[\w-]+)?:\s(?:an?|the|to|is|how|when|used)\s", re.I)


def begins_like_reference(text: str) -> bool:
    """Whether a text begins with an author list as references do, and names a year soon."""
    text = _NOTE_NUMBER.sub("", text[:_REACH].lstrip())
    if not _AUTHOR.match(text) or not _YEAR.search(text):
        return False
    return read_names(text, literal=False) is not None


def grouped(lines: Sequence[str], marked: Sequence[bool] = ()) -> Iterator[list[int]]:
    """The entries of lines that no blank line parts: for each its line indices, from 0.

    They come one by one, so that what was found out about one is still known when it is read.

    Arguments:
        lines: the lines.
        marked: whether a marker or number stands before each; such a line begins an entry whatever it holds.
    """
    group: list[int] = []
    current = ""
    complete = False
    for index, line in enumerate(lines):
        forced = bool(marked) and marked[index]
        if group and not forced and not _begins_entry(line, current, complete, len(group)):
            group.append(index)
            if len(group) > _MOST_LINES:
                current, complete = line.strip(), False
            else:
                blank = "" if cuts_doi(current, line) else " "
                current = f"{current}{blank}{line.strip()}"[-_LONGEST:]
                complete = _is_whole(current)
        else:
            if group:
                yield group
            group = [index]
            current = line.strip()
            # Behind the last line none asks.
            complete = index + 1 < len(lines) and looks_like_reference(line)
    if group:
        yield group


#: A DOI's address that a line end cut behind a full stop, a scheme without the rest.
_CUT_DOI: Final = re.compile(r"https?:(?://(?:dx\.)?doi\.(?:org/(?:10\.(?:\d{4,9}/(?:\S*[./_-])?)?)?)?)?\s*$", re.I)
_DOI_REST: Final = re.compile(r"//\S|org/10\.|10\.\d{4,9}/|(?=\S*\d)[^\s(,[]{2,}(?:\s|$)", re.I)
#: "doi: 10.1016/b978-0-323-", and what goes on with it: "99515-3.00008-0".
_CUT_IN_DOI: Final = re.compile(r"\bdoi(?:\.org/|:)\s?10\.\d{4,9}/\S*[-/_]\s*$|\bdoi:\s?10\.\d{4,9}/\s*$", re.I)
_DOI_NUMBER: Final = re.compile(r"(?=[^\s]*\d)[\w.()/;-]{1,80}(?:\s|$)")
#: "Fjord Press. https://…": what a line end parted from its reference.
_SHORT_REST: Final = re.compile(r"\s*([^\W\d_][^\d.:]{2,40})\.(?:\s+(?:https?://|doi)\S*\s*)?$", re.I)
#: The first page of a range.
_RANGE_OPEN: Final = re.compile(r"\d[A-Za-z]?[–—-]\s*$")
#: A word that ends no reference.
_OPEN_END: Final = re.compile(r"\s(?:and|of|in|the|an?|for|on|by|to|with|from|und|der|des|de|la|et|du)\s*$", re.I)


def cuts_doi(line: str, following: str) -> bool:
    """Whether a line ends inside the address of a DOI that the next line goes on with."""
    line, following = line[-300:], following.lstrip()
    if _CUT_IN_DOI.search(line) and _DOI_NUMBER.match(following):
        return True
    return _CUT_DOI.search(line) is not None and _DOI_REST.match(following) is not None


def _begins_entry(line: str, current: str, complete: bool, size: int) -> bool:
    if _SAME_AUTHOR.match(line):
        return True
    if cuts_doi(current, line) or _OPEN_END.search(current[-12:]) or _RANGE_OPEN.search(current[-8:]):
        return False
    if (rest := _SHORT_REST.match(line)) is not None and is_publisher(rest[1]):
        return False
    if line.lstrip()[:1].islower():
        # "van der Berg, J. (2001)": a name may begin with a small letter.
        return complete and _SMALL_NAME.match(line) is not None and begins_like_reference(line)
    if _GOES_ON.match(line):
        return False
    if (size == 1 and is_page_mark(current)) or (complete and is_page_mark(line)):
        return True
    if is_heading(current) or (complete and is_heading(line)):
        return True
    if size == 1 and _AUTHOR.match(line) and current.endswith(".") and is_prose(current) and not complete:
        return True  # a sentence above the list
    finished = _FINISHED.search(current) is not None
    begins = begins_like_reference(line)
    if complete or size >= _MOST_LINES:
        return begins or finished or looks_like_reference(line)
    if begins and _YEAR_BEHIND_NAMES.search(line[:_REACH]) and looks_like_reference(line):
        # A whole reference of its own behind a line that is none, such as a title alone; a list of names goes on.
        return not _JOINS_ON.search(current)
    return begins and (finished or (_ENDS.search(current) is not None and looks_like_reference(line)))


def _is_whole(text: str) -> bool:
    return bool(_ENDS.search(text)) and looks_like_reference(text)


def split_references(text: str) -> Iterator[tuple[int, int]]:
    """The references of one line of text, each as start and end; the whole text when it holds one."""
    begin = 0
    for match in _INSIDE.finditer(text):
        position = match.start()
        head = text[max(begin, position - _LONGEST) : position]
        if len(head) < 40 or not _MAY_END.search(head[-60:]) or _NO_START.search(head[-20:]):
            continue
        if begins_like_reference(text[position : position + _REACH]) and _YEAR.search(head) and _is_whole(head.strip()):
            yield begin, position
            begin = position
    yield begin, len(text)


def works_of_one_number(text: str) -> list[list[tuple[int, int]]]:
    """The works that chemists and physicists put into one number, each as stretches of the text.

    "(a) Ode, A. …; (b) Berg, B. …" are two; in "A. Ode, Sea Lett. 4, 15 (1994); Sea Lett. 5, 18 (1995)" the second has
    the people of the first. One stretch, the whole text, when there is one work.
    """
    marks = [match for match in _LETTERED.finditer(text[:_LONGEST]) if match[1] in "abcdefgh"]
    if (
        len(marks) > 1
        and not text[: marks[0].start()].strip()
        and [mark[1] for mark in marks] == _LETTERS[: len(marks)]
    ):
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        return [[(mark.end(), end)] for mark, end in zip(marks, ends, strict=True)]
    more = list(_NEXT_JOURNAL.finditer(text[:_LONGEST]))
    names = read_names(text, literal=False) if more else None
    if names is None or not looks_like_reference(text[: more[0].start()]):
        return [[(0, len(text))]]
    starts = [match.end() for match in more]
    ends = [match.start() for match in more[1:]] + [len(text)]
    rest = [[(0, names.end + 1), (start, end)] for start, end in zip(starts, ends, strict=True)]
    return [[(0, more[0].start())], *rest]


def is_heading(text: str) -> bool:
    """Whether a line is a heading of a list such as "References" rather than an entry of it."""
    words = _WORD.findall(text)
    if not words or len(words) > 5 or _DIGIT_OR_ADDRESS.search(text):
        return False
    known = any(word.lower() in _HEADING_WORDS for word in words)
    return known or (len(words) < 3 and not text.rstrip().endswith((".", ",", ";")))


def is_prose(text: str) -> bool:
    """Whether a text without reference is a sentence about something rather than the title of a work."""
    text = text.strip(" *_-•")
    words = text.split()
    if not words:
        return True
    if words[0][:1].islower() and len(words) > 1 and not any(char.isupper() for char in words[0]):
        return True
    ends = text[-1:] in ".!:"
    if _PROSE.match(text) and (ends or len(words) > 6):
        return True
    if _TASK.match(text) and sum(word[:1].islower() for word in words[1:]) * 2 > len(words) - 1:
        return True
    if _DEFINITION.match(text) or len(_LEGEND.findall(text)) > 1:
        return True
    return len(words) > 5 and ends and _VERBS.search(text) is not None


def left_out(text: str, span: Span) -> Finding:
    """The finding for a line or block that is no reference."""
    shown = text if len(text) <= 60 else text[:57] + "…"
    return Finding("left-out", f"This is no reference and is left out: {shown}", span, severity="note")
