import { release } from "node:os";
import { env, UIKind, version, workspace } from "vscode";
import type { DiagnosticsFacts } from "./diagnosticsReport";

/** Kinds of remote as VS Code's own extensions name them; other names may contain the name of a machine. */
const remotes =
  "ssh-remote wsl dev-container attached-container k8s-container codespaces tunnel".split(" ");
const proxySupports = ["off", "on", "fallback", "override"];
const proxyVariables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/** Facts about the editor and the machine that a fault may depend on. `environment`: the process's variables. */
export function readEditorFacts(environment: NodeJS.ProcessEnv): DiagnosticsFacts["environment"] {
  const surface = env.uiKind === UIKind.Web ? "web" : "desktop";
  const { platform, arch, versions } = process;
  const trust = workspace.isTrusted ? "trusted" : "restricted";
  const folders = workspace.workspaceFolders?.length ?? 0;
  return [
    ["editor", `VS Code ${version}, ${surface}, ${word(env.appHost)}`],
    ["system", `${platform} ${release()} ${arch}, Node.js ${versions.node}`],
    ["language", word(env.language)],
    ["remote", remoteKind(env.remoteName)],
    ["workspace", `${trust}, folders: ${folders}`],
    ["network", networkWords(environment)],
  ];
}

function remoteKind(name: string | undefined): string {
  if (name === undefined) return "none";
  return remotes.find((known) => known === name) ?? "of another kind";
}

function networkWords(environment: NodeJS.ProcessEnv): string {
  const http = workspace.getConfiguration("http");
  const support = http.get<unknown>("proxySupport");
  const inEnvironment = proxyVariables.some((name) => isSet(environment[name]));
  return [
    `http.proxy ${setOrNot(isSet(http.get<unknown>("proxy")))}`,
    `proxy variables ${setOrNot(inEnvironment)}`,
    `http.proxySupport ${proxySupports.find((known) => known === support) ?? "not known"}`,
    `http.systemCertificates ${onOrOff(http.get<unknown>("systemCertificates"))}`,
  ].join(", ");
}

function isSet(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function setOrNot(set: boolean): string {
  return set ? "set" : "not set";
}

/** Both are on unless switched off. */
function onOrOff(setting: unknown): string {
  return setting === false ? "off" : "on";
}

/** A name that the editor gives; anything that does not look like a name is not shown. */
function word(text: string): string {
  return /^[A-Za-z][\w-]{0,30}$/.test(text) ? text : "not known";
}
