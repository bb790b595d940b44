import { foldName } from "./foldName";

/** Why an edit of a file is more than an edit: what it could set off once it is written. */
export type EditRisk =
  | "editorFolder"
  | "hook"
  | "continuousIntegration"
  | "container"
  | "agent"
  | "packageManifest"
  | "lockFile"
  | "packageManager"
  | "environment"
  | "build"
  | "shell"
  | "schemaAddress"
  | "remoteConfiguration"
  | "lifecycleScript"
  | "otherNames"
  | "hiddenCharacters";

/** By a folder that the file is in, at whatever depth; `*` stands for any run of characters. */
const folders = patterns({
  editorFolder: ".vscode .idea .fleet .zed",
  // Git runs what the configuration of a repository without a work tree names, too.
  hook: ".husky .githooks .git-hooks *.git",
  continuousIntegration: ".github .gitlab .gitea .forgejo .circleci .buildkite .woodpecker .ci",
  container: ".devcontainer",
  agent:
    ".claude .cursor .codex .gemini .windsurf .cline* .roo* .continue .agent .agents .aider* .mcp" +
    " .kiro .amazonq .junie .qwen .opencode",
  packageManager: ".yarn .cargo .mvn",
});

/** By the file's own name. */
const names = patterns({
  hook:
    "pre-commit pre-push pre-rebase pre-receive pre-merge-commit prepare-commit-msg commit-msg post-commit" +
    " post-merge post-checkout post-rewrite post-receive applypatch-msg lefthook*.yml lefthook*.yaml" +
    " .lefthook*.yml .pre-commit-config.y*ml .pre-commit-hooks.y*ml",
  continuousIntegration:
    ".gitlab-ci.y*ml .travis.y*ml jenkinsfile* azure-pipelines*.y*ml appveyor.y*ml bitbucket-pipelines.y*ml" +
    " .drone.y*ml .woodpecker.y*ml buildspec.y*ml cloudbuild.y*ml action.y*ml",
  container:
    "dockerfile* *.dockerfile containerfile* compose*.y*ml docker-compose*.y*ml devcontainer.json",
  agent:
    "mcp.json .mcp.json mcp_*.json opencode.json* agents.md agents.override.md claude*.md gemini.md qwen.md" +
    " skill.md .cursorrules .clinerules .windsurfrules copilot-instructions.md *.instructions.md *.prompt.md" +
    " .goosehints .aider*",
  packageManifest:
    "package.json composer.json pyproject.toml cargo.toml gemfile go.mod requirements*.txt pipfile deno.json" +
    " deno.jsonc *.csproj *.fsproj *.vbproj *.gemspec package.swift mix.exs podfile *.podspec pubspec.yaml",
  lockFile:
    "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb cargo.lock gemfile.lock" +
    " composer.lock poetry.lock pipfile.lock uv.lock go.sum flake.lock deno.lock",
  packageManager:
    ".npmrc .yarnrc .yarnrc.y*ml .pnpmfile.cjs pnpm-workspace.yaml .pypirc pip.conf nuget.config bunfig.toml",
  environment: ".env* *.env .flaskenv",
  build:
    "makefile* gnumakefile *.mk cmakelists.txt *.cmake build.gradle* settings.gradle* gradlew* pom.xml build.rs" +
    " build.zig build.xml build.sbt build.ninja build.ps1 meson.build setup.py setup.cfg conftest.py noxfile.py" +
    " tox.ini rakefile justfile taskfile.y*ml gulpfile.* gruntfile.* *.config.*js *.config.*ts configure" +
    " configure.ac mvnw* *.conf.js *.conf.ts .eslintrc* .babelrc* .prettierrc* .mocharc* .lintstagedrc* directory.build.*" +
    " *.props *.targets build workspace module.bazel workspace.bazel build.bazel *.bzl sitecustomize.py *.pth" +
    " *.nix sconstruct sconscript snakefile earthfile tiltfile fastfile dangerfile vagrantfile",
  shell:
    ".bashrc .bash_profile .bash_login .bash_logout .bash_aliases .zshrc .zshenv .zprofile .zlogin .zlogout" +
    " .profile .kshrc .cshrc .tcshrc .login .inputrc config.fish profile.ps1 *.profile.ps1 .tool-versions" +
    " mise.toml .mise.toml .vimrc .exrc .nvim.lua .dir-locals.el .gdbinit .lldbinit .irbrc .rprofile" +
    " .gitconfig .gitattributes .gitmodules",
});

type Patterns = readonly (readonly [EditRisk, RegExp])[];

function patterns(words: { readonly [Risk in EditRisk]?: string }): Patterns {
  return Object.entries(words).map(([risk, list]) => {
    const alternatives = list
      .split(" ")
      .map((name) => name.replaceAll(".", String.raw`\.`).replaceAll("*", ".*"));
    // The keys of an object literal of this type are no others.
    return [risk as EditRisk, new RegExp(`^(?:${alternatives.join("|")})$`)];
  });
}

/** What an edit of the file could set off, by its paths and by what it writes; in the order of their weight. */
export function risksOf(file: {
  readonly paths: readonly string[];
  readonly before: string;
  readonly after: string;
}): readonly EditRisk[] {
  const found = new Set<EditRisk>();
  for (const path of file.paths) for (const risk of risksOfPath(path)) found.add(risk);
  for (const risk of risksOfText(file.before, file.after)) found.add(risk);
  return [...found];
}

function risksOfPath(path: string): readonly EditRisk[] {
  const parts = path.split(/[\\/]/).map(foldName);
  const name = parts.at(-1) ?? "";
  const inFolders = folders.filter(([, test]) =>
    parts.slice(0, -1).some((part) => test.test(part)),
  );
  return [...inFolders, ...names.filter(([, test]) => test.test(name))].map(([risk]) => risk);
}

/** By what a text holds, up to the end of a line. */
const texts: Patterns = [
  // An editor fetches the address when it opens the file.
  [
    "schemaAddress",
    /\$schema["']?\s*[:=]\s*[^\s,]*|#\s*yaml-language-server:.*|xsi:\w*schemaLocation.*/gi,
  ],
  [
    "remoteConfiguration",
    /\bextends["']?\s*[:=]\s*(?:\[[^\]]{0,400}|.{0,400})(?:https?:|git[+:@]|github:|\/\/).*/gi,
  ],
  [
    "lifecycleScript",
    /["'](?:(?:pre|post)?install|prepare|prepack|postpack|prepublish(?:Only)?|postCreateCommand|initializeCommand)["']\s*:\s*.*|["']runOn["']\s*:\s*["']folderOpen/g,
  ],
];

/** What was there already does not count. */
function risksOfText(before: string, after: string): readonly EditRisk[] {
  const [was, is] = [plain(before), plain(after)];
  return texts
    .filter(([, pattern]) => {
      const written = is.match(pattern) ?? [];
      const known = new Set(written.length === 0 ? [] : was.match(pattern));
      return written.some((each) => !known.has(each));
    })
    .map(([risk]) => risk);
}

/** A name in JSON and YAML may be written in escapes: `"\u0024schema"`. */
function plain(text: string): string {
  if (!text.includes("\\u") && !text.includes("\\x")) return text;
  return text.replace(/\\(?:u([\da-f]{4})|x([\da-f]{2}))/gi, (_, four?: string, two?: string) =>
    String.fromCharCode(Number.parseInt(four ?? two ?? "", 16)),
  );
}
