// Open the menu of `args.page` in each of `args.windows` ([width, height]), and give the links that scrolling down in it
// does not bring into sight.
import { run } from "./driver.mjs";

// This runs in the page.
function look() {
  const box = document.querySelector(".menu .groups");
  const links = [...box.querySelectorAll("a")];
  const hidden = links.filter((link) => {
    link.scrollIntoView({ block: "nearest" });
    box.scrollLeft = 0;
    const { left, right, top, bottom } = link.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return left < 0 || right > innerWidth || document.elementFromPoint(x, y)?.closest("a") !== link;
  });
  return { links: links.length, hidden: hidden.map((link) => link.textContent), isWide: box.scrollWidth > box.clientWidth };
}

run(async ({ args, open }) => {
  const found = [];
  for (const [width, height] of args.windows) {
    const page = await open(args.page, { viewport: { width, height } });
    await page.locator(".menu summary").click();
    found.push(await page.evaluate(look));
    await page.context().close();
  }
  return found;
});
