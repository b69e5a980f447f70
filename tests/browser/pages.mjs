// Open each of `args.paths` in a window as narrow as WCAG 2.2 asks for (1.4.10), and give what leaves it.
import { run } from "./driver.mjs";

// This runs in the page. What scrolls by itself may be wider.
function look() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return null;
  const wide = [...document.querySelectorAll("main *, header *, footer *")].filter(
    (one) => one.getBoundingClientRect().right > width + 0.5 && !one.closest(".scroll, pre, svg, .unseen"),
  );
  return wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 150));
}

run(({ args, visit }) => visit(args.paths, { viewport: { width: 320, height: 600 } }, (page) => page.evaluate(look)));
