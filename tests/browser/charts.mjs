// Look at the drawings of pages as a browser lays them out: what leaves its place, what covers what, what axe finds.
// axe is told not to read the stylesheet again, which no page may on a disk.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { run } from "./driver.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// This runs in the page.
function look() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const drawings = [...document.querySelectorAll("svg.chart")];
  for (const drawing of drawings) {
    const frame = drawing.getBoundingClientRect();
    const boxes = [];
    for (const text of drawing.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      const told = `${drawing.querySelector("title").textContent}: ${text.textContent}`;
      if (box.left < 0 || box.right > width + 0.5) faults.push(`${told} leaves the window`);
      if (box.top < frame.top - 1 || box.bottom > frame.bottom + 1) faults.push(`${told} leaves the drawing`);
      if (parseFloat(getComputedStyle(text).fontSize) < 12) faults.push(`${told} is too small`);
      // The boxes of lines are a little higher than their letters.
      boxes.push([box.left, box.top + 4, box.right, box.bottom - 4, told]);
    }
    boxes.sort((one, other) => one[1] - other[1]);
    for (let first = 0; first < boxes.length; first++) {
      for (let next = first + 1; next < boxes.length && boxes[next][1] < boxes[first][3]; next++) {
        const [one, other] = [boxes[first], boxes[next]];
        if (one[0] < other[2] && other[0] < one[2] && one[1] < other[3]) faults.push(`${one[4]} covers ${other[4]}`);
      }
    }
  }
  return { faults, drawings: drawings.length };
}

await run(async ({ args, open }) => {
  const found = {};
  for (const path of args.paths) {
    for (const [width, colorScheme] of [[390, "light"], [1280, "dark"]]) {
      const page = await open(path, { viewport: { width, height: 900 }, colorScheme });
      const { faults, drawings } = await page.evaluate(look);
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate(() => window.axe.run({ preload: false }));
      const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
      const told = grave.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
      found[`${path} ${width}`] = { drawings, faults: [...faults, ...told] };
      await page.context().close();
    }
  }
  return found;
});
