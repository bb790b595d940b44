import { tokensAtAdmission } from "./hypothesis";
import type { TokensUsed } from "./hypothesis";
import { countsTokens } from "./limits";
import type { LimitDimension, Need } from "./limits";
import type { LimiterState, Sighting, View } from "./limiterState";

/** The views that have explained the headers about as well as the best one has, whose doubt is 0. */
export function trusted(state: LimiterState): readonly View[] {
  return state.views.filter(({ doubt }) => doubt <= tolerated);
}

/** More than one surprising header adds, unless another view predicted it closely: what others take can make a right hypothesis look wrong. */
const tolerated = 1.2;

/** Doubt is capped, so that a hypothesis can come back within a few headers should Groq change how it counts. */
const deepest = 4;

/** A predicted range is close if it is at most this share of the request: rarely hit by chance. */
const closely = 0.05;

/** How much more a close prediction that came true counts against the others. */
const against = 1.3;

/** In units: the service rounds what it reports. */
const rounding = 1;

/**
 * Compares a header with what each view expected, now that the request's tokens are known, and adds doubt to the
 * views that it surprised. Use by others surprises all views alike, so it never discredits the right hypothesis.
 * Returns the surprise of the view that explains best: what others took, or gave back.
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
    // A close prediction hardly comes true by chance: the others are wrong, and not just disturbed by other programs.
    const isForetold = surprises.some(
      ({ surprise, width }) => surprise === 0 && width <= closely * need.tokens,
    );
    const weight = isForetold ? against : 1;
    for (const { view, surprise } of surprises) view.doubt += weight * cost(surprise, need);
    // What surprises all alike does not tell them apart: the best one keeps a doubt of 0.
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
  /** 0 within the expected range. */
  readonly surprise: number;
  /** How far above the lower end of the expected range. */
  readonly aboveLeast: number;
  /** The bucket may have held nothing but this request: use by others would not have shown. */
  readonly wasEmpty: boolean;
}

/** How much of what the header shows is the request itself. */
function ownShare(view: View, dimension: LimitDimension, need: Need, used: TokensUsed): number {
  if (view.hypothesis.headers === "beforeAdmission") return 0;
  return countsTokens(dimension) ? tokensAtAdmission(view.hypothesis, need, used) : 1;
}

function outside(value: number, least: number, most: number): number {
  if (value > most + rounding) return value - most;
  return value < least - rounding ? value - least : 0;
}

/** Half for being surprised at all; the other half for how far, relative to the request. */
function cost(surprise: number, need: Need): number {
  if (surprise === 0) return 0;
  return 0.5 + 0.5 * Math.min(1, Math.abs(surprise) / Math.max(1, need.tokens));
}
