// Search for each of `args.names`, and give for each the links found, as many as the page shows at once.
import { run } from "./driver.mjs";

run(async ({ args, open }) => {
  const page = await open("search.html?q=a");
  await page.waitForSelector("#results a");
  return page.evaluate((names) => {
    const box = document.getElementById("q");
    const found = {};
    for (const name of names) {
      box.value = name;
      document.getElementById("search").requestSubmit();
      found[name] = [...document.querySelectorAll("#results a")].map((link) => link.getAttribute("href"));
    }
    return found;
  }, args.names);
});
