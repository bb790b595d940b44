import type { RateLimits } from "../../../src/core/models/model";
import type { Switches } from "../../groqServer/switches";
import type { OutsideEvent, Scenario } from "./simulation";

export interface NamedScenario extends Scenario {
  readonly name: string;
  /** Refusals that are allowed in each dimension: one for each disturbance from outside. */
  readonly allowedRefusals: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const free: RateLimits = { rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000 };
const developer: RateLimits = { rpm: 1000, tpm: 250_000 };
/** The free plan's minute without its day, so that the minute is what is short. */
const freeMinute: RateLimits = { rpm: 30, tpm: 8000 };

const common = { seed: 7, load: 1.5, allowedRefusals: 0 };

/** Every setting of the switches that decide how limits are counted, shown or worded. */
export function switchSettings(): readonly Partial<Switches>[] {
  const settings: Partial<Switches>[] = [];
  for (const unusedOutput of ["refunded", "kept"] as const)
    for (const rateLimitHeaders of [
      "afterAdmission",
      "beforeAdmission",
      "afterSettlement",
    ] as const)
      for (const cachedTokens of ["refundedAfterwards", "refundedAtAdmission", "kept"] as const)
        settings.push({ unusedOutput, rateLimitHeaders, cachedTokens });
  return settings;
}

/** A plan with one setting of the switches, undisturbed. */
export function quietScenarios(): readonly NamedScenario[] {
  return switchSettings().flatMap((switches) => {
    const name = Object.values(switches).join(", ");
    return [
      {
        ...common,
        name: `free, a day: ${name}`,
        limits: free,
        durationMs: day,
        scale: 1,
        switches,
      },
      {
        ...common,
        name: `free minute, 6 h: ${name}`,
        limits: freeMinute,
        durationMs: 6 * hour,
        scale: 1,
        switches,
      },
      {
        ...common,
        name: `developer, 2 h: ${name}`,
        limits: developer,
        durationMs: 2 * hour,
        scale: 3,
        switches,
      },
    ];
  });
}

/** Other programs, limits that move, a machine that sleeps. */
export function disturbedScenarios(): readonly NamedScenario[] {
  const ofFree = { ...common, limits: free, durationMs: day, scale: 1 };
  const ofMinute = { ...common, limits: freeMinute, durationMs: 6 * hour, scale: 1 };
  const ofDeveloper = { ...common, limits: developer, durationMs: 2 * hour, scale: 3 };
  return [
    disturbed("free, a day, others all afternoon", ofFree, steady(28, 0.14, 12 * hour, 18 * hour)),
    disturbed("free, a day, bursts of others", ofFree, bursts(3000, hour, day)),
    disturbed("free minute, others take 10 %", ofMinute, steady(800, 2, hour, 4 * hour)),
    disturbed("free minute, others take 20 %", ofMinute, steady(1600, 2, hour, 4 * hour)),
    disturbed("free minute, others take 40 %", ofMinute, steady(3200, 2, hour, 4 * hour)),
    disturbed("free minute, bursts of others", ofMinute, bursts(3000, hour / 6, 6 * hour)),
    disturbed("developer, others take 20 %", ofDeveloper, steady(50_000, 20, hour / 2, hour)),
    disturbed("developer, bursts of others", ofDeveloper, bursts(60_000, hour / 6, 2 * hour)),
    disturbed("free, a day, limits halved at noon", ofFree, [
      { atMs: 12 * hour, kind: "limits", limits: { rpm: 15, rpd: 500, tpm: 6000, tpd: 100_000 } },
    ]),
    disturbed("free minute, limit cut to 6500", ofMinute, [
      // Smaller than the largest requests of this load would be no disturbance but a wall.
      { atMs: 3 * hour, kind: "limits", limits: { tpm: 6500 } },
    ]),
    disturbed("free minute, limit doubled", ofMinute, [
      { atMs: 3 * hour, kind: "limits", limits: { tpm: 16_000 } },
    ]),
    disturbed("developer, limits halved", ofDeveloper, [
      { atMs: hour, kind: "limits", limits: { rpm: 500, tpm: 125_000 } },
    ]),
    { ...ofFree, name: "free, a day, three windows", windows: 3 },
    { ...ofMinute, name: "free minute, three windows", windows: 3 },
    { ...ofDeveloper, name: "developer, three windows", windows: 3 },
    {
      ...ofFree,
      name: "free, a day, the clock is set forward a day",
      clockJump: { atMs: 10 * hour, ms: day },
    },
    {
      ...ofMinute,
      name: "free minute, the clock is set back a day",
      clockJump: { atMs: 2 * hour, ms: -day },
      windows: 3,
    },
    {
      ...ofFree,
      name: "free, a day, the machine sleeps an hour",
      sleep: { atMs: 10 * hour, ms: hour },
    },
    {
      ...ofMinute,
      name: "free minute, the machine sleeps an hour",
      sleep: { atMs: 2 * hour, ms: hour },
    },
  ];
}

function disturbed(
  name: string,
  scenario: Omit<NamedScenario, "name">,
  outside: readonly OutsideEvent[],
): NamedScenario {
  return { ...scenario, name, outside, allowedRefusals: outside.length };
}

/** Others begin and end: two disturbances. */
function steady(
  inputTokens: number,
  requests: number,
  fromMs: number,
  toMs: number,
): readonly OutsideEvent[] {
  return [
    { atMs: fromMs, kind: "steady", use: { inputTokens, requests } },
    { atMs: toMs, kind: "steady", use: {} },
  ];
}

function bursts(inputTokens: number, everyMs: number, endMs: number): readonly OutsideEvent[] {
  return Array.from({ length: Math.ceil(endMs / everyMs) - 1 }, (_, index) => ({
    atMs: (index + 1) * everyMs,
    kind: "burst",
    use: { inputTokens, requests: 1 },
  }));
}
