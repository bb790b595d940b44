import { useState } from "preact/hooks";
import type { SectionView } from "../../../src/protocol/reportMessages";
import { DataTable } from "../dataTable";
import { words } from "../host";
import { Chart } from "./chart";

/** A chart with its table, or a table alone. */
export function Section({ section }: { readonly section: SectionView }) {
  const { id, title, summary, chart, table } = section;
  const [isOpen, setOpen] = useState(false);
  const heading = `heading-${id}`;
  const isEmpty = table.rows.length === 0;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <p class="note">{summary}</p>
      {chart !== undefined && <Chart title={title} chart={chart} table={table} />}
      {!isEmpty && chart === undefined && <DataTable title={title} table={table} />}
      {chart !== undefined && (
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>
            {words.showTable}
            <span class="visually-hidden">: {title}</span>
          </summary>
          {isOpen && <DataTable title={title} table={table} />}
        </details>
      )}
    </section>
  );
}
