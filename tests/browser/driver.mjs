// Drive a headless Chromium for a test: `run(main)` reads its arguments from standard input and writes one JSON document.
// Of every page opened it keeps what went wrong: errors in the console, requests that leave the site, requests that fail.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const TABS = 3;
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function watch(page, site, seen) {
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.console.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => seen.console.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const inside = request.url().startsWith(site) || /^(blob|data):/.test(request.url());
    if (!inside) seen.outside.push(request.url());
  });
  // What a page still asks for when it is left is given up: the icon, mostly.
  page.on("requestfailed", (request) => {
    if (request.failure().errorText !== "net::ERR_ABORTED") seen.failed.push(request.url());
  });
  page.on("dialog", (dialog) => {
    seen.console.push(`${page.url()}: a dialog says ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("response", (response) => {
    if (response.status() >= 400) seen.failed.push(response.url());
  });
}

// `main` gets the arguments, and `open(path, options)`, which opens a page of the site at `args.site` as a new context
// with the options of Playwright (viewport, javaScriptEnabled, ...); `visit(paths, options, look)` opens many pages in a
// few tabs of one context, and gives what `look(page)` gives for each. What `main` returns is the `result`.
export async function run(main) {
  const { chromium: executablePath, ...args } = JSON.parse(readFileSync(0, "utf8"));
  const seen = { console: [], outside: [], failed: [] };
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const open = async (path, options = {}) => {
    const context = await browser.newContext({ locale: "en-GB", ...options });
    const page = await context.newPage();
    watch(page, args.site, seen);
    await page.goto(args.site + path);
    return page;
  };
  const visit = async (paths, options, look) => {
    const context = await browser.newContext({ locale: "en-GB", ...options });
    const found = {};
    const waiting = [...paths];
    const work = async () => {
      const page = await context.newPage();
      watch(page, args.site, seen);
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
        await page.goto(args.site + path);
        found[path] = await look(page);
      }
    };
    await Promise.all(Array.from({ length: TABS }, work));
    await context.close();
    return found;
  };
  try {
    const result = await main({ args, open, visit, seen });
    process.stdout.write(JSON.stringify({ result: result ?? null, ...seen }));
  } finally {
    await browser.close();
  }
}
