// The search page: finds things by their names in all languages, by the numbers that they bear, by IRI and CURIE.
// The page carries its words in #search-settings; the names are in search-data.js; MiniSearch finds.
"use strict";

(() => {
  const SHOWN = 20;
  const WAIT = 120;

  // Folded: without case and diacritics, and đ as d, which no decomposition gives. Python's twin is lookup/folding.py.
  const fold = (text) => text.replace(/[đĐ]/g, "d").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // Exact: as people write it, but for case.
  const keep = (text) => text.normalize("NFC").toLowerCase();
  const splitFolded = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const splitExact = (text) => keep(text).split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
  const join = (text) => splitFolded(text).join("");

  const namesOf = (thing) => [...Object.values(thing.labels), ...thing.others];

  // What the index holds of a thing: each name twice, as written and folded; each number in its parts and in one piece.
  function read(thing, id) {
    const names = [...namesOf(thing), ...thing.numbers].join(" \n ");
    const written = [thing.id, thing.curie].join(" \n ");
    return { id, exact: names, folded: names, joined: thing.numbers.map(join).join(" "), written };
  }

  function makeIndex() {
    return new MiniSearch({
      fields: ["exact", "folded", "joined", "written"],
      tokenize: (text, field) => (field === "exact" ? splitExact(text) : splitFolded(text)),
      processTerm: (term) => term,
    });
  }

  // Digits are meant as they are; in a longer word one slip in five letters can be forgiven.
  const forgive = (term) => (/\p{N}/u.test(term) || term.length < 5 ? false : 0.2);

  function ask(text, fuzzy) {
    const all = { combineWith: "AND", prefix: true, fuzzy };
    const queries = [
      { ...all, queries: [text], fields: ["exact"], tokenize: splitExact, boost: { exact: 2 } },
      { ...all, queries: [text], fields: ["folded", "written"], tokenize: splitFolded, boost: { folded: 1, written: 0.5 } },
    ];
    if (/\p{N}/u.test(text)) {
      queries.push({ queries: [text], fields: ["joined"], tokenize: (one) => [join(one)], prefix: true, boost: { joined: 4 } });
    }
    return { combineWith: "OR", queries };
  }

  // Where a whole name is what was typed it goes first: as written, then folded; then come the better matches.
  function rank(thing, text) {
    const names = [...namesOf(thing), ...thing.numbers];
    const called = [thing.curie, thing.id, globalThis.MigragraphSearch.base + thing.id];
    if (called.includes(text) || names.some((name) => keep(name) === keep(text))) return 0;
    return names.some((name) => join(name) === join(text)) ? 1 : 2;
  }

  // What is found, in order; only where nothing is as typed, what is nearly so.
  function find(index, things, text) {
    const { base } = globalThis.MigragraphSearch;
    const asked = text.startsWith(base) ? text.slice(base.length) : text;
    if (splitFolded(asked).length === 0) return { near: false, found: [] };
    const strict = index.search(ask(asked, false));
    const hits = strict.length ? strict : index.search(ask(asked, forgive));
    const ranked = hits.map(({ id, score }) => ({ thing: things[id], score, rank: rank(things[id], text), id }));
    ranked.sort((a, b) => a.rank - b.rank || b.score - a.score || a.id - b.id);
    return { near: strict.length === 0, found: ranked.map(({ thing }) => thing) };
  }

  // A label in the language of the page, else in another, with the tag of that one.
  function choose(labels, language) {
    const tag = [language, "en", Object.keys(labels)[0]].find((one) => one in labels);
    return [labels[tag], tag];
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function show(thing, kinds, text, settings) {
    const [label, tag] = choose(thing.labels, settings.language);
    const item = document.createElement("li");
    const link = element("a", label, { href: thing.path + settings.suffix + (thing.anchor ? `#${thing.anchor}` : "") });
    if (tag && tag !== settings.language) link.lang = tag;
    item.append(link);
    const words = splitFolded(text);
    const holds = (name) => words.some((word) => fold(name).includes(word));
    const other = holds(label) ? [] : namesOf(thing).filter((name) => name !== label && holds(name)).slice(0, 1);
    const [kind] = thing.kind === null ? [""] : choose(kinds[thing.kind], settings.language);
    const notes = [kind, ...thing.numbers, ...other].filter(Boolean);
    if (notes.length) item.append(element("span", ` ${notes.join(" · ")}`, { class: "quiet" }));
    return item;
  }

  async function start() {
    const settings = JSON.parse(document.getElementById("search-settings").textContent);
    const { kinds, things } = globalThis.MigragraphSearch;
    const [form, input, status, list, more] = ["search", "q", "found", "results", "more"].map((id) => document.getElementById(id));
    const index = makeIndex();
    let shown = [];
    let text = "";

    function extend() {
      const next = shown.slice(list.children.length, list.children.length + SHOWN);
      list.append(...next.map((thing) => show(thing, kinds, text, settings)));
      more.hidden = list.children.length >= shown.length;
      return next.length;
    }

    function search() {
      text = input.value.trim();
      const { near, found } = find(index, things, text);
      shown = found;
      list.replaceChildren();
      extend();
      const said = shown.length === 0 ? settings.none : near ? settings.near : shown.length === 1 ? settings.one : settings.many;
      status.textContent = text ? said.replace("{count}", String(shown.length)).replace("{text}", () => text) : "";
    }

    // The address stays that of the search, where the browser lets a page from a disk change it.
    function remember() {
      try {
        history.replaceState(null, "", text ? `?q=${encodeURIComponent(text)}` : location.pathname);
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
      }
    }

    // The arrows go from the box to the links and between them.
    function move(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [input, ...list.querySelectorAll("a")];
      const next = stops[stops.indexOf(document.activeElement) + step];
      if (!step || !next || !stops.includes(document.activeElement)) return;
      event.preventDefault();
      next.focus();
    }

    document.getElementById("searching").hidden = false;
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    status.textContent = settings.loading;
    await index.addAllAsync(things.map(read), { chunkSize: 500 });
    search();
    let waiting = 0;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => (search(), remember()), WAIT);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      search();
      remember();
    });
    more.addEventListener("click", () => {
      const first = list.children.length;
      if (extend()) list.children[first].querySelector("a").focus();
    });
    document.addEventListener("keydown", move);
  }

  start();
})();
