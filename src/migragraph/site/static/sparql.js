// The SPARQL page: runs queries on the dump of the graph, in the browser, by Oxigraph in a worker. Nothing is sent.
// The page carries its words in #sparql-settings; the examples are in sparql-examples.js; what is heavy comes on a click.
"use strict";

(() => {
  const SHOWN = 1000;
  let known = null;

  // What the worker runs: its text is taken, so it sees nothing of what is around it but `start`, put before it.
  function work() {
    let store;

    async function unpack(text) {
      const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Uint8Array(await new Response(plain).arrayBuffer());
    }

    async function load({ wasm, quads }) {
      store = new (start(await unpack(wasm)).Store)();
      store.load(await unpack(quads), { format: "application/n-quads", no_transaction: true });
      return { loaded: store.size };
    }

    // A graph comes as a list of JSON-LD, solutions and truth as the object of SPARQL's own JSON.
    function query({ text }) {
      const began = performance.now();
      const json = store.query(text, { results_format: "json" });
      const graph = json.startsWith("[") ? store.query(text, { results_format: "text/turtle" }) : null;
      return { took: performance.now() - began, ...(graph === null ? { json } : { graph }) };
    }

    onmessage = async ({ data }) => {
      try {
        postMessage(data.text === undefined ? await load(data) : query(data));
      } catch (error) {
        // Only a plain Error is an answer; of any other the engine may not recover.
        postMessage({ error: error.message, fatal: error.constructor !== Error });
      }
    };
  }

  function addScript(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => reject(new Error(address)));
      document.head.append(script);
    });
  }

  // The engine: a worker with the graph in it, started by the first question, and again after one that was stopped.
  function makeEngine({ scripts, seconds }) {
    let worker = null;
    let giveUp = null;

    const post = (message) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => stop({ stopped: "time" }), seconds * 1000);
        giveUp = (answer) => (clearTimeout(timer), resolve(answer));
        worker.onmessage = ({ data }) => giveUp(data);
        worker.onerror = (event) => (event.preventDefault(), stop({ error: event.message, fatal: true }));
        worker.postMessage(message);
      });

    function stop(answer) {
      worker?.terminate();
      worker = null;
      giveUp?.(answer);
    }

    async function open() {
      await Promise.all(scripts.filter((one) => !document.querySelector(`script[src="${one}"]`)).map(addScript));
      const { start, wasm } = globalThis.MigragraphOxigraph;
      const address = URL.createObjectURL(new Blob([`const start = ${start};\n(${work})();`], { type: "text/javascript" }));
      worker = new Worker(address);
      URL.revokeObjectURL(address);
      return post({ wasm, quads: globalThis.MigragraphGraph.quads });
    }

    async function ask(text, onReady) {
      if (worker === null) {
        const opened = await open();
        if (opened.loaded === undefined) return opened;
      }
      onReady();
      const answer = await post({ text });
      if (answer.fatal) stop(answer);
      return answer;
    }

    return { ask, stop: () => stop({ stopped: "reader" }) };
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // The page of an IRI in the site, or its address where a page may lead there, or the empty string.
  function linkTo(iri, suffix) {
    const { base, documents, odd } = globalThis.MigragraphGraph;
    known ??= new Set(documents);
    const [document_, anchor] = iri.split(/#(.*)/s);
    const rest = document_.startsWith(base) ? document_.slice(base.length) : null;
    const path = rest !== null && known.has(rest) ? (odd[rest] ?? rest) : null;
    if (path !== null) return `${path}${suffix}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
    return /^(https?:\/\/|mailto:)/i.test(iri) ? iri : "";
  }

  function shorten(iri, prefixes) {
    const fits = ([, start]) => iri.startsWith(start) && /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(iri.slice(start.length));
    const [best] = Object.entries(prefixes).filter(fits).sort((a, b) => b[1].length - a[1].length);
    return best ? `${best[0]}:${iri.slice(best[1].length)}` : iri;
  }

  function showTerm(term, suffix) {
    if (term === undefined) return "";
    if (term.type === "uri") {
      const address = linkTo(term.value, suffix);
      const text = shorten(term.value, globalThis.MigragraphGraph.prefixes);
      return address ? element("a", text, { href: address, title: term.value }) : element("span", text);
    }
    if (term.type === "literal") {
      const tag = term["xml:lang"];
      return element("span", term.value, tag && tag !== document.documentElement.lang ? { lang: tag } : {});
    }
    return element("span", term.type === "bnode" ? `_:${term.value}` : JSON.stringify(term.value));
  }

  function showTable({ head, results }, suffix, caption) {
    const table = document.createElement("table");
    table.append(element("caption", caption, { class: "unseen" }));
    const first = table.createTHead().insertRow();
    first.append(...head.vars.map((name) => element("th", name, { scope: "col" })));
    const body = table.createTBody();
    for (const solution of results.bindings.slice(0, SHOWN)) {
      const row = body.insertRow();
      for (const name of head.vars) row.insertCell().append(showTerm(solution[name], suffix));
    }
    return table;
  }

  // No spreadsheet runs a cell: what may be a formula gets an apostrophe. Python's twin is cells.py.
  function makeInert(text) {
    if (/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) return text;
    return /^[\t\r\n]|^\s*[=+\-@＝＋－＠\0']/.test(text) ? `'${text}` : text;
  }

  // CSV as https://www.w3.org/TR/sparql11-results-csv-tsv/ has it.
  function writeCsv({ head, results }) {
    const quote = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const write = (term) => (term === undefined ? "" : term.type === "bnode" ? `_:${term.value}` : String(term.value));
    const rows = results.bindings.map((solution) => head.vars.map((name) => quote(makeInert(write(solution[name])))));
    return [head.vars.map(quote), ...rows].map((row) => `${row.join(",")}\r\n`).join("");
  }

  function offer(name, type, text, label) {
    const link = element("a", label, { download: name, class: "button" });
    link.href = URL.createObjectURL(new Blob([text], { type }));
    return link;
  }

  const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => String(parts[name]));

  // The column of a fault in letters: the parser counts bytes of UTF-8.
  function countLetters(text, column) {
    const bytes = new TextEncoder().encode(text).slice(0, column - 1);
    return [...new TextDecoder().decode(bytes)].length + 1;
  }

  // A fault of the parser: its place, and what was expected there, without the classes of characters.
  function readFault(message, text) {
    const [, line, column, rest] = message.match(/^error at (\d+):(\d+): (.*)$/s) ?? [];
    if (line === undefined) return { line: null };
    const plain = rest.replace(/, \[[^\]]*\](?=,|$)/g, "").replace(/expected one of ([^,]*)$/, "expected $1");
    const written = text.split("\n")[line - 1] ?? "";
    const update = /^\s*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b/i.test(written);
    return { line: Number(line), column: countLetters(written, Number(column)), rest: plain, update };
  }

  function start() {
    document.getElementById("workbench").hidden = false;
    const settings = JSON.parse(document.getElementById("sparql-settings").textContent);
    const ids = ["example", "question", "query", "run", "stop", "status", "fault", "downloads", "answer"];
    const [example, question, box, run, halt, status, fault, downloads, answer] = ids.map((id) => document.getElementById(id));
    const examples = new Map(globalThis.MigragraphExamples.map((one) => [one.name, one]));
    const engine = makeEngine(settings);
    const tell = (forms) => forms[settings.language] ?? forms.en ?? "";
    const editor = MigragraphEditor.mount(box, { text: "", label: settings.label, onRun: () => ask() });

    function choose(name) {
      const chosen = examples.get(name);
      if (chosen === undefined) return;
      example.value = name;
      question.textContent = tell(chosen.question);
      editor.write(chosen.text);
    }

    function clear() {
      for (const link of downloads.querySelectorAll("a")) URL.revokeObjectURL(link.href);
      for (const part of [fault, downloads, answer]) part.replaceChildren();
      fault.hidden = true;
      editor.mark(null);
    }

    function showFault({ error, fatal, stopped }) {
      status.textContent = "";
      fault.hidden = false;
      if (stopped) {
        fault.textContent = stopped === "time" ? fill(settings.late, { seconds: settings.seconds }) : settings.stopped;
      } else if (fatal) {
        fault.textContent = fill(settings.broken, { error });
      } else {
        const { line, column, rest, update } = readFault(error, editor.read());
        const form = line === null ? settings.refused : update ? settings.update : settings.fault;
        fault.textContent = fill(form, { line, column, error: rest ?? error });
        editor.mark(line);
      }
    }

    function showAnswer({ json, graph, took }) {
      const seconds = (took / 1000).toLocaleString(settings.language, { maximumFractionDigits: 2 });
      if (graph !== undefined) {
        status.textContent = fill(settings.graph, { seconds });
        answer.append(element("pre", graph, { tabindex: "0" }));
        downloads.append(offer("answer.ttl", "text/turtle", graph, "Turtle"));
        return;
      }
      const result = JSON.parse(json);
      downloads.append(offer("answer.json", "application/sparql-results+json", json, "JSON"));
      if ("boolean" in result) {
        status.textContent = result.boolean ? settings.yes : settings.no;
        return;
      }
      const count = result.results.bindings.length;
      const said = count > SHOWN ? settings.cut : count === 1 ? settings.row : settings.rows;
      status.textContent = fill(said, { count: count.toLocaleString(settings.language), shown: SHOWN, seconds });
      answer.append(showTable(result, settings.suffix, settings.answer));
      downloads.prepend(offer("answer.csv", "text/csv", writeCsv(result), "CSV"), " ");
    }

    async function ask() {
      if (run.disabled) return;
      clear();
      run.disabled = true;
      halt.disabled = false;
      status.textContent = settings.loading;
      try {
        const given = await engine.ask(editor.read(), () => (status.textContent = settings.running));
        if (given.json === undefined && given.graph === undefined) showFault(given);
        else showAnswer(given);
      } catch (error) {
        showFault({ error: error.message, fatal: true });
      } finally {
        run.disabled = false;
        halt.disabled = true;
      }
    }

    for (const { name, title } of examples.values()) example.append(element("option", tell(title) || name, { value: name }));
    example.addEventListener("change", () => choose(example.value));
    run.addEventListener("click", ask);
    halt.addEventListener("click", engine.stop);
    choose(new URLSearchParams(location.search).get("example") ?? "");
    if (!example.value || !question.textContent) choose(examples.keys().next().value);
  }

  start();
})();
