/**
 * The demo as a stranger meets it: in a real browser, from the first question to a node that is Ready again. Chromium is
 * CHROMIUM or /usr/bin/chromium. With WRITE_PICTURES the README's pictures are made anew.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";
import { pressFix } from "../../src/demo/fix.ts";
import { isMendable } from "../../src/demo/practice/restart.ts";
import { realProduct } from "../../src/demo/product-under-test.ts";
import { demoChannel, type Stage, setStage } from "../../src/demo/stage.ts";
import { systemClock } from "../../src/platform/clock.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const waitMs = 60_000;
const root = fileURLToPath(new URL("../..", import.meta.url));

let dir: string;
let stage: Stage;
let browser: Browser | undefined;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "node-why-page-"));
  const recordings = join(root, "test/bundles");
  stage = await setStage({ recordings, dir, clock: systemClock, startProduct: realProduct });
});

afterEach(async () => {
  await browser?.close();
  await stage.close();
  await rm(dir, { recursive: true });
});

if (existsSync(executablePath)) {
  test("a question, Fix…, a confirmation, the outcome, and Ready: in the browser, light and dark", walkThePage, waitMs);
} else {
  console.error(`SKIPPED: the demo's page in a browser. There is no ${executablePath}; name one with CHROMIUM`);
  // In CI a page that nobody looked at is a failure.
  if (process.env.CI) test("chromium is there", () => expect(existsSync(executablePath)).toBe(true));
  else test.skip("the demo's page in a browser: there is no chromium", () => undefined);
}

test(
  "every node that a restart mends offers the fix, and the fix succeeds",
  async () => {
    const mendable = stage.recorded.filter(({ expect: { roots } }) => isMendable(roots[0]));
    expect(mendable.length).toBeGreaterThanOrEqual(3);
    for (const { name } of mendable) {
      await stage.slack.slash({ text: `why ${name}`, channel: demoChannel, user: "ana" });
      await stage.slack.waitFor(() => stage.report(name), waitMs);
      await stage.slack.waitFor(() => shownButton(name), waitMs);
      const seen = await pressFix(stage, "ana", name);
      expect([name, typeof seen === "string" ? seen : seen.end.text]).toEqual([
        name,
        expect.stringContaining("SUCCEEDED"),
      ]);
    }
    expect(stage.slack.problems()).toEqual([]);
  },
  2 * waitMs,
);

function shownButton(name: string): boolean {
  return stage.slack
    .messages(demoChannel)
    .some(({ text, blocks }) => text.startsWith(`${name} `) && blocks.some(({ type }) => type === "actions"));
}

async function walkThePage(): Promise<void> {
  const page = await openPage();
  const node = stage.recorded.find(({ expect: { roots } }) => roots[0] === "runtime-stopped")?.name ?? "";
  const log = page.getByRole("log", { name: /^Messages/ });
  await ask(page, `/node why ${node}`);
  await log.getByRole("button", { name: "Fix…" }).waitFor();
  await picture(page, "answer");

  await log.getByRole("button", { name: "Fix…" }).click();
  await page.getByRole("dialog").getByText("sudo systemctl restart containerd.service").first().waitFor();
  await picture(page, "dialog");
  await page.getByRole("button", { name: "Run it now" }).click();
  await page.getByRole("dialog").getByText("It is under way").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await log.getByRole("link", { name: /repl(y|ies)/ }).click();
  const thread = page.getByRole("log", { name: "Thread" });
  const outcome = thread.getByText(`${node} (practice): restart-runtime SUCCEEDED`).first();
  await outcome.waitFor();
  await thread.getByText(/^Record:/).scrollIntoViewIfNeeded();
  await picture(page, "demo");
  expect(stage.cluster.nodes.find(({ name }) => name === node)?.healed()).toBe(true);

  await page.getByRole("link", { name: "Close the thread" }).click();
  await ask(page, `/node why ${node}`);
  const ready = log.getByText(`${node} Ready (practice): nothing wrong now`).first();
  await ready.waitFor();
  expect(await ready.evaluate(liesInView)).toBe(true); // nobody has to scroll to the answer
  await picture(page, "ready");
  expect(stage.slack.problems()).toEqual([]);
}

function liesInView(element: { getBoundingClientRect: () => { top: number; bottom: number } }): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= 780;
}

async function openPage(): Promise<Page> {
  const quiet = ["quic", "gpu", "background-networking", "component-update", "sync"].map((what) => `--disable-${what}`);
  browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--no-first-run", ...quiet] });
  const page = await browser.newPage({ viewport: { width: 1240, height: 780 }, reducedMotion: "reduce" });
  page.setDefaultTimeout(waitMs / 2);
  await page.goto(stage.slack.pageUrl);
  return page;
}

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message or command" }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

/** In both looks; the README's own picture goes to the documentation where that is asked for. */
async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const shot = await page.screenshot({ path: join(tmpdir(), `node-why-${name}-${colorScheme}.png`) });
    expect(shot.length).toBeGreaterThan(10_000);
    if (name !== "demo" || !process.env.WRITE_PICTURES) continue;
    await page.screenshot({ path: join(root, `docs/pictures/demo-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: "light" });
}
