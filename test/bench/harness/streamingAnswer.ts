const PARAGRAPHS = 33;
const CODE_LINES = 25;

/** The last words of the answer with this number. */
export function streamingEnding(number: number): string {
  return `the very end of answer ${number}`;
}

/** Some 4,000 tokens: prose and lists, three blocks of code, a table. */
export function streamingAnswer(number: number): string {
  const parts = Array.from({ length: PARAGRAPHS }, (_, index) => prose(index + 1));
  parts.splice(7, 0, typescript());
  parts.splice(15, 0, table());
  parts.splice(22, 0, python());
  parts.splice(30, 0, json());
  return [...parts, `And this is ${streamingEnding(number)}.`].join("\n\n");
}

function prose(number: number): string {
  if (number % 6 === 0)
    return [1, 2, 3, 4]
      .map((item) => `- Point ${number}.${item}: \`discountFor\` takes the better of two offers.`)
      .join("\n");
  const text = [
    `${number}. The function walks over the items once, and keeps a running sum in cents. It never`,
    "rounds before the end, so that a cart of **many small items** comes to the same as one large",
    "item. Only the *tax* is rounded, and only once, which is what the receipts expect of it.",
  ].join("\n");
  return number % 10 === 1 ? `## Part ${number}\n\n${text}` : text;
}

function fence(language: string, line: (number: number) => string): string {
  const lines = Array.from({ length: CODE_LINES }, (_, index) => line(index + 1));
  return [`\`\`\`${language}`, ...lines, "```"].join("\n");
}

function typescript(): string {
  return fence("typescript", (line) =>
    line % 5 === 0
      ? `  // ${line}: cents, never fractions of them`
      : `  const total${line} = items.reduce((sum, { price }) => sum + price * ${line}, 0);`,
  );
}

function python(): string {
  return fence(
    "python",
    (line) => `def total_${line}(items): return sum(item["price"] for item in items)`,
  );
}

function json(): string {
  return fence("json", (line) => `  "item${line}": { "price": ${line * 100}, "taxed": true },`);
}

function table(): string {
  const rows = Array.from(
    { length: 14 },
    (_, row) => `| ${row + 1} | reads **block ${row + 1}** again | \`O(n)\` |`,
  );
  return ["| Step | What it does | Cost |", "| --- | --- | --- |", ...rows].join("\n");
}
