// Open each of `args.paths` of a hostile site, and tell whether anything ran, and what the page shows as text.
// Then search for `args.query`, and choose each example of the SPARQL page.
import { run } from "./driver.mjs";

// This runs in the page; what a script would set is `window.hurt`.
function look() {
  for (const one of document.querySelectorAll("details")) one.open = true;
  return {
    hurt: window.hurt !== undefined,
    text: document.body.innerText,
    scripts: [...document.scripts].filter((one) => !one.src && !one.type.endsWith("json")).length,
    images: document.images.length,
    handlers: [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on")))
      .length,
    links: [...document.links].filter(({ protocol }) => !["file:", "https:", "http:", "mailto:"].includes(protocol)).length,
  };
}

run(async ({ args, open, visit }) => {
  const pages = await visit(args.paths, {}, (page) => page.evaluate(look));
  const search = await open(`search.html?q=${encodeURIComponent(args.query)}`);
  await search.waitForSelector("#results a");
  const sparql = await open("sparql.html");
  const values = await sparql.locator("#example option").evaluateAll((all) => all.map(({ value }) => value));
  for (const value of values) await sparql.locator("#example").selectOption(value);
  return { pages, search: await search.evaluate(look), sparql: await sparql.evaluate(look), examples: values.length };
});
