import type { Model } from "../models/model";

/** How a model is asked to write an edit. Any other format that it uses instead is read as well. */
export type EditFormat = "patch" | "searchBlocks";

/** gpt-oss was trained on patches with `*** Begin Patch`; more of the other models know search and replace blocks. */
export function editFormatFor({ vocabulary }: Pick<Model, "vocabulary">): EditFormat {
  return vocabulary === "o200k" ? "patch" : "searchBlocks";
}

const examples: Readonly<Record<EditFormat, string>> = {
  patch: `*** Begin Patch
*** Update File: path/as/given
@@ nearest class or function header
 unchanged context line
-line to remove
+line to add
*** End Patch`,
  searchBlocks: `path/as/given
<<<<<<< SEARCH
lines as they are
=======
lines as they shall be
>>>>>>> REPLACE`,
};

/** One edit of a file that exists, as an answer shows it. */
export function editExample(format: EditFormat): string {
  return examples[format];
}

const newFiles: Readonly<Record<EditFormat, string>> = {
  patch: `*** Begin Patch
*** Add File: path/as/given
+each line of the file
*** End Patch`,
  searchBlocks: `path/as/given
<<<<<<< SEARCH
=======
each line of the file
>>>>>>> REPLACE`,
};

/** A file that does not exist yet, likewise. */
export function newFileExample(format: EditFormat): string {
  return newFiles[format];
}

const rules: Readonly<Record<EditFormat, string>> = {
  patch:
    "every line of a hunk starts with a space, - or +. Copy context and removed lines exactly, indentation included. Give three context lines before and after a change where there are that many, no more. Start a new @@ hunk for each separate place and keep hunks small.",
  searchBlocks:
    "the SEARCH part stands exactly once in the file and is copied exactly, indentation included. Take two or three lines around a change into it, no more. Write one block for each separate place, the file's path right above it.",
};

/** The rules that make an edit in this form applicable. */
export function editRules(format: EditFormat): string {
  return rules[format];
}
