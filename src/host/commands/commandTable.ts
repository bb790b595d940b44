import type { Clock } from "../../core/dispatch/clock";
import type { StoredData } from "../../core/dispatch/storedData";
import { addSelectionToChat } from "./addSelectionToChat";
import type { AddSelectionParts } from "./addSelectionToChat";
import type { CodeCommandParts } from "./codeQuestion";
import type { CommandName } from "./commandNames";
import { done } from "./commandResult";
import type { CommandResult } from "./commandResult";
import { documentSelection } from "./documentSelection";
import { editSample } from "./editSample";
import { editSelection, refactorSelection } from "./editSelection";
import { explainSelection } from "./explainSelection";
import { fixSelection } from "./fixSelection";
import { generateTests } from "./generateTests";
import type { ReviewDesk } from "../editor/review";
import { copyDiagnostics } from "./copyDiagnostics";
import type { DiagnosticsParts } from "./copyDiagnostics";
import { deleteAllData } from "./deleteAllData";
import { exportChat } from "./exportChat";
import type { ExportParts } from "./exportChat";
import { setFallbackKey } from "./fallbackKeyCommand";
import { importChat } from "./importChat";
import type { ImportParts } from "./importChat";
import { clearApiKey, setApiKey } from "./keyCommands";
import type { KeyCommandParts } from "./keyCommands";
import { openHistory } from "./openHistory";
import { createWalkthroughOpener } from "./openWalkthrough";
import type { Reporter } from "./reporter";
import { acceptEdit, deskCommands, rejectEdit, reviewAnswer } from "./reviewCommands";
import type { MeterSources } from "../statusBar/meterState";
import { selectModel } from "./selectModel";
import type { SelectModelParts } from "./selectModel";
import type { DailyRaise } from "../dailyRaise";
import { setBudget } from "./setBudget";
import { showLimits } from "./showLimits";

export interface CommandParts
  extends
    Omit<CodeCommandParts, "board">,
    KeyCommandParts,
    SelectModelParts,
    Omit<ExportParts, "chat">,
    Omit<ImportParts, "chat" | "places">,
    AddSelectionParts {
  readonly review: ReviewDesk;
  /** With what the chips show. */
  readonly sendMessage: (text: string) => Promise<CommandResult>;
  readonly data: StoredData;
  readonly meter: MeterSources;
  readonly raise: DailyRaise;
  readonly clock: Clock;
  readonly reporter: Reporter;
  readonly diagnostics: DiagnosticsParts;
  /** Resolves when what the window remembers of the last session is restored. */
  readonly restored: () => Promise<void>;
}

type Command = (first?: unknown, second?: unknown) => Promise<CommandResult> | CommandResult;

/** What each command does. */
function createCommands(parts: CommandParts): Readonly<Record<CommandName, Command>> {
  const { chat, places, focusMessage } = parts;
  async function openChat(): Promise<CommandResult> {
    await places.show();
    focusMessage();
    return done;
  }
  return {
    openChat,
    openChatInEditor() {
      places.openTab();
      return done;
    },
    newChat() {
      chat.startNew();
      return openChat();
    },
    sendMessage: (text) => (typeof text === "string" ? parts.sendMessage(text) : openChat()),
    addSelectionToChat: (target) => addSelectionToChat(parts, target),
    stop() {
      chat.stop();
      return done;
    },
    explainSelection: (target, words) => explainSelection(parts, target, words),
    editSelection: (target, instruction) => editSelection(parts, target, instruction),
    refactorSelection: (target, instruction) => refactorSelection(parts, target, instruction),
    fixSelection: (target, words) => fixSelection(parts, target, words),
    documentSelection: (target, words) => documentSelection(parts, target, words),
    generateTests: (target, words) => generateTests(parts, target, words),
    applyEdit: (answerId) => reviewAnswer(parts, answerId),
    acceptEdit: (answerId) => acceptEdit(parts, answerId),
    rejectEdit: (answerId) => rejectEdit(parts, answerId),
    ...deskCommands(parts.review),
    setApiKey: (key) => setApiKey(parts, key),
    clearApiKey: () => clearApiKey(parts),
    setFallbackKey: (key) => setFallbackKey(parts, key),
    selectModel: (id) => selectModel(parts, id),
    setBudget: (budget) => setBudget(parts.raise, budget),
    showLimits: () => showLimits(parts.meter),
    openHistory: (id) => openHistory(parts, id),
    exportChat: (request) => exportChat(parts, request),
    importChat: (file) => importChat(parts, file),
    openWalkthrough: createWalkthroughOpener(parts.clock),
    editSample: () => editSample(parts),
    copyDiagnostics: () => copyDiagnostics(parts.diagnostics),
    deleteAllData: (confirmed) => deleteAllData(parts, confirmed),
  };
}

export type CommandRunner = (
  name: CommandName,
  first?: unknown,
  second?: unknown,
) => Promise<CommandResult>;

/** Every command waits for the restored conversation and reports its failure. */
export function createCommandRunner(parts: CommandParts): CommandRunner {
  const table = createCommands(parts);
  return async (name, first, second) => {
    await parts.restored();
    return parts.reporter.report(() => table[name](first, second));
  };
}
