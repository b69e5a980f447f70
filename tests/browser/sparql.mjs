// Work the SPARQL page at `args.page`: run `args.query`, or else the example chosen, with each step of `args.steps`.
// A step is { query } or { example }, with `stop: true` to stop it; for each it gives what the page shows.
import { readFileSync } from "node:fs";
import { run } from "./driver.mjs";

const read = (page) =>
  page.evaluate(() => ({
    status: document.getElementById("status").textContent,
    fault: document.getElementById("fault").hidden ? null : document.getElementById("fault").textContent,
    head: [...document.querySelectorAll("#answer th")].map((cell) => cell.textContent),
    rows: [...document.querySelectorAll("#answer tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent)),
    links: [...document.querySelectorAll("#answer a")].map((link) => link.getAttribute("href")),
    text: document.querySelector("#answer pre")?.textContent ?? null,
    marked: document.getElementById("query").shadowRoot.querySelector(".faulty")?.textContent ?? null,
    editor: document.getElementById("query").shadowRoot.querySelector(".cm-content").innerText,
    question: document.getElementById("question").textContent,
  }));

async function download(page) {
  const files = {};
  for (const link of await page.locator("#downloads a").all()) {
    const [saved] = await Promise.all([page.waitForEvent("download"), link.click()]);
    files[saved.suggestedFilename()] = readFileSync(await saved.path(), "utf8");
  }
  return files;
}

async function work(page, { query, example, stop }) {
  if (example !== undefined) await page.locator("#example").selectOption(example);
  if (query !== undefined) {
    await page.locator("#query .cm-content").fill(query);
    await page.keyboard.press("Control+Enter");
  } else {
    await page.locator("#run").click();
  }
  if (stop) {
    await page.waitForFunction(() => document.getElementById("status").textContent.startsWith("Running"));
    await page.locator("#stop").click();
  }
  await page.waitForFunction(() => document.getElementById("stop").disabled);
  return { ...(await read(page)), files: await download(page) };
}

run(async ({ args, open }) => {
  const page = await open(args.page, { acceptDownloads: true });
  const steps = [];
  for (const step of args.steps) steps.push(await work(page, step));
  return steps;
});
