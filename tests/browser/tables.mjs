// Move the first table of each of `args.paths` to its right end, in a window of `args.width`, and tell of its first column.
import { run } from "./driver.mjs";

// This runs in the page.
function look() {
  const box = document.querySelector("main .scroll");
  box.scrollLeft = box.scrollWidth;
  const { left, width } = box.getBoundingClientRect();
  const first = [...box.querySelectorAll("tr > :first-child")].map((cell) => cell.getBoundingClientRect());
  const clear = "rgba(0, 0, 0, 0)";
  return {
    moved: box.scrollLeft,
    away: Math.max(...first.map((cell) => Math.abs(cell.left - left))),
    share: Math.max(...first.map((cell) => cell.width)) / width,
    isClear: [...box.querySelectorAll("tr > :first-child")].some((cell) => getComputedStyle(cell).backgroundColor === clear),
  };
}

run(({ args, visit }) => visit(args.paths, { viewport: { width: args.width, height: 800 } }, (page) => page.evaluate(look)));
