r"""What LaTeX commands do with citation keys, as tables.

Sources: the manuals of biblatex (§3.9), natbib, csquotes (§7), bibentry, multibib, apacite, jurabib and mciteplus.
A command that is not in a table and has "cite" in its name is taken for one of the family: optional arguments,
then keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CiteCommand:
    r"""How a command names keys.

    Attributes:
        before: how many mandatory arguments stand before the keys, as the volume of ``\volcite``.
        many: whether groups of arguments repeat, as in ``\cites``.
        cites: whether the keys are cited; ``\defcitealias`` names a key and cites nothing.
        after: mandatory arguments that must follow the keys; without them the command is no citation.
    """

    before: int = 0
    many: bool = False
    cites: bool = True
    after: int = 0


FAMILY: Final = CiteCommand()
_SECOND: Final = CiteCommand(before=1)
_NAMED: Final = CiteCommand(cites=False)

#: Commands whose name does not say what they do, or whose keys are not in the first mandatory argument.
COMMANDS: Final = {
    # csquotes: quotations with a citation
    "textcquote": FAMILY, "blockcquote": FAMILY, "foreigntextcquote": _SECOND, "hyphentextcquote": _SECOND,
    "foreignblockcquote": _SECOND, "hyphenblockcquote": _SECOND, "hybridblockcquote": _SECOND,
    # bibentry, jurabib, biblatex-ext, tufte-latex
    "bibentry": FAMILY, "bibentrycite": FAMILY, "nobibentry": FAMILY, "footbibentry": FAMILY,
    # biblatex: field, list or name of an entry
    "citename": CiteCommand(after=1), "citelist": CiteCommand(after=1), "citefield": CiteCommand(after=1),
    # keys that are named and not cited
    "defcitealias": _NAMED, "shortcites": _NAMED, "assignrefcontextentries": _NAMED, "nocitemeta": FAMILY,
    "maskcite": FAMILY,
}  # fmt: skip

#: Environments that cite: their keys follow ``\begin{…}``.
ENVIRONMENTS: Final = {
    "displaycquote": FAMILY, "displaycquote*": FAMILY,
    "foreigndisplaycquote": _SECOND, "foreigndisplaycquote*": _SECOND,
    "hyphendisplaycquote": _SECOND, "hyphendisplaycquote*": _SECOND,
}  # fmt: skip

#: Commands with "cite" in their name that name no key.
NO_CITE: Final = frozenset(
    """citation citestyle citesetup citeindextrue citeindexfalse citetrackertrue citetrackerfalse bibcite
    DeclareCiteCommand DeclareMultiCiteCommand DeclareCiteOption DeclareAutoCiteCommand DeclareAutocitePunctuation
    setcitestyle setcitesetup citemid citeform citeleft citeright citepunct citedash citefont citenumfont citeyearformat
    mkbibcite newcite newcites citetext citereset citerest excludecite ifciteseen ifciteibid ifciteidem
    ifciteindex AtEveryCite AtEveryCitekey AtEveryMultiCite AtNextCite AtNextCitekey AtNextMultiCite citetrackertrue
    ifcitetracker mancite pnotecitemark citesort nociteprefix citeurlstyle citeauthorformat bibcitenumber
    citealtopen citealtclose citeopen citeclose nocitenote citesep aftercitepunct BCAY citetitlefont
    citeprefix citeprefixfont DeclareCiteAlias citenamefont CiteText ifnocite""".split()
)

#: Environments whose text TeX does not read as TeX.
VERBATIM: Final = frozenset(
    """verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim VerbatimOut lstlisting minted comment
    filecontents filecontents* pycode luacode luacode* tcblisting code""".split()
)
#: Commands whose argument stands between two equal characters, or in braces.
VERBATIM_COMMANDS: Final = frozenset("verb lstinline mintinline Verb SaveVerb".split())
#: Commands that define an environment that is not read as TeX (or not at all).
VERBATIM_DEFINITIONS: Final = frozenset(
    "excludecomment excludeversion lstnewenvironment DefineVerbatimEnvironment newtcblisting NewTCBListing".split()
)
#: Commands that make a character begin and end verbatim text.
SHORT_VERBATIM: Final = frozenset("DefineShortVerb MakeShortVerb lstMakeShortInline".split())

#: Commands that read a file: whether a folder comes first, and what the folder is relative to.
INCLUDES: Final = {
    "input": "file", "@input": "file", "@@input": "file", "include": "file", 
    "InputIfFileExists": "optional", "IfFileExists": "test",
    "subfile": "subfile", "subfileinclude": "subfile", "includestandalone": "subfile",
    "import": "folder", "inputfrom": "folder", "includefrom": "folder",
    "subimport": "subfolder", "subinputfrom": "subfolder", "subincludefrom": "subfolder",
    "usepackage": "package", "RequirePackage": "package", "documentclass": "class", "LoadClass": "class",
}  # fmt: skip

#: Commands that define a command, by how they write its parameters.
DEFINITIONS: Final = {
    "newcommand": "latex", "renewcommand": "latex", "providecommand": "latex", "DeclareRobustCommand": "latex",
    "newrobustcmd": "latex", "renewrobustcmd": "latex", "providerobustcmd": "latex",
    "NewDocumentCommand": "xparse", "RenewDocumentCommand": "xparse", "ProvideDocumentCommand": "xparse",
    "DeclareDocumentCommand": "xparse", "NewExpandableDocumentCommand": "xparse",
    "def": "tex", "gdef": "tex", "edef": "tex", "xdef": "tex", "let": "let",
    "NewCommandCopy": "let", "RenewCommandCopy": "let", "DeclareCommandCopy": "let", "LetLtxMacro": "let",
    "GlobalLetLtxMacro": "let",
    "newenvironment": "environment", "renewenvironment": "environment",
    "NewDocumentEnvironment": "xparse environment", "RenewDocumentEnvironment": "xparse environment",
    "ProvideDocumentEnvironment": "xparse environment", "DeclareDocumentEnvironment": "xparse environment",
    "DeclareCiteCommand": "cite", "DeclareMultiCiteCommand": "multicite",
}  # fmt: skip

#: TeX's conditionals, and those of common packages: each ends with ``\fi``.
CONDITIONALS: Final = frozenset(
    """if ifcat ifnum ifdim ifodd ifvmode ifhmode ifmmode ifinner ifvoid ifhbox ifvbox ifx ifeof iftrue iffalse ifcase
    ifdefined ifcsname iffontchar ifincsname ifpdf ifxetex ifluatex ifpdftex ifvtex ifPDFTeX ifXeTeX ifLuaTeX
    ifTUTeX""".split()
)

#: Commands that name .bib files.
DATABASES: Final = frozenset("bibliography addbibresource addglobalbib addsectionbib nobibliography putbib".split())

#: Commands that use another by its name.
BY_NAME: Final = frozenset({"csname", "csuse", "@nameuse", "nameuse"})

#: Commands with a short form for a list, by the ending of its file: ``\\caption[short]{long}``.
SHORT_FORMS: Final = {
    "caption": "lof", "captionof": "lof",
    **dict.fromkeys("part chapter section subsection subsubsection paragraph subparagraph".split(), "toc"),
}  # fmt: skip
#: What prints the lists. Running heads show the short forms of headings, too.
CONTENTS: Final = {
    "tableofcontents": "toc", "shorttableofcontents": "toc", "minitoc": "toc", "pagestyle": "toc",
    "listoffigures": "lof", "listoftables": "lof", "listof": "lof", "lstlistoflistings": "lof",
}  # fmt: skip
#: Classes without running heads.
WITHOUT_HEADS: Final = frozenset({"article", "report", "scrartcl", "scrreprt", "letter", "minimal"})
