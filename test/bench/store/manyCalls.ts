import { DatabaseSync } from "node:sqlite";
import { loadDay } from "./loadSamples";

/** Calls of the one long session. */
export const longSession = { conversationId: "long", calls: 10_000 };

/**
 * Puts settled calls into a store's file, spread over the year before `day`, a tenth of them in its month: ten
 * models, three kinds of work, five workspaces, each hour of the day. The roll-ups follow as they do in use.
 */
export function addCalls(path: string, count: number, day = loadDay): void {
  const database = new DatabaseSync(path);
  const insert = database.prepare(
    `WITH RECURSIVE numbers (n) AS (
       SELECT ?1 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?2
     )
     INSERT INTO calls (id, owner_pid, conversation_id, task, model, reserved_at, day, hour, settled, estimated, cost,
       prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, first_token_ms, duration_ms,
       account, provider, workspace)
     SELECT 'call ' || n, 0,
       CASE WHEN n < ?3 THEN ?4 ELSE 'conversation ' || (n / 50) END,
       CASE n % 3 WHEN 0 THEN 'chat' WHEN 1 THEN 'edit' ELSE 'explain' END,
       'vendor/model-' || (n * 7 % 10), 1763600000000 + n,
       CASE WHEN n % 10 = 0 THEN date(?5, '-' || (n / 10 % 20) || ' days')
         ELSE date(?5, '-' || (20 + n % 345) || ' days') END,
       n / 30 % 24, 1, 0, n * 1000 + 7, 1000, 200, 300, 100, 40, 900,
       'account', 'groq', 'workspace ' || (n % 5)
     FROM numbers`,
  );
  const chunk = 50_000;
  for (let from = 0; from < count; from += chunk)
    insert.run(
      from,
      Math.min(from + chunk, count),
      longSession.calls,
      longSession.conversationId,
      day,
    );
  database.close();
}
