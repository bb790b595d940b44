import type { AnswerTurn } from "../../src/core/chat/conversation";

/** A complete answer to a command that asks for an edit. */
export function editAnswer(id: string, text: string): AnswerTurn {
  return {
    role: "answer",
    id,
    questionId: "question",
    task: "edit",
    model: "openai/gpt-oss-120b",
    text,
    reasoning: "",
    status: { kind: "complete", finishReason: "stop" },
    turnsLeftOut: 0,
    linesLeftOut: 0,
  };
}
