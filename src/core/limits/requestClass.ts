/** Which requests go first when there is no room for all: from those that the user is watching to those nobody awaits. */
export const requestClasses = ["interactive", "edit", "completion", "background"] as const;

export type RequestClass = (typeof requestClasses)[number];

/** 0 goes first. */
export function rankOf(requestClass: RequestClass): number {
  return requestClasses.indexOf(requestClass);
}
