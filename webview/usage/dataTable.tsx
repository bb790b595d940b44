import type { TableView } from "../../src/protocol/reportMessages";

/** A table that can be scrolled also by key. Its cells are numbers, unless `words` is given. */
export function DataTable({
  title,
  table,
  words = false,
}: {
  readonly title: string;
  readonly table: TableView;
  readonly words?: boolean;
}) {
  const [first, ...others] = table.columns;
  return (
    <div class={words ? "scroll words" : "scroll"} role="group" aria-label={title} tabIndex={0}>
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
