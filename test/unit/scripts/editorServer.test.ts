import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { startEditorServer } from "../../../scripts/editor/server.mjs";
import { TemporaryFolder } from "../../fakes/temporaryFolder";

it.each([
  ["EADDRINUSE: address already in use 127.0.0.1:9123", "Port 9123 is in use"],
  ["EACCES: permission denied 127.0.0.1:9123", "Port 9123 is reserved"],
])("a server that goes on without its port (%s) is told of, and ended", async (said, told) => {
  using folder = new TemporaryFolder();
  const serverFile = folder.file("server.mjs");
  const error = `Error: listen ${said}`;
  writeFileSync(serverFile, `console.error(${JSON.stringify(error)}); setInterval(() => {}, 1e6);`);
  const installation = { node: process.execPath, serverFile };
  const dataFolder = folder.file("data");
  await expect(startEditorServer({ installation, port: 9123, dataFolder })).rejects.toThrow(told);
});
