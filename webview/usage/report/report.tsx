import { useEffect, useState } from "preact/hooks";
import type { ReportView, TileView } from "../../../src/protocol/reportMessages";
import { postToHost, words } from "../host";
import { PeriodChoice } from "./periodChoice";
import { Section } from "./section";

/** How many sections are in sight at first. */
const firstSections = 4;

/** The first tab: what was spent in a period. The first charts are painted before the others are drawn. */
export function Report({ report }: { readonly report: ReportView | undefined }) {
  const [isPainted, setPainted] = useState(false);
  const isThere = report !== undefined;
  useEffect(() => setPainted(isThere), [isThere]);
  if (report === undefined) return <p class="note">{words.loading}</p>;
  const { tiles, notes, sections } = report;
  return (
    <>
      <div class="bar">
        <PeriodChoice report={report} />
        <ExportButtons />
      </div>
      <Tiles tiles={tiles} />
      {notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      <div class="sections">
        {(isPainted ? sections : sections.slice(0, firstSections)).map((section) => (
          <Section key={section.id} section={section} />
        ))}
      </div>
    </>
  );
}

function ExportButtons() {
  const buttons = [
    { format: "csv", label: words.exportCsv },
    { format: "json", label: words.exportJson },
    { format: "markdown", label: words.exportMarkdown },
  ] as const;
  return (
    <div class="exports" role="group" aria-label={words.exportAs}>
      {buttons.map(({ format, label }) => (
        <vscode-button
          key={format}
          appearance="secondary"
          onClick={() => postToHost({ type: "export", format })}
        >
          {label}
        </vscode-button>
      ))}
    </div>
  );
}

function Tiles({ tiles }: { readonly tiles: readonly TileView[] }) {
  return (
    <dl class="tiles" aria-label={words.figures}>
      {tiles.map(({ label, value, detail }) => (
        <div class="tile" key={label}>
          <dt>{label}</dt>
          <dd class="tile-value">{value}</dd>
          <dd class="note">{detail}</dd>
        </div>
      ))}
    </dl>
  );
}
