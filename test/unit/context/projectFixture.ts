import { readdirSync, readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { inRoot } from "../../../scripts/system/layout.mjs";
import type { ProjectFiles } from "../../../src/core/context/testConventions";

const manifest = /(?:^|\/)(?:package\.json|pyproject\.toml|go\.mod)$/;

/** A small project of `test/fixtures/testConventions`, as it is read from a workspace. */
export function projectFixture(name: string): ProjectFiles & { readonly folder: string } {
  const folder = inRoot("test", "fixtures", "testConventions", name);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name: file }) =>
      relative(folder, `${parentPath}${sep}${file}`).replaceAll(sep, "/"),
    );
  const manifests = new Map(
    paths
      .filter((path) => manifest.test(path))
      .map((path) => [path, readFileSync(`${folder}/${path}`, "utf8")]),
  );
  return { folder, paths, manifests };
}
