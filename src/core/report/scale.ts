/** A chart's scale from 0 to a round number, with lines at round numbers. */
export interface Scale {
  readonly top: number;
  readonly lines: readonly number[];
}

const mostLines = 4;

/** For values up to `largest`; up to 1 if there are none. Lines are at least `leastStep` apart. */
export function scaleFor(largest: number, leastStep = 0): Scale {
  const top = largest > 0 && Number.isFinite(largest) ? largest : 1;
  const step = Math.max(leastStep, roundUp(top / mostLines));
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  return {
    top: step * count,
    lines: Array.from({ length: count + 1 }, (_, place) => step * place),
  };
}

/** The next of 1, 2, 5, 10, 20, 50 and so on, upwards and downwards. */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  const part = [1, 2, 5].find((one) => one * decade >= value * (1 - 1e-9)) ?? 10;
  return part * decade;
}
