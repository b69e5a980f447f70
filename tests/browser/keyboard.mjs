// Go through `args.page` by keyboard alone: to its content, into its menu, to a note and back; tell where the focus is.
import { run } from "./driver.mjs";

// These run in the page.
const focused = () => {
  const one = document.activeElement;
  const { top, bottom, left, right, width } = one.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return {
    name: one.id || one.className || one.tagName.toLowerCase(),
    isInMenu: one.matches(".menu a"),
    isSeen: width > 1 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
    isMarked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
  };
};
const isShown = (id) => {
  const { top, bottom } = document.getElementById(id).getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

run(async ({ args, open }) => {
  const page = await open(args.page);
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
    return page.evaluate(focused);
  };
  const seek = async (selector, most = 60) => {
    for (let count = 0; count < most; count++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((one) => document.activeElement.matches(one), selector)) return page.evaluate(focused);
    }
    throw new Error(`no ${selector} within ${most} stops`);
  };
  const skip = await press("Tab");
  const main = await press("Enter");
  await page.goto(args.site + args.page);
  const stops = [];
  for (let count = 0; count < 40; count++) stops.push(await press("Tab"));
  await page.goto(args.site + args.page);
  const menu = await seek(".menu summary");
  await press("Enter");
  const isOpen = await page.evaluate(() => document.querySelector(".menu").open);
  const first = await press("Tab");
  await press("Shift+Tab", "Enter");
  const isClosed = await page.evaluate(() => !document.querySelector(".menu").open);
  const mark = await seek("main a.mark");
  await press("Enter");
  const note = new URL(page.url()).hash.slice(1);
  const opened = { note, isShown: await page.evaluate(isShown, note), isTarget: await page.locator(`#${note}:target`).count() };
  const back = await seek(".back", 20);
  const returned = await press("Enter");
  const closed = await page.locator("[id^=note-]:target").count();
  return { skip, main, stops, menu, isOpen, first, isClosed, mark, opened, back, returned, closed };
});
