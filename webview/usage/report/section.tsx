import { useState } from "preact/hooks";
import type { SectionView, TableView } from "../../../src/protocol/reportMessages";
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

function DataTable({ title, table }: { readonly title: string; readonly table: TableView }) {
  const [first, ...others] = table.columns;
  return (
    <div class="scroll" role="group" aria-label={title} tabIndex={0}>
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((column, place) => (
              <th scope="col" key={place}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ head, cells }, row) => (
            <tr key={row}>
              <th scope="row">{head}</th>
              {cells.map((cell, place) => (
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
