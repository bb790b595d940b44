import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { gitProgram } from "../../src/host/context/gitProgram";
import { TemporaryFolder } from "../fakes/temporaryFolder";

/** A program of the repository's, which leaves a file behind when it is run. */
function trap(folder: TemporaryFolder, name: string): string {
  return `touch '${folder.file(name)}' && cat`;
}

it("R6: what is ignored is told by no program that the repository names", async () => {
  using project = new TemporaryFolder();
  using traps = new TemporaryFolder();
  const git = (...words: readonly string[]) => execFileSync("git", words, { cwd: project.path });
  git("init", "--quiet");
  writeFileSync(project.file(".gitignore"), "*.env\n!kept.env\n");
  git("config", "core.fsmonitor", trap(traps, "fsmonitor"));
  const isIgnored = (name: string) => gitProgram.isIgnored("git", project.path, project.file(name));
  expect(await isIgnored("my.env")).toBe(true);
  expect(await isIgnored("kept.env")).toBe(false);
  // No pattern of files, but the name of one.
  expect(await isIgnored(":(top)my.env")).toBe(true);
  expect(await isIgnored("-v")).toBe(false);
  expect(readdirSync(traps.path)).toEqual([]);
});

it("a folder without a repository tells nothing of what is ignored", async () => {
  using folder = new TemporaryFolder();
  await expect(gitProgram.isIgnored("git", folder.path, folder.file("a"))).rejects.toThrow();
});

it("R6: a diff runs no program that the repository names, and says what has changed", async () => {
  using project = new TemporaryFolder();
  using traps = new TemporaryFolder();
  const git = (...words: readonly string[]) => execFileSync("git", words, { cwd: project.path });
  git("init", "--quiet");
  writeFileSync(project.file(".gitattributes"), "*.txt diff=evil\n");
  writeFileSync(project.file("a.txt"), "one\n");
  git("add", ".");
  git("-c", "user.name=n", "-c", "user.email=e@e", "commit", "--quiet", "--message=one");
  writeFileSync(project.file("a.txt"), "two\n");
  git("config", "diff.external", trap(traps, "external"));
  git("config", "diff.evil.command", trap(traps, "command"));
  git("config", "diff.evil.textconv", trap(traps, "textconv"));
  git("config", "core.fsmonitor", trap(traps, "fsmonitor"));
  git("config", "diff.noprefix", "true");

  const diff = await gitProgram.diff("git", project.path, false);
  expect(diff).toContain("--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-one\n+two\n");
  expect(await gitProgram.diff("git", project.path, true)).toBe("");
  expect(readdirSync(traps.path)).toEqual([]);
});
