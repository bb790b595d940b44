const PARTS = 47;

/** The last words of the long answer. */
export const LONG_ENDING = "the very end of the long answer";

/** Some 4,000 tokens as models write them: headings, prose, lists, tables and code. */
export const LONG_ANSWER = [
  ...Array.from({ length: PARTS }, (_, index) => part(index + 1)),
  `And this is ${LONG_ENDING}.`,
].join("\n\n");

function part(number: number): string {
  switch (number % 4) {
    case 0:
      return [
        "| Step | What it does | Cost |",
        "| --- | --- | --- |",
        ...[1, 2, 3, 4].map((row) => `| ${number}.${row} | reads **block ${row}** again | O(n) |`),
      ].join("\n");
    case 1:
      return [
        `## Part ${number}: how the totals come about`,
        "The function walks over the items once, and keeps a running sum in cents. It never rounds",
        "before the end, so that a cart of many small items comes to the same as one large item.",
        "Only the *tax* is rounded, and only once, which is what the receipts expect of it.",
      ].join("\n");
    case 2:
      return [
        "```typescript",
        `export function total${number}(items: readonly Item[]): number {`,
        "  let sum = 0;",
        "  for (const item of items) {",
        "    sum += item.priceInCents * item.quantity; // cents, never fractions of them",
        "  }",
        "  const discount = discountFor(sum, items.length);",
        "  return sum - discount + Math.round((sum - discount) * 0.19);",
        "}",
        "```",
      ].join("\n");
    default:
      return [1, 2, 3, 4, 5]
        .map((item) => `- Point ${number}.${item}: \`discountFor\` takes the better of two offers.`)
        .join("\n");
  }
}
