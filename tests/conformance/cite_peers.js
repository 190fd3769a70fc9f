// Formats the citations of documents with citeproc-js: one JSON request a line, one JSON answer a line.
//
// node cite_peers.js CITEPROC_FILE LOCALES_FOLDER
// request: {"style": "FILE", "items": [...], "clusters": [{"items": [...], "note": 1, "mode": "composite"}]}
// answer: {"citations": [text]} or {"error": "..."}
"use strict";
const { answer, engineOf } = require("./citeproc.js");

function format(request) {
  const engine = engineOf(request, "en-US", false);
  const cited = [];
  request.clusters.forEach((cluster) => cluster.items.forEach((item) => {
    if (!cited.includes(item.id)) cited.push(item.id);
  }));
  engine.updateItems(cited);
  const texts = {};
  const before = [];
  request.clusters.forEach((cluster, place) => {
    const citation = {
      citationID: `c${place}`,
      citationItems: cluster.items,
      properties: { noteIndex: cluster.note, mode: cluster.mode || undefined },
    };
    engine.processCitationCluster(citation, before.slice(), [])[1].forEach((row) => { texts[row[2]] = row[1]; });
    before.push([`c${place}`, cluster.note]);
  });
  return { citations: request.clusters.map((cluster, place) => texts[`c${place}`]) };
}

answer(format);
