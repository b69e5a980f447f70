// Open `args.page` without JavaScript, and give the words of its main part and how many controls of it are in sight.
import { run } from "./driver.mjs";

run(async ({ args, open }) => {
  const page = await open(args.page, { javaScriptEnabled: false });
  const controls = page.locator("main :is(button, select, input, .editor)");
  const shown = await Promise.all((await controls.all()).map((one) => one.isVisible()));
  return { words: await page.locator("main").innerText(), controls: shown.length, shown: shown.filter(Boolean).length };
});
