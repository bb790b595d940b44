import type { Turn, UserTurn } from "./conversation";

/**
 * A question that was edited and sent again becomes a sibling of the first version: both follow the same question.
 * So the questions of a conversation are a tree, kept in the order in which they were asked, and what is shown
 * is the path from its root to one question, with all answers on it.
 */

/** The turns on the path to a question, its answers included; without an id, to the newest question. */
export function branchTo(turns: readonly Turn[], questionId?: string): readonly Turn[] {
  const before = questionsBefore(turns);
  const way = new Set<string>();
  let id = questionId ?? questionsOf(turns).at(-1)?.id;
  while (id !== undefined && !way.has(id)) {
    way.add(id);
    id = before.get(id);
  }
  return turns.filter((turn) => way.has(turn.role === "user" ? turn.id : turn.questionId));
}

/** Each question's versions, itself included, in the order in which they were asked. */
export function versionsIn(turns: readonly Turn[]): ReadonlyMap<string, readonly string[]> {
  const siblings = new Map<string | undefined, string[]>();
  const versions = new Map<string, string[]>();
  for (const [id, before] of questionsBefore(turns)) {
    const beside = siblings.get(before) ?? [];
    siblings.set(before, beside);
    beside.push(id);
    versions.set(id, beside);
  }
  return versions;
}

/** The newest question that follows from this one; itself if none does. */
export function newestAfter(turns: readonly Turn[], questionId: string): string {
  const before = questionsBefore(turns);
  const isAfter = (id: string): boolean => {
    let at: string | undefined = id;
    for (let steps = 0; at !== undefined && steps <= before.size; steps++) {
      if (at === questionId) return true;
      at = before.get(at);
    }
    return false;
  };
  return questionsOf(turns).findLast(({ id }) => isAfter(id))?.id ?? questionId;
}

/** The field that places a new question in the tree; empty when it follows the newest one. */
export function placeAfter(
  turns: readonly Turn[],
  questionId: string | undefined,
): Pick<UserTurn, "after"> {
  return questionsOf(turns).at(-1)?.id === questionId ? {} : { after: questionId ?? "" };
}

/** The question that this one follows; undefined for a first one. */
export function questionBefore(turns: readonly Turn[], questionId: string): string | undefined {
  return questionsBefore(turns).get(questionId);
}

function questionsBefore(turns: readonly Turn[]): ReadonlyMap<string, string | undefined> {
  const questions = questionsOf(turns);
  return new Map(
    questions.map((question, index) => [question.id, idBefore(question, questions[index - 1])]),
  );
}

function idBefore({ after }: UserTurn, askedBefore: UserTurn | undefined): string | undefined {
  if (after === undefined) return askedBefore?.id;
  return after === "" ? undefined : after;
}

function questionsOf(turns: readonly Turn[]): readonly UserTurn[] {
  return turns.filter((turn) => turn.role === "user");
}
