import { parseFlags, usage } from "./cliFlags";
import { startGroqServer } from "./groqServer";

/** Runs the server until it is interrupted. */
async function main(args: readonly string[]): Promise<void> {
  if (args.includes("--help")) {
    console.log(usage);
    return;
  }
  const server = await startGroqServer(parseFlags(args));
  console.log(`Stand-in for Groq, not the real service: ${server.origin}

Try it:
  curl -N ${server.origin}/openai/v1/chat/completions \\
    -H "Authorization: Bearer gsk_anything" -H "Content-Type: application/json" \\
    -d '{"model":"openai/gpt-oss-20b","stream":true,"messages":[{"role":"user","content":"Hello"}]}'`);
  const stop = (): void => {
    server.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

main(process.argv.slice(2)).catch(fail);
