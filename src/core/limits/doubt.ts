import { tokensAtAdmission } from "./hypothesis";
import type { TokensUsed } from "./hypothesis";
import { countsTokens } from "./limits";
import type { LimitDimension, Need } from "./limits";
import type { LimiterState, Sighting, View } from "./limiterState";

/** The views that have explained the headers about as well as the best one, whose doubt is 0. */
export function trusted(state: LimiterState): readonly View[] {
  return state.views.filter(({ doubt }) => doubt <= tolerated);
}

/** More than one header may cost: what other programs take can look like the error of a right hypothesis. */
const tolerated = 1.2;

/** No hypothesis falls so far that it cannot come back within a few headers, should Groq change its ways. */
const deepest = 4;

/** A foretold range so much narrower than the request that to hit it by chance is rare. */
const closely = 0.05;

/** How much more it counts against the others. */
const against = 1.3;

/** The service rounds what it tells. */
const rounding = 1;

/**
 * Compares a header with what each view expected, now that the request's tokens are known, and doubts those
 * that it surprised. Use by others surprises all alike, so that no right hypothesis falls for it.
 * Returns how the view that explains best was surprised: what others took, or gave back.
 */
export function judge(
  state: LimiterState,
  dimension: LimitDimension,
  sighting: Sighting,
  need: Need,
  used: TokensUsed,
): Surprise {
  const surprises = state.views.map((view, index) => {
    const { least, most } = sighting.expected[index] ?? { least: 0, most: 0 };
    const own = ownShare(view, dimension, need, used);
    const surprise = outside(sighting.used, least + own, most + own);
    const width = most - least;
    return {
      view,
      surprise,
      width,
      aboveLeast: sighting.used - least - own,
      wasEmpty: least === 0,
    };
  });
  if (countsTokens(dimension)) {
    // Who foretold the number closely is hardly right by chance: the others are wrong rather than disturbed.
    const isForetold = surprises.some(
      ({ surprise, width }) => surprise === 0 && width <= closely * need.tokens,
    );
    const weight = isForetold ? against : 1;
    for (const { view, surprise } of surprises) view.doubt += weight * cost(surprise, need);
    // What surprises all alike tells nothing of who is right: the best one is never doubted.
    const least = Math.min(...state.views.map(({ doubt }) => doubt));
    for (const view of state.views) view.doubt = Math.min(view.doubt - least, deepest);
  }
  const [best] = surprises.toSorted(
    (a, b) => a.view.doubt - b.view.doubt || Math.abs(a.surprise) - Math.abs(b.surprise),
  );
  return best ?? { surprise: 0, aboveLeast: 0, wasEmpty: true };
}

/** How far a header was from what was expected, in units. */
export interface Surprise {
  /** 0 within what was expected. */
  readonly surprise: number;
  /** Above the least that was expected. */
  readonly aboveLeast: number;
  /** The bucket may have been empty but for the request: use by others would not have shown. */
  readonly wasEmpty: boolean;
}

/** What the header holds of the request itself. */
function ownShare(view: View, dimension: LimitDimension, need: Need, used: TokensUsed): number {
  if (view.hypothesis.headers === "beforeAdmission") return 0;
  return countsTokens(dimension) ? tokensAtAdmission(view.hypothesis, need, used) : 1;
}

function outside(value: number, least: number, most: number): number {
  if (value > most + rounding) return value - most;
  return value < least - rounding ? value - least : 0;
}

/** That there is something unexplained counts half; how much, measured by the request, the rest. */
function cost(surprise: number, need: Need): number {
  if (surprise === 0) return 0;
  return 0.5 + 0.5 * Math.min(1, Math.abs(surprise) / Math.max(1, need.tokens));
}
