import { bundleNodeProgram } from "./bundle/nodeProgram.mjs";
import { provideDependencies } from "./provision/dependencies.mjs";
import { provideToolsNode } from "./provision/node.mjs";
import { runMain } from "./system/main.mjs";
import { startGuarded } from "./system/processes.mjs";

// npm run groq-server [-- flags]: the local stand-in for Groq; its own command line says what the flags are.
await runMain(async () => {
  await provideDependencies();
  const node = await provideToolsNode();
  const server = startGuarded(node, [
    await bundleNodeProgram({ entry: "test/groqServer/cli.ts" }),
    ...process.argv.slice(2),
  ]);
  server.stdout.pipe(process.stdout);
  server.stderr.pipe(process.stderr);
  return server.exited;
});
