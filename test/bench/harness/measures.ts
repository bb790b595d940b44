import type { RoundResult } from "./editorRound.ts";
import type { Measure } from "./goalTable.ts";
import type { Activation } from "./hostReport.ts";

/** What loading and activating an extension costs its host, over what the no-op extension does. */
export function hostMeasures(
  rounds: readonly RoundResult[],
  ours: string,
  noOp: string,
): Measure[] {
  const column = (id: string, read: (activation: Activation) => number) =>
    rounds.map(({ host }) => {
      const activation = host.activations[id];
      return activation ? read(activation) : Number.NaN;
    });
  const overNoOp = (read: (activation: Activation) => number) => {
    const base = column(noOp, read);
    const samples = column(ours, read).map((value, round) => value - (base[round] ?? Number.NaN));
    return { samples, noOp: base };
  };
  return [
    {
      title: "load + activation, over the no-op",
      unit: "ms",
      goal: 25,
      ...overNoOp((activation) => activation.milliseconds),
    },
    {
      title: "heap added, over the no-op",
      unit: "MB",
      goal: 10,
      ...overNoOp((activation) => activation.heapBytes / 1e6),
    },
    {
      title: "resident memory added, all threads",
      unit: "MB",
      ...overNoOp((activation) => activation.residentBytes / 1e6),
    },
    {
      title: "longest block of the extension host",
      unit: "ms",
      goal: 20,
      samples: column(ours, (activation) => activation.longestBlock),
      noOp: column(noOp, (activation) => activation.longestBlock),
    },
    {
      title: "longest block while an answer streams",
      unit: "ms",
      goal: 20,
      samples: rounds.map((round) => round.blockWhileStreaming),
    },
  ];
}

/** What a person waits for. */
export function windowMeasures(rounds: readonly RoundResult[]): Measure[] {
  return [
    {
      title: "view opened to input usable",
      unit: "ms",
      goal: 250,
      samples: rounds.map((round) => round.viewToInput),
      noOp: rounds.map((round) => round.bareViewToInput),
    },
    {
      title: "Enter to request on the wire, warm",
      unit: "ms",
      goal: 15,
      samples: rounds.flatMap((round) => round.enterToWire),
      noOp: rounds.flatMap((round) => round.bareEnterToWire),
    },
    {
      title: "last token to last paint, 4,000 tokens",
      unit: "ms",
      goal: 100,
      samples: rounds.map((round) => round.lastTokenToPaint),
    },
  ];
}
