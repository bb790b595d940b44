/** Who goes first when there is no room for all: the user looks on at the first, and at the last does not. */
export const requestClasses = ["interactive", "edit", "completion", "background"] as const;

export type RequestClass = (typeof requestClasses)[number];

/** 0 goes first. */
export function rankOf(requestClass: RequestClass): number {
  return requestClasses.indexOf(requestClass);
}
