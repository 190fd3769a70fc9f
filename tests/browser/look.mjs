// Opens pages in headless Chromium and says what a reader meets. Arguments: path of the browser, a JSON list of steps.
// Prints one JSON object: what each step gave, errors of the console, requests to elsewhere, faults that axe-core finds.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [browserPath, modules, page, stepsText] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const steps = JSON.parse(stepsText);
// Without scripts axe-core cannot run either.
const scripts = !steps.some((step) => step.scripts === false);
const context = await browser.newContext({ bypassCSP: false, acceptDownloads: true, javaScriptEnabled: scripts });
const tab = await context.newPage();
const errors = [], requests = [];
tab.on("console", (message) => { if (["error", "warning"].includes(message.type())) errors.push(message.text()); });
tab.on("pageerror", (error) => errors.push(String(error)));
tab.on("dialog", (dialog) => { errors.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
tab.on("request", (request) => { if (!/^(file|blob|data):/.test(request.url())) requests.push(request.url()); });
const address = `file://${page}`;
await tab.goto(address);
const session = await context.newCDPSession(tab);
const results = [];
for (const step of steps) {
  if (step.open !== undefined) { await tab.goto("about:blank"); await tab.goto(address + step.open); }
  if (step.media) await tab.emulateMedia(step.media);
  for (const key of step.keys ?? []) await tab.keyboard.press(key);
  if (step.fill) await tab.fill(step.fill[0], step.fill[1]);
  if (step.select) await tab.selectOption(step.select[0], step.select[1]);
  if (step.click) await tab.click(step.click);
  if (step.download) {
    const [download] = await Promise.all([tab.waitForEvent("download"), tab.click(step.download)]);
    results.push(readFileSync(await download.path(), "utf8"));
  }
  if (step.evaluate) {
    // The page's own policy forbids eval in it; the protocol's evaluation is outside of that.
    results.push(await tab.evaluate(step.evaluate));
  }
}
if (!scripts) {
  console.log(JSON.stringify({ results, errors, requests, violations: [] }));
  await browser.close();
  process.exit(0);
}
// axe-core runs in a world of the tool's own, so that the page's policy need not be loosened.
const { frameTree } = await session.send("Page.getFrameTree");
const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
await session.send("Runtime.evaluate", { expression: axe, contextId: executionContextId });
const found = await session.send("Runtime.evaluate", {
  expression: "axe.run().then((result) => JSON.stringify(result.violations.map((one) => " +
    "`${one.id}: ${one.help} (${one.nodes.length}, ${one.nodes[0].html.slice(0, 200)})`)))",
  contextId: executionContextId, awaitPromise: true, returnByValue: true,
});
const violations = JSON.parse(found.result.value ?? "null") ?? [JSON.stringify(found)];
console.log(JSON.stringify({ results, errors, requests, violations }));
await browser.close();
