// What the scripts beside this one share: an engine of citeproc-js, and one JSON answer a line for one JSON request a line.
//
// node SCRIPT CITEPROC_FILE LOCALES_FOLDER
"use strict";
const fs = require("fs");
const readline = require("readline");
const CSL = require(process.argv[2]);
const locales = process.argv[3];

function localeXml(tag) {
  const file = `${locales}/locales-${tag}.xml`;
  return fs.readFileSync(fs.existsSync(file) ? file : `${locales}/locales-en-US.xml`, "utf8");
}

// An engine for the style and the items of a request, that writes plain text.
exports.engineOf = function (request, locale, isForced) {
  const items = {};
  request.items.forEach((item) => { items[item.id] = item; });
  const engine = new CSL.Engine(
    { retrieveLocale: localeXml, retrieveItem: (id) => JSON.parse(JSON.stringify(items[id])) },
    fs.readFileSync(request.style, "utf8"), locale, isForced);
  engine.setOutputFormat("text");
  return engine;
};

// Answers each line of standard input with what the function makes of it, or with its error.
exports.answer = function (format) {
  readline.createInterface({ input: process.stdin }).on("line", (line) => {
    let answer;
    try {
      answer = format(JSON.parse(line));
    } catch (error) {
      answer = { error: String(error).slice(0, 300) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  });
};
