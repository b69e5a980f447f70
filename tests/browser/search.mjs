// Ask the search page each of `args.queries`, and give for each what it says and finds; then go through it by keyboard.
import { run } from "./driver.mjs";

const read = (page) =>
  page.evaluate(() => {
    const items = [...document.querySelectorAll("#results > li")];
    const more = document.getElementById("more");
    while (!more.hidden) more.click();
    return {
      said: document.getElementById("found").textContent,
      count: document.querySelectorAll("#results > li").length,
      found: items.map((item) => [item.querySelector("a").textContent, item.querySelector("a").getAttribute("href")]),
      notes: items.map((item) => item.querySelector(".quiet")?.textContent.trim() ?? ""),
    };
  });

const isSaid = (text) => document.getElementById("found").textContent.includes(`“${text}”`);

run(async ({ args, open }) => {
  const page = await open(args.page);
  const answers = {};
  for (const query of args.queries) {
    await page.locator("#q").fill(query);
    await page.locator("#q").press("Enter");
    await page.waitForFunction(isSaid, query);
    answers[query] = await read(page);
  }
  await page.locator("#q").fill("");
  await page.locator("#q").pressSequentially("instrument");
  await page.waitForFunction(isSaid, "instrument");
  const stops = [];
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) {
    await page.keyboard.press(key);
    stops.push(await page.evaluate(() => document.activeElement.closest("#results, #q").id));
  }
  await page.keyboard.press("ArrowUp");
  stops[2] = await page.evaluate(() => document.activeElement.id);
  const address = new URL(page.url()).search;
  const given = await open(`${args.page}?q=${encodeURIComponent(args.queries[0])}`);
  await given.waitForFunction(isSaid, args.queries[0]);
  return { answers, stops, address, given: await read(given) };
});
