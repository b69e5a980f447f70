// Ask the search page each of `args.queries`, and give for each what it says and finds; then go through it by keyboard.
import { run } from "./driver.mjs";

const read = (page) =>
  page.evaluate(() => ({
    said: document.getElementById("found").textContent,
    found: [...document.querySelectorAll("#results a")].map((link) => [link.textContent, link.getAttribute("href")]),
  }));

run(async ({ args, open }) => {
  const page = await open(args.page);
  const settled = (text) => page.waitForFunction((one) => document.getElementById("found").textContent.includes(one), text);
  const answers = {};
  for (const query of args.queries) {
    await page.locator("#q").fill(query);
    await page.locator("#q").press("Enter");
    await settled(query);
    answers[query] = await read(page);
  }
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = await page.evaluate(() => document.activeElement.getAttribute("href"));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  const back = await page.evaluate(() => document.activeElement.id);
  const address = new URL(page.url()).search;
  const given = await open(`${args.page}?q=${encodeURIComponent(args.queries[0])}`);
  await given.waitForFunction(() => document.querySelector("#results a"));
  return { answers, second, back, address, given: await read(given) };
});
