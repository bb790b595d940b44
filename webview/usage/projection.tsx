import { words } from "./host";

/** The second tab. */
export function Projection() {
  return <h2>{words.projection}</h2>;
}
