"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (id) => document.getElementById(id);
  const sections = [...document.querySelectorAll("section.part")];
  const items = [...document.querySelectorAll("ul.references > li")];
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const sortKeys = JSON.parse($("sort-keys").textContent);
  const rows = items.map((item, place) => ({
    item, place, section: item.closest("section"), list: item.parentNode, year: Number(item.dataset.year) || 0,
    type: item.dataset.type, outcome: item.dataset.outcome, author: folded(sortKeys[place][0]),
    title: folded(sortKeys[place][1]), text: null, shown: true,
  }));
  const textOf = (row) => (row.text ??= folded(`${row.item.textContent} ${row.item.dataset.key}`));
  const count = $("count"), controls = $("controls");

  const filter = () => {
    const words = folded($("search").value).split(/\s+/).filter(Boolean);
    const chapter = $("chapter").value, type = $("type").value, outcome = $("outcome")?.value ?? "";
    const from = Number($("from").value) || -Infinity, to = Number($("to").value) || Infinity;
    const years = from > -Infinity || to < Infinity;
    let shown = 0;
    const filled = new Set();
    for (const row of rows) {
      const fits = (!chapter || row.section.id === chapter) && (!type || row.type === type) &&
        (!outcome || row.outcome === outcome) && (!years || (row.year >= from && row.year <= to && row.year)) &&
        words.every((word) => textOf(row).includes(word));
      if (fits !== row.shown) { row.item.hidden = !fits; row.shown = fits; }
      if (fits) { shown += 1; filled.add(row.section); }
    }
    const all = shown === rows.length;
    for (const section of sections) section.hidden = !all && !filled.has(section);
    count.textContent = all ? `${rows.length} references.` : `${shown} of ${rows.length} references.`;
  };

  const orders = {
    list: (a, b) => a.place - b.place,
    newest: (a, b) => b.year - a.year || a.place - b.place,
    oldest: (a, b) => (a.year || 9999) - (b.year || 9999) || a.place - b.place,
    author: (a, b) => a.author.localeCompare(b.author) || a.year - b.year || a.place - b.place,
    title: (a, b) => a.title.localeCompare(b.title) || a.place - b.place,
  };
  const sort = () => {
    const order = orders[$("sort").value] ?? orders.list;
    const lists = new Map();
    for (const row of [...rows].sort(order)) {
      if (!lists.has(row.list)) lists.set(row.list, document.createDocumentFragment());
      lists.get(row.list).append(row.item);
    }
    for (const [list, fragment] of lists) list.append(fragment);
  };

  let waiting = 0;
  controls.addEventListener("input", (event) => {
    if (event.target.id === "sort") { sort(); return; }
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(filter);
  });
  controls.addEventListener("submit", (event) => event.preventDefault());
  controls.addEventListener("reset", () => setTimeout(() => { filter(); sort(); }));

  // The records are kept small: one JSON text, deflated, in base64.
  let records = null;
  const load = () => (records ??= (async () => {
    const bytes = Uint8Array.from(atob($("records").textContent.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  })());
  const say = (text) => { count.textContent = text; };
  const copied = async (text, what) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      if (!done) { say("The browser did not allow to copy."); return; }
    }
    say(`Copied: ${what}.`);
  };
  const formats = [["bibtex", "BibTeX"], ["ris", "RIS"], ["csl", "CSL-JSON"], ["text", "Text"], ["link", "Link"]];
  const textIn = async (format, item) => {
    if (format === "text") return item.querySelector(".text").textContent.trim();
    if (format === "link") return location.href.split("#")[0] + "#" + item.id;
    return (await load())[format][item.dataset.key];
  };
  if (typeof DecompressionStream === "function") {
    document.addEventListener("toggle", (event) => {
      const details = event.target;
      if (!details.matches?.("details.cite") || !details.open || details.querySelector(".copies")) return;
      const item = details.closest("li");
      const buttons = document.createElement("div");
      buttons.className = "copies";
      for (const [format, word] of formats) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `Copy ${word}`;
        button.addEventListener("click", async () => copied(await textIn(format, item), word));
        buttons.append(button);
      }
      details.append(buttons);
    }, true);
    $("download")?.addEventListener("click", async () => {
      const address = URL.createObjectURL(new Blob([(await load()).file], { type: "application/x-bibtex" }));
      const anchor = document.createElement("a");
      anchor.href = address;
      anchor.download = "references.bib";
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    });
  } else {
    root.classList.remove("js");
  }

  // A permalink leads to its reference even when a filter hides it.
  const reveal = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const item = id && $(id);
    if (item && item.closest("[hidden]")) { controls.reset(); setTimeout(() => item.scrollIntoView()); }
  };
  addEventListener("hashchange", reveal);
  filter();
  reveal();
})();
