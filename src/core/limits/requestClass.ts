/** Who goes first when there is no room for all: from what the user is watching to what nobody waits for. */
export const requestClasses = ["interactive", "edit", "completion", "background"] as const;

export type RequestClass = (typeof requestClasses)[number];

/** 0 goes first. */
export function rankOf(requestClass: RequestClass): number {
  return requestClasses.indexOf(requestClass);
}
