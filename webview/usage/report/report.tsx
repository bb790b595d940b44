import type { ReportView, TileView } from "../../../src/protocol/reportMessages";
import { words } from "../host";

/** The first tab: what was spent in a period. */
export function Report({ report }: { readonly report: ReportView | undefined }) {
  if (report === undefined) return <p class="note">{words.loading}</p>;
  return <Tiles tiles={report.tiles} />;
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
