/** A text in a backtick fence that the text cannot close; `info` says what it is. */
export function fenced(text: string, info = ""): string {
  const fence = fenceFor(text);
  return `${fence}${onOneLine(info)}\n${text}\n${fence}`;
}

/** A file name may contain line breaks, and a hostile repository may put text of its own after one. */
export function onOneLine(name: string): string {
  return name.replace(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
}

/** A backtick fence longer than any run of backticks inside. */
function fenceFor(text: string): string {
  let longest = 2;
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  return "`".repeat(longest + 1);
}
