"""What the fuzz scripts of formats share: the rounds, the time limit, the report, and how a random value is made."""

from __future__ import annotations

import json
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

LIMIT = 2.0 if sys.gettrace() is None else 20.0  # measuring the coverage makes all slower
"""CPU seconds that one input may take."""

WORDS = (
    "a", "Waves", "ICE", "the", "Smith", "van der", "10.5555/x", "https://x.org/a_b", "2001", "-5", "12-15", "e123",
    "é", "Ł", "Ω", "中", "ﬁ", "\u202e", "\u0301", "\u0302", "\u00a0", "\u00ad", "\u200d", "\ud800", "\U0001f600", "\0",
    "\x1b[31m", "\t", "\n", "\r\n", "  ", " ", "\\", "\\{", "\\}", "$", "$x_1$", "$\\sqrt{s}$", "$\\{$", "{", "}", "{{",
    "%", "&", "#", "_", "^", "~", "<", ">", "<i>", "</i>", "<sub>", "</sub>", "<b>", "</b>", "<sup>2</sup>", "</span>",
    '<span class="nocase">', '<span style="font-variant:small-caps;">', "<jats:p>", "<mml:math>", "</mml:math>",
    "<!--", "-->", "&amp;", "&lt;", "&#x0;", "&#99999999;", "&amp;lt;", "\\emph{", "\\textsuperscript{", "\\'", "\\v ",
    "\\SI{5}{\\m}", "\\ce{", "\\ifmmode", "\\else", "\\fi", "\\input{x}", "^^5c", "--", "''", "``", '"', "'", ",", ";",
    ":", ".", "|", "TY  - ", "ER  - ", "\nAU  - ", "[", "]", "/", "@", "=", "and", "others", "³", "⁻", "₂", "′", "−",
)  # fmt: skip


class Wrong(Exception):
    """A law does not hold for an input."""


class Hangs(BaseException):
    """An input takes longer than it may. No handler of the project takes it for an error of its own."""


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """End what is done after so many CPU seconds by :class:`Hangs`, where the system has such a clock."""

    def stop(_signal: int, frame: FrameType | None) -> None:
        where = f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame else "somewhere"
        raise Hangs(f"still runs after {seconds:.0f} s, at {where}")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def check(holds: bool, what: str) -> None:
    """Say what is wrong unless it holds."""
    if not holds:
        raise Wrong(what)


def text(chance: random.Random, longest: int = 9) -> str:
    """A text of random words and signs."""
    return "".join(chance.choice(WORDS) for _ in range(chance.randrange(longest)))


def nested(latex: str) -> bool:
    """Whether the braces of LaTeX source match, as BibTeX counts them."""
    depth = 0
    for character in latex:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def value(chance: random.Random, depth: int = 0) -> object:
    """A random JSON value: most often a text."""
    kind = chance.random()
    if kind < 0.55 or depth > 3:
        return text(chance)
    if kind < 0.65:
        return chance.choice((None, True, False, 0, -1, 2001, 1.5, 1e300, 10**400, [], {}))
    if kind < 0.85:
        return [value(chance, depth + 1) for _ in range(chance.randrange(3))]
    return {text(chance, 3): value(chance, depth + 1) for _ in range(chance.randrange(3))}


def run(arguments: Sequence[str], one: Callable[[random.Random, Counter[str]], None]) -> int:
    """Try COUNT inputs, the first with SEED; print each failure with its seed and, last, the figures.

    A failure is an exception, an attempt to end the process, or more CPU seconds than ``LIMIT``.
    """
    count, seed = (
        int(arguments[place]) if len(arguments) > place else standard for place, standard in ((0, 2000), (1, 1))
    )
    figures: Counter[str] = Counter(inputs=count, failures=0)
    slowest = 0.0
    for number in range(seed, seed + count):
        started = time.process_time()
        try:
            with ended_after(LIMIT):
                one(random.Random(number), figures)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            figures["failures"] += 1
            if figures["failures"] <= 10:
                where = "" if isinstance(error, Wrong) else traceback.format_exc(limit=-3)
                print(f"input {number}: {type(error).__name__}: {ascii(str(error))[:600]}\n{where}", flush=True)
        slowest = max(slowest, time.process_time() - started)
    print(json.dumps({**figures, "slowest": round(slowest, 3)}))
    return 1 if figures["failures"] else 0
