import { spawn } from "node:child_process";

/**
 * Opens an address in the user's own browser, if there is one. Without one nothing fails: the address is also printed.
 * @param {URL} address
 */
export function openInBrowser(address) {
  const [command, ...commandArguments] = openerOf(process.platform);
  if (!command) return;
  const opener = spawn(command, [...commandArguments, address.href], {
    stdio: "ignore",
    detached: true,
  });
  opener.once("error", () => {});
  opener.unref();
}

/**
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
function openerOf(platform) {
  switch (platform) {
    case "darwin":
      return ["open"];
    case "win32":
      // Not `start`, which is the shell's and would split the address at each `&`.
      return ["rundll32", "url.dll,FileProtocolHandler"];
    default:
      return process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"] ? ["xdg-open"] : [];
  }
}
