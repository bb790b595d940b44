import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandNames, usageCommand } from "../../src/host/commands/commandNames";

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly contributes: {
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

const allCommands = [...commandNames, usageCommand];
const root = new URL("../../", import.meta.url);
const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, root), "utf8")) as unknown;
const manifest = readJson("package.json") as Manifest;
const words = readJson("package.nls.json") as Readonly<Record<string, string>>;
const translations = globSync("package.nls.*.json", { cwd: root }).map(
  (file) => readJson(file) as Readonly<Record<string, string>>,
);
const linksIn = (text: string) => [...text.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link);
const inWords = (text: string) => words[text.slice(1, -1)] ?? "";

describe("the oldest VS Code", () => {
  it("is the one that the code is type-checked against", () => {
    const types = readJson("node_modules/@types/vscode/package.json") as { version: string };
    expect(manifest.engines.vscode).toBe(`^${types.version}`);
  });

  it("is asked for no proposed API", () => {
    expect(manifest).not.toHaveProperty("enabledApiProposals");
  });
});

describe.each(manifest.contributes.walkthroughs.flatMap(({ steps }) => steps))(
  "step $id of the walkthrough",
  ({ title, description, media, completionEvents }) => {
    it("has its words and a picture that is packed", () => {
      for (const text of [title, description, media.altText]) expect(inWords(text)).not.toBe("");
      expect(media.svg).toMatch(/^media\/walkthrough\/\w+\.svg$/);
      expect(existsSync(new URL(media.svg, root))).toBe(true);
    });

    it("takes its picture's colours from the theme", () => {
      const picture = readFileSync(new URL(media.svg, root), "utf8");
      expect(picture).not.toMatch(/#[0-9a-f]{3,8}\b|\brgb|<style|style=|<script|href/i);
      expect(picture).toContain("var(--vscode-");
    });

    it("links to our commands and to Groq's pages only, in every language", () => {
      const links = linksIn(inWords(description));
      const key = description.slice(1, -1);
      for (const translated of translations) expect(linksIn(translated[key] ?? "")).toEqual(links);
      expect(links.length).toBeGreaterThan(0);
      const commands = allCommands.map((name) => `command:groqCoder.${name}`);
      for (const link of links)
        expect([...commands, "https://console.groq.com/keys"]).toContain(link);
    });

    it("is ticked off by what happens", () => {
      const { properties } = manifest.contributes.configuration;
      const steps = readFileSync(new URL("src/host/firstSteps.ts", root), "utf8");
      expect(completionEvents.length).toBeGreaterThan(0);
      for (const event of completionEvents) {
        const [, kind, name = ""] =
          /^(\w+):groqCoder\.([\w.]+)(?: && groqCoder\.walkthroughKnown)?$/.exec(event) ?? [];
        const known =
          kind === "onCommand"
            ? allCommands.some((command) => command === name)
            : kind === "onSettingChanged"
              ? `groqCoder.${name}` in properties
              : kind === "onContext" && steps.includes(`"${name}"`);
        expect([event, known]).toEqual([event, true]);
      }
    });
  },
);
