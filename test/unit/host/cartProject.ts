import { fakeProject } from "../../fakes/fakeProject";
import { Uri } from "../../fakes/vscode";

const place = (line: number, character = 0) => ({ line, character });
export const range = (from: number, to: number) => ({ start: place(from), end: place(to, 99) });

export const cart = `import { tax } from "./tax";

export class Cart {
  total(lines: Line[]): number {
    return lines.reduce((sum, line) => sum + tax(line), 0);
  }
}

const most = 3;
const least = most - 1;
`;

/** An answer that changes it. */
export const cartPatch = `Done.

*** Begin Patch
*** Update File: src/cart.ts
@@ export class Cart {
-const most = 3;
+const most = 4;
*** End Patch`;

/** The file with its symbols, the cursor in a line. */
export function showCart(line: number): void {
  const document = fakeProject.show("src/cart.ts", cart, [line, line]);
  fakeProject.select(document, [line, line], true);
  const method = {
    name: "total",
    kind: 5,
    range: range(3, 5),
    selectionRange: range(3, 3),
    children: [],
  };
  const whole = { name: "Cart", kind: 4, range: range(2, 6), selectionRange: range(2, 2) };
  fakeProject.symbols.set(document.uri.toString(), [{ ...whole, children: [method] }]);
}

export function defineTax(): void {
  fakeProject.write(
    "src/tax.ts",
    "/** In cents. */\nexport function tax(line: Line): number {\n}\n",
  );
  const uri = Uri.file(fakeProject.path("src/tax.ts"));
  fakeProject.definitions.set("tax", [{ uri, range: range(1, 1) }]);
}
