// Formats items with citeproc-js: reads one JSON request a line, writes one JSON answer a line.
//
// node csl_peers.js CITEPROC_FILE LOCALES_FOLDER
// request: {"style": "FILE", "locale": "de-DE", "items": [...]}   answer: {"entries": {id: text}} or {"error": "..."}
// With "clusters": [[id, ...], ...] the items are cited so in a document, and the answer has "citations", too.
"use strict";
const { answer, engineOf } = require("./citeproc.js");

function format(request) {
  const engine = engineOf(request, request.locale, request.locale !== "");
  if (request.field_parsing) engine.opt.development_extensions.field_hack = true;
  const clusters = request.clusters || [];
  const citations = clusters.map((ids, place) => ({
    citationID: `c${place}`, citationItems: ids.map((id) => ({ id })), properties: { noteIndex: place + 1 },
  }));
  const cited = clusters.length ? engine.rebuildProcessorState(citations, "text").map((row) => row[2]) : [];
  if (!clusters.length) engine.updateItems(request.items.map((item) => item.id));
  const entries = {};
  const order = [];
  const made = engine.makeBibliography();
  if (made) {
    made[0].entry_ids.forEach((ids, place) => { entries[ids[0]] = made[1][place]; order.push(ids[0]); });
  } else {
    request.items.forEach((item) => { entries[item.id] = engine.makeCitationCluster([{ id: item.id }]); });
  }
  return { entries, order, listed: Boolean(made), citations: cited };
}

answer(format);
