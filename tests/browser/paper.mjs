// Lay out each of `args.paths` as for paper (A4, with the margins of the stylesheet), and give what leaves the sheet.
import { run } from "./driver.mjs";

// In pixels of CSS, 96 to the inch: what the margins leave of the width of A4, upright and turned.
const UPRIGHT = Math.floor((18 * 96) / 2.54);
const TURNED = Math.floor((27.7 * 96) / 2.54);

// These run in the page.
const isTurned = () => getComputedStyle(document.body).page === "turned";
function look() {
  const width = document.documentElement.clientWidth;
  const told = (one) => one.outerHTML.slice(0, 120);
  const shown = [...document.querySelectorAll("main *")].filter((one) => !one.closest(".unseen, svg"));
  const outside = shown.filter((one) => one.getBoundingClientRect().right > width + 0.5);
  const clipped = shown.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible");
  const spilt = shown.filter((one) => one.matches("th, td") && one.scrollWidth > one.clientWidth + 1);
  return [...outside, ...clipped, ...spilt].slice(0, 3).map(told);
}

run(({ args, visit }) =>
  visit(args.paths, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    const turned = await page.evaluate(isTurned);
    await page.setViewportSize({ width: turned ? TURNED : UPRIGHT, height: 900 });
    return { turned, cut: await page.evaluate(look) };
  }),
);
