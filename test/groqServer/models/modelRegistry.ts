import { type Refusal, badRequest } from "../http/refusal";
import type { Organization } from "../organization";
import type { Switches } from "../switches";
import type { ModelRow } from "./modelRow";
import { modelTable } from "./modelTable";

/** The models of one server. */
export interface ModelRegistry {
  /** The rows that `GET /models` lists to an organisation, in the table's order. */
  listed(organization: Organization): ModelRow[];
  /** A model that the organisation may use, or why it may not. */
  usable(id: string, organization: Organization): ModelRow | Refusal;
  /** Any row, whatever its status. */
  find(id: string): ModelRow | undefined;
  /** Changes a row from now on; with an unknown id, adds one like gpt-oss-20b. */
  update(id: string, change: Partial<ModelRow>): void;
}

export function createModelRegistry(switches: Switches): ModelRegistry {
  const rows = new Map(modelTable.map((row) => [row.id, row]));

  return {
    listed: (organization) => [...rows.values()].filter((row) => alive(row, organization)),
    usable: (id, organization) => {
      const row = rows.get(id);
      if (row === undefined) return notFound(id);
      if (!alive(row, organization)) return retired(id, switches.retiredModel);
      if (organization.blockedModels.includes(id)) return blocked("org");
      if (organization.projectBlockedModels.includes(id)) return blocked("project");
      return row;
    },
    find: (id) => rows.get(id),
    update: (id, change) => {
      const base = rows.get(id) ?? rows.get("openai/gpt-oss-20b");
      if (base !== undefined) rows.set(id, { ...base, ...change, id });
    },
  };
}

function alive(row: ModelRow, organization: Organization): boolean {
  return row.status !== "retired" || organization.contractModels.includes(row.id);
}

/** A row as `GET /models` shows it. */
export function modelView(row: ModelRow): object {
  return {
    id: row.id,
    object: "model",
    created: 1_754_400_000,
    owned_by: row.ownedBy,
    active: true,
    context_window: row.contextWindow,
    public_apps: null,
    max_completion_tokens: row.maxCompletionTokens,
  };
}

/** 404, wording quoted from public threads (read 2026-10). */
export function notFound(id: string): Refusal {
  const message = `The model \`${id}\` does not exist or you do not have access to it.`;
  const error = { message, type: "invalid_request_error", code: "model_not_found" };
  return { kind: "refusal", status: 404, error };
}

function retired(id: string, as: Switches["retiredModel"]): Refusal {
  switch (as) {
    case "notFound":
      return notFound(id);
    case "decommissioned":
      return badRequest(
        `The model \`${id}\` has been decommissioned and is no longer supported. Please refer to ` +
          "https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.",
        { code: "model_decommissioned" },
      );
  }
}

/** 403; code and type are documented, the words are not quoted anywhere. */
function blocked(by: "org" | "project"): Refusal {
  const whose = by === "org" ? "organization" : "project";
  const message = `The model is blocked for this ${whose}.`;
  const code = `model_permission_blocked_${by}`;
  return { kind: "refusal", status: 403, error: { message, type: "permissions_error", code } };
}
