import * as fc from "fast-check";
import { expect, it } from "vitest";
import { barRects, plotHeight } from "../../../webview/usage/report/barRects";

const someValues = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 8,
});

it("values upon each other make one bar without gaps, as high as their sum", () => {
  fc.assert(
    fc.property(someValues, fc.nat(100), (values, bar) => {
      const sum = values.reduce((total, value) => total + value, 0);
      const top = sum > 0 ? sum : 1;
      const rects = barRects({ form: "stacked", top }, values, bar);
      let bottom = plotHeight;
      for (const { x, y, width, height } of rects) {
        expect(y + height).toBeCloseTo(bottom, 6);
        expect([x >= bar, x + width <= bar + 1]).toEqual([true, true]);
        bottom = y;
      }
      expect(bottom).toBeCloseTo(sum > 0 ? 0 : plotHeight, 6);
    }),
  );
});

it("values side by side stand on the bottom line, in their order, and none over another", () => {
  fc.assert(
    fc.property(someValues, fc.nat(100), (values, bar) => {
      const rects = barRects({ form: "beside", top: 1e6 }, values, bar);
      expect(rects.map(({ series }) => series)).toEqual(
        values.flatMap((value, series) => (value > 0 ? [series] : [])),
      );
      let left = bar;
      for (const { series, x, y, width, height } of rects) {
        expect(x).toBeGreaterThanOrEqual(left - 1e-9);
        expect(y + height).toBeCloseTo(plotHeight, 6);
        expect(height).toBeCloseTo(((values[series] ?? 0) / 1e6) * plotHeight, 6);
        left = x + width;
      }
      expect(left).toBeLessThanOrEqual(bar + 1);
    }),
  );
});
