"""What the fuzz scripts of the readers share: pieces of references, the run, the checks."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from dl4es_bib.disk.source import decode
from dl4es_bib.identify.document import identified
from dl4es_bib.model.errors import DL4ESBibError
from dl4es_bib.read.readers import read

#: No input may take longer, in CPU seconds.
LIMIT = 2.0
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


def checked(text: str, name: str) -> None:
    """Read a text and raise when the document breaks a law."""
    try:
        document = identified(read(decode(text.encode("utf-8", "surrogatepass"), name)))
    except DL4ESBibError as error:
        if not str(error):
            raise AssertionError("an error without a sentence") from error
        return
    lines = text.count("\n") + text.count("\r") + 1
    for item in document.items:
        if not 1 <= item.span.line <= item.span.last_line <= lines:
            raise AssertionError(f"an item outside the file: {item.span}")
        if item.kind != "resource" and not (item.title or item.fields or item.text):
            raise AssertionError(f"an empty work at {item.span}")


def run(name: str, make: Callable[[random.Random], str], check: Callable[[str], None], arguments: Sequence[str]) -> int:
    """Check a number of random inputs; print those that fail and a summary."""
    count = int(arguments[0]) if arguments else 1000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    failed, slowest = 0, 0.0
    for number in range(count):
        text = make(random.Random(seed * 1_000_003 + number))
        started = time.process_time()
        problem = ""
        try:
            check(text)
        except Exception as error:  # whatever it is, the input that caused it is shown
            problem = f"{type(error).__name__}: {error}"
        seconds = time.process_time() - started
        slowest = max(slowest, seconds)
        if seconds > LIMIT:
            problem = problem or f"{seconds:.1f} s"
        if problem:
            failed += 1
            print(f"{name} seed {seed} number {number}: {problem[:200]}: {text[:300]!r}", flush=True)
    print(f"{name}: {count} inputs, seed {seed}, {failed} failed, slowest {slowest:.2f} s")
    return 1 if failed else 0
