// Formats the citations of documents with citeproc-js: one JSON request a line, one JSON answer a line.
//
// node cite_peers.js CITEPROC_FILE LOCALES_FOLDER
// request: {"style": "FILE", "items": [...], "clusters": [{"items": [...], "note": 1, "mode": "composite"}]}
// answer: {"citations": [text]} or {"error": "..."}
"use strict";
const fs = require("fs");
const readline = require("readline");
const CSL = require(process.argv[2]);
const locales = process.argv[3];

function localeXml(tag) {
  const file = `${locales}/locales-${tag}.xml`;
  return fs.readFileSync(fs.existsSync(file) ? file : `${locales}/locales-en-US.xml`, "utf8");
}

function format(request) {
  const items = {};
  request.items.forEach((item) => { items[item.id] = item; });
  const engine = new CSL.Engine(
    { retrieveLocale: localeXml, retrieveItem: (id) => JSON.parse(JSON.stringify(items[id])) },
    fs.readFileSync(request.style, "utf8"), "en-US");
  engine.setOutputFormat("text");
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

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  let answer;
  try {
    answer = format(JSON.parse(line));
  } catch (error) {
    answer = { error: String(error).slice(0, 300) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
