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
  | "hiddenCharacters";

/** By a folder that the file is in, at whatever depth; `*` stands for any run of characters. */
const folders = patterns({
  editorFolder: ".vscode .idea .fleet .zed",
  hook: ".husky .githooks .git-hooks",
  continuousIntegration: ".github .gitlab .circleci .buildkite .ci",
  container: ".devcontainer",
  agent:
    ".claude .cursor .codex .gemini .windsurf .cline* .roo* .continue .agent .agents .aider* .mcp",
  packageManager: ".yarn .cargo .mvn",
});

/** By the file's own name. */
const names = patterns({
  hook:
    "pre-commit pre-push pre-rebase pre-receive pre-merge-commit prepare-commit-msg commit-msg post-commit" +
    " post-merge post-checkout post-rewrite post-receive applypatch-msg lefthook*.yml lefthook*.yaml" +
    " .lefthook*.yml .pre-commit-config.y*ml .pre-commit-hooks.y*ml",
  continuousIntegration:
    ".gitlab-ci.y*ml .travis.y*ml jenkinsfile* azure-pipelines*.y*ml appveyor.y*ml bitbucket-pipelines.y*ml",
  container:
    "dockerfile* *.dockerfile containerfile* compose*.y*ml docker-compose*.y*ml devcontainer.json",
  agent:
    "mcp.json .mcp.json mcp_*.json agents.md claude*.md gemini.md .cursorrules .clinerules .windsurfrules" +
    " copilot-instructions.md .aider*",
  packageManifest:
    "package.json composer.json pyproject.toml cargo.toml gemfile go.mod requirements*.txt pipfile deno.json" +
    " deno.jsonc *.csproj *.fsproj *.vbproj *.gemspec",
  lockFile:
    "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb cargo.lock gemfile.lock" +
    " composer.lock poetry.lock pipfile.lock uv.lock go.sum flake.lock deno.lock",
  packageManager:
    ".npmrc .yarnrc .yarnrc.y*ml .pnpmfile.cjs pnpm-workspace.yaml .pypirc pip.conf nuget.config bunfig.toml",
  environment: ".env* *.env .flaskenv",
  build:
    "makefile* gnumakefile *.mk cmakelists.txt *.cmake build.gradle* settings.gradle* gradlew* pom.xml build.rs" +
    " build.zig build.xml build.sbt build.ninja build.ps1 meson.build setup.py setup.cfg conftest.py noxfile.py" +
    " tox.ini rakefile justfile taskfile.y*ml gulpfile.* gruntfile.* *.config.js *.config.cjs *.config.mjs" +
    " *.config.ts *.config.mts .eslintrc* .babelrc* .prettierrc* directory.build.* workspace.bazel build.bazel" +
    " *.nix sconstruct vagrantfile",
  shell:
    ".bashrc .bash_profile .bash_login .bash_logout .bash_aliases .zshrc .zshenv .zprofile .zlogin .zlogout" +
    " .profile .kshrc .cshrc .tcshrc .login .inputrc config.fish profile.ps1 *.profile.ps1 .tool-versions" +
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

/** What an edit of the file could set off, by its paths and by the lines that it adds; in the order of their weight. */
export function risksOf(file: {
  readonly paths: readonly string[];
  readonly added: readonly string[];
}): readonly EditRisk[] {
  const found = new Set<EditRisk>();
  for (const path of file.paths) for (const risk of risksOfPath(path)) found.add(risk);
  for (const risk of risksOfLines(file.added)) found.add(risk);
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

/** By a line that is added. */
const lines: Patterns = [
  // An editor fetches the address when it opens the file.
  [
    "schemaAddress",
    /["']?\$schema["']?\s*[:=]|^\s*#\s*yaml-language-server:|xsi:\w*schemaLocation/i,
  ],
  ["remoteConfiguration", /["']?\bextends["']?\s*[:=].*(?:https?:|git[+:@]|github:|\/\/)/i],
  [
    "lifecycleScript",
    /["'](?:(?:pre|post)?install|prepare|prepack|postpack|prepublish(?:Only)?|postCreateCommand|initializeCommand)["']\s*:|["']runOn["']\s*:\s*["']folderOpen/,
  ],
];

function risksOfLines(added: readonly string[]): readonly EditRisk[] {
  return lines
    .filter(([, pattern]) => added.some((line) => pattern.test(line)))
    .map(([risk]) => risk);
}
