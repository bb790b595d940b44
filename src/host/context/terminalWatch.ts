import { window } from "vscode";
import type { Disposable, TerminalShellExecution } from "vscode";
import type { TerminalItem } from "../../core/context/contextItem";
import { lastLines, plainTerminalText } from "../../core/context/terminalText";

/**
 * The command that was last started in any terminal with shell integration, and the end of its output. It is kept only in
 * memory, until the next command replaces it, so that it can be attached afterwards.
 */
export interface TerminalWatch extends Disposable {
  lastCommand(): TerminalItem | undefined;
}

interface Command {
  readonly execution: TerminalShellExecution;
  output: string;
  linesGone: number;
  exitCode?: number;
}

/** Characters of raw output, of which colours take up many. */
const mostKept = 64_000;
/** Characters of plain output that are sent: about 2,000 tokens. */
const mostSent = 8000;

/** `mayRecord`: whether the workspace is trusted. */
export function watchTerminals(mayRecord: () => boolean): TerminalWatch {
  let last: Command | undefined;

  async function record(command: Command): Promise<void> {
    for await (const data of command.execution.read()) {
      // Another command has begun, so this one is not kept any longer.
      if (last !== command) return;
      const { text, linesLeftOut } = lastLines(command.output + data, mostKept);
      command.output = text;
      command.linesGone += linesLeftOut;
    }
  }

  const registrations = [
    window.onDidStartTerminalShellExecution(({ execution }) => {
      if (!mayRecord() || execution.commandLine.value.trim() === "") return;
      const command: Command = { execution, output: "", linesGone: 0 };
      last = command;
      // A closed terminal may end the stream with an error; what came before is kept.
      record(command).catch(() => undefined);
    }),
    window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
      if (last?.execution === execution && exitCode !== undefined) last.exitCode = exitCode;
    }),
  ];

  return {
    lastCommand() {
      if (last === undefined) return undefined;
      const { execution, output, linesGone, exitCode } = last;
      const { text, linesLeftOut } = lastLines(plainTerminalText(output), mostSent);
      return {
        kind: "terminal",
        command: plainTerminalText(execution.commandLine.value),
        output: text,
        linesLeftOut: linesGone + linesLeftOut,
        ...(exitCode !== undefined && { exitCode }),
      };
    },
    dispose() {
      last = undefined;
      for (const registration of registrations) registration.dispose();
    },
  };
}
