"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (id) => document.getElementById(id);
  const sections = [...document.querySelectorAll("section.part")];
  const items = [...document.querySelectorAll("ul.references > li")];
  const words = JSON.parse($("words").textContent);
  const written = (name, ...values) => words[name].replace(/\{(\d)\}/g, (_, place) => values[place]);
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, words.thousands);
  // Letters that Unicode does not take apart into a letter and a mark.
  const whole = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i" };
  const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/[øłđðþßæœı]/g, (letter) => whole[letter]);
  const sortKeys = JSON.parse($("sort-keys").textContent);
  const rows = items.map((item, place) => ({
    item, place, section: item.closest("section"), list: item.parentNode, year: Number(item.dataset.year) || 0,
    type: item.dataset.type, outcome: item.dataset.outcome, author: folded(sortKeys[place][0]),
    title: folded(sortKeys[place][1]), text: null, shown: true, fits: true,
  }));
  // What is searched: the reference, its key, its marks, and what stands with it; not the words of the page's own links.
  const textOf = (row) => {
    if (row.text === null) {
      const pieces = [row.item.firstChild.textContent, row.item.dataset.key];
      for (const part of row.item.lastChild.children) {
        if (part.className === "badge") pieces.push(part.textContent, part.title);
        else if (part.className === "mark") pieces.push(part.textContent);
      }
      row.text = folded(pieces.join(" "));
    }
    return row.text;
  };
  // Texts are made ready while the browser has nothing else to do, so that the first letter typed is as quick as the next.
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 4 }), 50));
  const prepare = (from) => idle((deadline) => {
    let place = from;
    while (place < rows.length && deadline.timeRemaining() > 1) textOf(rows[place++]);
    if (place < rows.length) prepare(place);
  });
  const count = $("count"), controls = $("controls");

  const filter = () => {
    const sought = folded($("search").value).split(/\s+/).filter(Boolean);
    const chapter = $("chapter").value, type = $("type").value, outcome = $("outcome")?.value ?? "";
    const from = Number($("from").value) || -Infinity, to = Number($("to").value) || Infinity;
    const years = from > -Infinity || to < Infinity;
    let shown = 0;
    const filled = new Set();
    for (const row of rows) {
      row.fits = (!chapter || row.section.id === chapter) && (!type || row.type === type) &&
        (!outcome || row.outcome === outcome) && (!years || (row.year >= from && row.year <= to && row.year)) &&
        sought.every((word) => textOf(row).includes(word));
      if (row.fits) { shown += 1; filled.add(row.section); }
    }
    const all = shown === rows.length;
    for (const section of sections) section.hidden = !all && !filled.has(section);
    count.textContent = all
      ? written(shown === 1 ? "count_one" : "count_many", number(shown))
      : written("count_shown", number(shown), number(rows.length));
    show(++turn, 0);
  };
  // Long lists are changed bit by bit, from the top, so that a key that is pressed meanwhile is not kept waiting.
  let turn = 0;
  const show = (mine, from) => {
    if (mine !== turn) return;
    const end = performance.now() + (from ? 4 : 1);
    for (let place = from, changed = 0; place < rows.length; place += 1) {
      const row = rows[place];
      if (row.fits === row.shown) continue;
      row.item.hidden = !row.fits;
      row.shown = row.fits;
      if (++changed % 64 === 0 && performance.now() > end) { requestAnimationFrame(() => show(mine, place + 1)); return; }
    }
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
      if (!done) { say(words.not_copied); return; }
    }
    say(written("copied", what));
  };
  const formats = [["bibtex", "BibTeX"], ["ris", "RIS"], ["csl", "CSL-JSON"], ["text", words.copy_text], ["link", words.copy_link]];
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
        button.textContent = written("copy_as", word);
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
  prepare(0);
})();
