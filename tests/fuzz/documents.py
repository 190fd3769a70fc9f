"""What the fuzz scripts of the readers share: pieces of references, and the laws of a document."""

from __future__ import annotations

from collections import Counter

from dl4es_bib.disk.source import decode
from dl4es_bib.identify.document import identified
from dl4es_bib.model.errors import DL4ESBibError
from dl4es_bib.read.readers import read

PIECES = (
    "Ode, A.", "Bell, B. B.", "Ode A, Bell B", "Ann Ode", "et al.", "and", "&", "(2004)", "2019", "2004a",
    "On the tides of the bay", "On Tides", "“On Tides,”", '"On Tides."', "Sea Letters", "J. Coast. Res.",
    "Proceedings of the Sea Workshop", "In:", "In", "(eds.)", "12(3)", "12, 3-9", "pp. 1-9", "e2021JX035198",
    "vol. 5, no. 2", "Oslo: Fjord Press", "doi:10.5555/abc.1", "10.5555/a(b)c;2-#",
    "https://doi.org/10.5555/abc/", "https://arxiv.org/abs/2101.00001", "arXiv:2101.00001v2",
    "https://github.com/ode/tides", "https://a.example/x_y(z)", "www.a.example", "ISBN 0-306-40615-2",
    "PMID: 1234567", "[code]", "[paper]", "(pdf)", "References",
    "Иванов А.Б.", "王伟", "海冰动力学研究[J]", "测绘学报", "é",
    "\u202e", "\u200b", "\ufffd", "\x07", "𝔸", "ﬁ", "â€“", "—", "–", "…", "'", '"', "“", "(", ")", "[", "]",
    "{", "}", "<", ">", "\\", "$", "%", "@", "://", "..", ",,", "1,234-1,240", "Ph.D. thesis", "[Data set]",
    "(in press)", "A", "a", "x" * 80, "A." * 40, "Ode, " * 20, "12" * 30,
)  # fmt: skip


def checked(text: str, name: str, figures: Counter[str]) -> None:
    """Read a text and raise when the document breaks a law."""
    try:
        document = identified(read(decode(text.encode("utf-8", "surrogatepass"), name)))
    except DL4ESBibError as error:
        if not str(error):
            raise AssertionError("an error without a sentence") from error
        figures["refused"] += 1
        return
    items = list(document.items)
    figures["items"] += len(items)
    lines = text.count("\n") + text.count("\r") + 1
    for item in items:
        if not 1 <= item.span.line <= item.span.last_line <= lines:
            raise AssertionError(f"an item outside the file: {item.span}")
        if item.kind != "resource" and not (item.title or item.fields or item.text):
            raise AssertionError(f"an empty work at {item.span}")
