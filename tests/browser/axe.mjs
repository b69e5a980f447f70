// Let axe look at each of `args.paths`, in each of `args.windows` ([width, "light" or "dark"]); give what is grave.
// It is told not to read the stylesheet again, which no page may on a disk.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { run } from "./driver.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const GRAVE = ["serious", "critical"];

async function look(page) {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() =>
    window.axe.run({ preload: false, resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  const grave = violations.filter(({ impact }) => GRAVE.includes(impact));
  return { passes: passes.length, grave: grave.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].html.slice(0, 200)}`) };
}

run(async ({ args, visit }) => {
  const found = [];
  for (const [width, colorScheme] of args.windows) {
    found.push(await visit(args.paths, { viewport: { width, height: 900 }, colorScheme }, look));
  }
  return found;
});
