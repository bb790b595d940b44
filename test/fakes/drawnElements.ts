import type { ComponentChild, VNode } from "preact";

/** An element as it would be in the page; text is a string. */
export interface DrawnElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly children: readonly Drawn[];
}
export type Drawn = DrawnElement | string;

/**
 * Draws a Preact tree without a browser: components are called, elements listed. Components with hooks
 * cannot be called and are named in `opaque`; each becomes an element of that name.
 */
export function draw(
  node: ComponentChild | readonly unknown[],
  opaque: readonly string[],
): Drawn[] {
  if (node === null || node === undefined || typeof node === "boolean") return [];
  if (Array.isArray(node)) return node.flatMap((child) => draw(child as ComponentChild, opaque));
  if (typeof node !== "object") return [String(node)];
  const { type, props } = node as VNode<Record<string, unknown>>;
  const children = props["children"] as ComponentChild;
  if (typeof type === "string" || opaque.includes(type.name)) {
    const { children: _, ...attributes } = props;
    const tag = typeof type === "string" ? type : type.name;
    return [{ tag, attributes, children: draw(children, opaque) }];
  }
  const component = type as unknown as (this: object, given: object) => ComponentChild;
  return draw(component.call({}, props), opaque);
}

/** All elements of a drawn tree, outer ones first. */
export function elementsOf(drawn: readonly Drawn[]): DrawnElement[] {
  return drawn.flatMap((node) =>
    typeof node === "string" ? [] : [node, ...elementsOf(node.children)],
  );
}

/** What a reader sees: all text, code included. */
export function textOf(drawn: readonly Drawn[]): string {
  return drawn
    .map((node) => {
      if (typeof node === "string") return node;
      const { code, text } = node.attributes;
      const own = [code, text].filter((each) => typeof each === "string").join("");
      return own + textOf(node.children);
    })
    .join("");
}
