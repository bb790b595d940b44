import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCrashLoad } from "../../bench/store/crashLoad";
import { bundleProgram } from "../../fakes/bundledProgram";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { useWindows } from "./windows";
import { expectRollUpsToFit, readAllCalls } from "./storeSamples";

const windows = useWindows();
const bundles = new TemporaryFolder();
const program = bundles.file("storeWindow.mjs");
beforeAll(() => bundleProgram("test/bench/store/storeWindow.ts", program));
afterAll(() => bundles[Symbol.dispose]());

const long = 60_000;

it(
  "eight windows that are killed at any moment lose nothing and keep the cap",
  async () => {
    const report = await runCrashLoad({
      path: windows.path,
      program,
      seed: 20_261_120,
      windows: 8,
      kills: 40,
      cap: 1_000_000n,
    });
    expect(report.faults).toEqual([]);
    expect(report).toMatchObject({ kills: 40, locked: 0 });
    expect(report.reserved).toBeGreaterThan(500);
    expect(report.limitUpdates).toBeGreaterThan(50);
    expectRollUpsToFit(windows.path);
  },
  long,
);

it(
  "at a cap that is soon reached none goes over it",
  async () => {
    const report = await runCrashLoad({
      path: windows.path,
      program,
      seed: 7,
      windows: 8,
      kills: 16,
      cap: 20_000n,
    });
    expect(report.faults).toEqual([]);
    expect(report.refused).toBeGreaterThan(20);
  },
  long,
);

it(
  "windows that find the same file damaged at once recover it once",
  async () => {
    writeFileSync(windows.path, "no database at all, but long enough ".repeat(500));
    const names = ["a", "b", "c", "d"];
    const children = names.map((name) =>
      spawn(process.execPath, [program, windows.path, name, "1", "1000000000"], {
        stdio: ["ignore", "pipe", "inherit"],
      }),
    );
    await Promise.all(children.map((child) => once(child.stdout, "data")));
    // Each has acknowledged something once it says a capital R.
    await Promise.all(children.map(firstReservation));
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(children.map((child) => once(child, "close")));
    const asides = readdirSync(windows.folder.path).filter((name) => name.includes("damaged"));
    expect(asides.length).toBe(1);
    const ids = readAllCalls(windows.open()).map(({ id }) => id);
    for (const name of names) expect(ids.some((id) => id.startsWith(name))).toBe(true);
    expectRollUpsToFit(windows.path);
  },
  long,
);

async function firstReservation(child: { readonly stdout: NodeJS.ReadableStream }): Promise<void> {
  let text = "";
  while (!text.includes("R ")) text += String(await once(child.stdout, "data"));
}
