"""Commands that a formula of a record may hold; data only.

A formula is kept as LaTeX only when every command in it stands in one of these tables. What is not here (a
command that reads a file, defines another, ends a group …) is text. Sources: LaTeX2e kernel (fontmath.ltx),
the user's guide of amsmath, and the symbols of amssymb that titles of real records hold.
"""

from __future__ import annotations

import unicodedata
from typing import Final

#: Operators that ``\limits`` may follow.
OPERATORS: Final = frozenset(
    "sum prod coprod int oint bigcap bigcup bigsqcup bigvee bigwedge bigodot bigotimes bigoplus biguplus "
    "lim limsup liminf max min sup inf det Pr gcd iint iiint".split()
)

#: Commands without argument, of the LaTeX kernel.
KERNEL: Final = OPERATORS - {"iint", "iiint"} | frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho
    sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    aleph hbar imath jmath ell wp Re Im partial infty prime emptyset nabla surd top bot angle triangle forall exists
    neg lnot flat natural sharp clubsuit diamondsuit heartsuit spadesuit
    pm mp setminus cdot times ast star diamond circ bullet div cap cup uplus sqcap sqcup triangleleft triangleright
    wr bigcirc bigtriangleup bigtriangledown vee lor wedge land oplus ominus otimes oslash odot dagger ddagger amalg
    dag ddag
    leq le geq ge prec succ preceq succeq ll gg subset supset subseteq supseteq sqsubseteq sqsupseteq in ni owns notin
    vdash dashv smile frown mid parallel ne neq equiv sim simeq approx cong asymp doteq propto models perp bowtie not
    leftarrow gets rightarrow to leftrightarrow Leftarrow Rightarrow Leftrightarrow mapsto uparrow downarrow updownarrow
    Uparrow Downarrow Updownarrow longleftarrow longrightarrow longleftrightarrow Longleftarrow Longrightarrow
    Longleftrightarrow iff longmapsto nearrow searrow swarrow nwarrow hookleftarrow hookrightarrow leftharpoonup
    leftharpoondown rightharpoonup rightharpoondown rightleftharpoons
    arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh bmod
    ldots cdots vdots ddots dots lbrace rbrace lbrack rbrack langle rangle lfloor rfloor lceil rceil vert Vert backslash
    colon quad qquad enspace thinspace displaystyle textstyle scriptstyle scriptscriptstyle
    lq rq space S P copyright pounds
    """.split()
)

#: Font switches: they hold to the end of their group.
SWITCHES: Final = frozenset("rm bf it sf tt cal mit".split())

#: Infix commands: one in a group.
INFIX: Final = frozenset("over choose atop brace brack".split())

#: Commands whose arguments are formulas → how many; kernel.
ARGUMENTS: Final = dict.fromkeys(
    """mathrm mathbf mathit mathsf mathtt mathcal mathnormal hat widehat check tilde widetilde acute grave dot ddot
    breve bar vec mathring overline underline overrightarrow overleftarrow overbrace underbrace sqrt ensuremath
    mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner phantom vphantom hphantom smash""".split(),
    1,
) | {"frac": 2, "stackrel": 2, "pmod": 1}

#: Commands whose argument is a word or two of plain text; kernel.
TEXTS: Final = frozenset("mbox textrm textup textit textbf textsf texttt textsc textsl textmd textnormal emph".split())

#: Commands that a delimiter follows.
SIZES: Final = frozenset("big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm".split())

DELIMITERS: Final = frozenset("( ) [ ] / | < > .".split())
DELIMITER_COMMANDS: Final = frozenset(
    """lbrace rbrace lbrack rbrack langle rangle lfloor rfloor lceil rceil vert Vert backslash uparrow downarrow
    updownarrow Uparrow Downarrow Updownarrow lvert rvert lVert rVert""".split()
)

#: Control symbols: spaces, braces, the norm, and the escaped characters of text.
SYMBOLS: Final = frozenset(",;:>! {}|%&#_")

#: Commands of amsmath, amssymb, mathrsfs and bm: name → (arguments, a definition from the kernel for documents that
#: load none of them).
AMS: Final[dict[str, tuple[int, str]]] = {
    "text": (1, r"\mbox{#1}"),
    "operatorname": (1, r"\mathop{\mathrm{#1}}\nolimits"),
    "mathbb": (1, r"\mathbf{#1}"),
    "mathfrak": (1, r"\mathbf{#1}"),
    "mathscr": (1, r"\mathcal{#1}"),
    "boldsymbol": (1, r"\mbox{\boldmath$#1$}"),
    "bm": (1, r"\mbox{\boldmath$#1$}"),
    "tfrac": (2, r"\frac{#1}{#2}"),
    "dfrac": (2, r"\frac{#1}{#2}"),
    "cfrac": (2, r"\frac{#1}{#2}"),
    "binom": (2, r"{#1 \choose #2}"),
    "tbinom": (2, r"{#1 \choose #2}"),
    "dbinom": (2, r"{#1 \choose #2}"),
    "overset": (2, r"\stackrel{#1}{#2}"),
    "underset": (2, r"\mathop{#2}_{#1}"),
    "dddot": (1, r"\stackrel{\ldots}{#1}"),
    "xrightarrow": (1, r"\stackrel{#1}{\longrightarrow}"),
    "xleftarrow": (1, r"\stackrel{#1}{\longleftarrow}"),
    "lesssim": (0, r"\mathrel{\stackrel{<}{{}_\sim}}"),
    "gtrsim": (0, r"\mathrel{\stackrel{>}{{}_\sim}}"),
    "leqslant": (0, r"\leq"),
    "geqslant": (0, r"\geq"),
    "leqq": (0, r"\leq"),
    "geqq": (0, r"\geq"),
    "nleq": (0, r"\not\leq"),
    "ngeq": (0, r"\not\geq"),
    "nless": (0, r"\not<"),
    "ngtr": (0, r"\not>"),
    "nmid": (0, r"\not\mid"),
    "nparallel": (0, r"\not\parallel"),
    "nsubseteq": (0, r"\not\subseteq"),
    "nsupseteq": (0, r"\not\supseteq"),
    "preccurlyeq": (0, r"\preceq"),
    "succcurlyeq": (0, r"\succeq"),
    "nexists": (0, r"\not\exists"),
    "varnothing": (0, r"\emptyset"),
    "hslash": (0, r"\hbar"),
    "vartriangle": (0, r"\triangle"),
    "thicksim": (0, r"\sim"),
    "thickapprox": (0, r"\approx"),
    "therefore": (0, r"\mathrel{.\dot{}.}"),
    "square": (0, r"\mathord{\mbox{\fbox{\rule{0pt}{.6ex}\rule{.6ex}{0pt}}}}"),
    "iint": (0, r"\int\!\int"),
    "iiint": (0, r"\int\!\int\!\int"),
    "implies": (0, r"\;\Longrightarrow\;"),
    "impliedby": (0, r"\;\Longleftarrow\;"),
    "dotsc": (0, r"\ldots"),
    "dotsb": (0, r"\cdots"),
    "dotsm": (0, r"\cdots"),
    "dotsi": (0, r"\cdots"),
    "dotso": (0, r"\ldots"),
    "lvert": (0, r"|"),
    "rvert": (0, r"|"),
    "lVert": (0, r"\|"),
    "rVert": (0, r"\|"),
    "rightleftarrows": (0, r"\leftrightarrow"),
    "leftrightarrows": (0, r"\leftrightarrow"),
    "degree": (0, r"{^\circ}"),
    "micro": (0, r"\mu"),
    "ohm": (0, r"\Omega"),
}
#: Of these the argument is a word of text, not a formula.
AMS_TEXTS: Final = frozenset(("text",))

#: Character → its command in a formula.
_SIGNS: Final = (
    dict(
        zip(
            "≤≥≠≈≡∓⋅∗∘∙∞∝∂∇∫∮∑∏∈∉∋∪∩⊂⊃⊆⊇∅∧∨∀∃→←↔⇒⇐⇔↑↓↦⟶⟵⟨⟩∥⊥∼≃≅≪≫⊕⊗⊖⊙ℓℏℜℑℵ℘∣∠△⋆⋄⊢⊣⊤≺≻∖♭♮♯",
            (
                r"\leq \geq \neq \approx \equiv \mp \cdot \ast \circ \bullet \infty \propto \partial \nabla "
                r"\int \oint \sum \prod \in \notin \ni \cup \cap \subset \supset \subseteq \supseteq "
                r"\emptyset \wedge \vee \forall \exists \rightarrow \leftarrow \leftrightarrow \Rightarrow "
                r"\Leftarrow \Leftrightarrow \uparrow \downarrow \mapsto \longrightarrow \longleftarrow "
                r"\langle \rangle \parallel \perp \sim \simeq \cong \ll \gg \oplus \otimes \ominus \odot "
                r"\ell \hbar \Re \Im \aleph \wp \mid \angle \triangle \star \diamond \vdash \dashv \top "
                r"\prec \succ \setminus \flat \natural \sharp"
            ).split(),
            strict=True,
        )
    )
    | dict(
        zip(
            "αβγδεϵζηθϑικλμνξπϖρϱσςτυφϕχψωΓΔΘΛΞΠΣΥΦΨΩ",
            (
                r"\alpha \beta \gamma \delta \varepsilon \epsilon \zeta \eta \theta \vartheta \iota \kappa "
                r"\lambda \mu \nu \xi \pi \varpi \rho \varrho \sigma \varsigma \tau \upsilon \varphi \phi "
                r"\chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega"
            ).split(),
            strict=True,
        )
    )
    | {"−": "-", "′": r"^\prime", "″": r"^\prime\prime", "√": r"\surd", "⋯": r"\cdots", "⊥": r"\perp", "ο": "o"}
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", (f"\\mathrm{{{letter}}}" for letter in "ABEZHIKMNOPTX"), strict=True))
)
#: The rest of what a command of the kernel or of AMS sets.
_MORE_SIGNS: Final = dict(
    zip(
        "±×÷↕↖↗↘↙↩↪↼↽⇀⇁⇌⇑⇓⇕∄∐∤∦∬∭∴≀≍≐≦≧≮≯≰≱≲≳≼≽⊈⊉⊎⊑⊒⊓⊔⊘⊧⋀⋁⋂⋃⋈⋮⋱⌈⌉⌊⌋⌢⌣▵▷▽◁♠♡♢♣⟂⟷⟸⟹⟺⟼⧵⨀⨁⨂⨄⨆⨿⩽⩾⪯⪰□",
        (
            "pm times div updownarrow nwarrow nearrow searrow swarrow hookleftarrow hookrightarrow leftharpoonup "
            "leftharpoondown rightharpoonup rightharpoondown rightleftharpoons Uparrow Downarrow Updownarrow nexists "
            "coprod nmid nparallel iint iiint therefore wr asymp doteq leqq geqq nless ngtr nleq ngeq lesssim gtrsim "
            "preccurlyeq succcurlyeq nsubseteq nsupseteq uplus sqsubseteq sqsupseteq sqcap sqcup oslash models "
            "bigwedge bigvee bigcap bigcup bowtie vdots ddots lceil rceil lfloor rfloor frown smile vartriangle "
            "triangleright bigtriangledown triangleleft spadesuit heartsuit diamondsuit clubsuit perp "
            "longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow longmapsto setminus bigodot bigoplus "
            "bigotimes biguplus bigsqcup amalg leqslant geqslant preceq succeq square "
        ).split(),
        strict=True,
    )
)

#: Words in the Unicode names of letters for formulas → command.
_ALPHABETS: Final = {
    "BOLD": "mathbf", "ITALIC": "mathit", "BOLD ITALIC": "mathbf", "SCRIPT": "mathcal", "BOLD SCRIPT": "mathcal",
    "FRAKTUR": "mathfrak", "BOLD FRAKTUR": "mathfrak", "DOUBLE-STRUCK": "mathbb", "SANS-SERIF": "mathsf",
    "SANS-SERIF BOLD": "mathsf", "SANS-SERIF ITALIC": "mathsf", "SANS-SERIF BOLD ITALIC": "mathsf",
    "MONOSPACE": "mathtt",
}  # fmt: skip
#: Letters for formulas that stand outside their block.
_LETTERLIKE: Final = {
    "ℂ": "mathbb C", "ℍ": "mathbb H", "ℕ": "mathbb N", "ℙ": "mathbb P", "ℚ": "mathbb Q", "ℝ": "mathbb R",
    "ℤ": "mathbb Z", "ℬ": "mathcal B", "ℰ": "mathcal E", "ℱ": "mathcal F", "ℋ": "mathcal H", "ℐ": "mathcal I",
    "ℒ": "mathcal L", "ℳ": "mathcal M", "ℛ": "mathcal R", "ℭ": "mathfrak C", "ℌ": "mathfrak H", "ℨ": "mathfrak Z",
    "ℎ": "mathit h",
}  # fmt: skip


def _letters() -> dict[str, str]:
    """The letters of the block "Mathematical Alphanumeric Symbols" (U+1D400 to U+1D7FF)."""
    found = {letter: "\\{}{{{}}}".format(*command.split()) for letter, command in _LETTERLIKE.items()}
    for code in range(0x1D400, 0x1D800):
        name = unicodedata.name(chr(code), "")
        style, _, _ = name.removeprefix("MATHEMATICAL ").partition(" CAPITAL" if " CAPITAL" in name else " SMALL")
        base = unicodedata.normalize("NFKC", chr(code))
        if " DIGIT " in name:
            style = name.removeprefix("MATHEMATICAL ").partition(" DIGIT")[0]
        command = _ALPHABETS.get(style)
        if command is None:
            continue
        if base.isascii() and (command not in ("mathcal", "mathbb") or base.isupper()):
            found[chr(code)] = f"\\{command}{{{base}}}"
        elif (greek := _SIGNS.get(base)) and greek[1:].isalpha():
            found[chr(code)] = f"\\boldsymbol{{{greek}}}" if "BOLD" in style else greek
    return found


#: Character → LaTeX in a formula.
CHARACTERS: Final[dict[str, str]] = (
    {character: f"\\{name}" for character, name in _MORE_SIGNS.items()} | _letters() | _SIGNS
)
