import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRoot } from "../../../scripts/system/layout.mjs";
import { sourceStrings } from "./sourceStrings";

type Texts = Readonly<Record<string, string>>;

function read(...path: readonly string[]): Texts {
  return JSON.parse(readFileSync(inRoot(...path), "utf8")) as Texts;
}

/** What must be the same in every language: places of values, icons, and what is typed as it stands. */
function fixedParts(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d\}|\$\([\w-]+\)|`[^`]+`|groqCoder\.\w+/g) ?? [])].toSorted();
}

const languages = readdirSync(inRoot("l10n"))
  .map((name) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(name)?.[1])
  .filter((language) => language !== undefined);

it("the source gives l10n.t plain strings only, so that they can be found", () => {
  expect(sourceStrings().unreadable).toEqual([]);
  expect(sourceStrings().texts.size).toBeGreaterThan(500);
});

it("German is there", () => {
  expect(languages).toContain("de");
});

describe.each(languages)("%s", (language) => {
  const check = (name: string, english: Texts, translated: Texts) =>
    describe(name, () => {
      it("has every text, and no other", () => {
        const missing = Object.keys(english).filter((key) => !(key in translated));
        const superfluous = Object.keys(translated).filter((key) => !(key in english));
        expect({ missing, superfluous }).toEqual({ missing: [], superfluous: [] });
      });

      it("says something everywhere, with the same places for values", () => {
        for (const [key, text] of Object.entries(translated)) {
          expect(text.trim(), key).not.toBe("");
          expect(fixedParts(text), key).toEqual(fixedParts(english[key] ?? ""));
        }
      });
    });

  const source = Object.fromEntries([...sourceStrings().texts].map((text) => [text, text]));
  check("the program", source, read("l10n", `bundle.l10n.${language}.json`));
  check("the manifest", read("package.nls.json"), read(`package.nls.${language}.json`));
});
