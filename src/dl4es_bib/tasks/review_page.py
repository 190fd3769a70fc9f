"""The open references as one HTML page: who cannot run the program decides here, and sends the decisions back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dl4es_bib.config.decisions import NO_RECORD
from dl4es_bib.export.targets.html import escaped, page
from dl4es_bib.tasks.review import OpenReference, identifier_of, side_by_side
from dl4es_bib.tasks.verify_page import STYLE, record_line

_STYLE: Final = (
    "fieldset{border:1px solid;margin:1rem 0;break-inside:avoid}fieldset label{display:block;margin:.6rem 0 .2rem}"
    "tr.differs th{font-weight:bold}tr.same th{font-weight:normal}textarea{width:100%;font:.85rem monospace}"
    "input[type=text]{width:24rem;max-width:100%}button{font:inherit;padding:.3rem .8rem}"
)
#: The page's own script: it asks for nothing and changes nothing but the text in its box.
_SCRIPT: Final = """
(function () {
  var box = document.getElementById("decisions"), said = document.getElementById("said");
  function text() {
    var lines = [], texts = [];
    document.querySelectorAll("fieldset[data-key]").forEach(function (field) {
      var chosen = field.querySelector("input[type=radio]:checked");
      if (!chosen) { return; }
      var value = chosen.value === "typed" ? field.querySelector("input[type=text]").value.trim()
        : chosen.dataset.record;
      if (!value) { return; }
      var key = "  " + JSON.stringify(field.dataset.key) + ": ";
      lines.push(key + JSON.stringify(value));
      texts.push(key + JSON.stringify(field.dataset.text));
    });
    return lines.length ? "decisions:\\n" + lines.join("\\n") + "\\n" + "texts:\\n" + texts.join("\\n") + "\\n" : "";
  }
  function show() { box.value = text(); }
  document.addEventListener("change", show);
  document.addEventListener("input", function (event) { if (event.target !== box) { show(); } });
  document.getElementById("copy").addEventListener("click", function () {
    show();
    box.select();
    var done = function () { said.textContent = "Copied. Save it as decisions.yaml."; };
    if (navigator.clipboard) { navigator.clipboard.writeText(box.value).then(done, function () {}); }
    else { document.execCommand("copy"); done(); }
  });
  show();
})();
"""
_LONGEST: Final = 1_000


def review_page(references: Sequence[OpenReference], sources: str, *, language: str = "en") -> str:
    """The page: each reference with its nearest records, and the decisions as text to copy.

    Arguments:
        references: what is open.
        sources: the names of the files, for the heading.
    """
    title = f"References to decide: {sources}"
    number = len(references)
    lines = [
        f"<h1>{escaped(title)}</h1>",
        f"<p>{number} reference{'' if number == 1 else 's'}. Choose the record that each one is, or that there is "
        "none. Then copy the decisions and send them back; <code>dl4es-bib review --apply decisions.yaml</code> takes "
        "them.</p>",
    ]
    for place, reference in enumerate(references, 1):
        lines += _reference(place, reference)
    lines += [
        '<h2 id="all">Decisions</h2>',
        '<p><label for="decisions">The decisions as text</label></p>',
        '<textarea id="decisions" rows="8" readonly></textarea>',
        '<p><button type="button" id="copy">Copy decisions</button> <span id="said" role="status"></span></p>',
        f"<script>{_SCRIPT}</script>",
    ]
    return page(title, lines, language=language, style=STYLE + _STYLE)


def _reference(place: int, reference: OpenReference) -> Iterator[str]:
    cited, name = reference.entry.cited, f"r{place}"
    digest = escaped(reference.digest)
    key = f' data-key="{escaped(reference.key)}" data-text="{digest}"' if reference.key else ""
    yield f"<fieldset{key}><legend>{escaped(reference.key or str(cited.span))}: {reference.entry.verdict}</legend>"
    yield f'<p><span class="place">{escaped(str(cited.span))}</span><br>{escaped(cited.text[:_LONGEST])}</p>'
    if not reference.key:
        yield "<p>Another reference would get the same key. Build the library first, so that each has its own.</p>"
    for number, candidate in enumerate(reference.candidates, 1):
        record = identifier_of(candidate.work)
        if reference.key:
            yield (
                f'<label><input type="radio" name="{name}" value="{number}" data-record="{escaped(record)}"> '
                f"Record {number}: {escaped(record)}</label>"
            )
        yield f"<p>{record_line(candidate)}</p>"
        yield f"<table><caption>Record {number} beside the text</caption>"
        yield '<tr><th scope="col">Field</th><th scope="col">Here</th><th scope="col">Record</th></tr>'
        for variable, said, recorded, differs in side_by_side(reference, candidate):
            kind, mark = ("differs", " (differs)") if differs else ("same", "")
            yield (
                f'<tr class="{kind}"><th scope="row">{escaped(variable)}{mark}</th>'
                f"<td>{escaped(said[:_LONGEST])}</td><td>{escaped(recorded[:_LONGEST])}</td></tr>"
            )
        yield "</table>"
    if reference.key:
        yield (
            f'<label><input type="radio" name="{name}" value="none" data-record="{NO_RECORD}"> '
            "No record describes it</label>"
        )
        yield f'<label><input type="radio" name="{name}" value="typed"> Another record:</label>'
        yield f'<input type="text" aria-label="Identifier of another record for {escaped(reference.key)}">'
    yield "</fieldset>"
