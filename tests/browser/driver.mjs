// Drive a headless Chromium for a test: `run(main)` reads its arguments from standard input and writes one JSON document.
// Of every page opened it keeps what went wrong: errors in the console, requests that leave the site, requests that fail.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

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
  page.on("requestfailed", (request) => seen.failed.push(request.url()));
  page.on("response", (response) => {
    if (response.status() >= 400) seen.failed.push(response.url());
  });
}

// `main` gets the arguments, and `open(path, options)`, which opens a page of the site at `args.site` as a new context
// with the options of Playwright (viewport, javaScriptEnabled, ...). What it returns is the `result`.
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
  try {
    const result = await main({ args, open, seen });
    process.stdout.write(JSON.stringify({ result: result ?? null, ...seen }));
  } finally {
    await browser.close();
  }
}
