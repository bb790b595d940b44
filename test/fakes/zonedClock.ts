import { FakeClock } from "./fakeClock";

/** A fake clock in a real time zone, with its days of 23 and 25 hours; it can be taken to another zone. */
export class ZonedClock extends FakeClock {
  zone: string;

  constructor(zone: string, startedAt: string) {
    super(Date.parse(startedAt));
    this.zone = zone;
    this.sleepsPass = false;
  }

  override localDay(epochMs: number): string {
    // Swedish dates are written as ISO dates.
    return new Intl.DateTimeFormat("sv-SE", { timeZone: this.zone }).format(epochMs);
  }

  override localHour(epochMs: number): number {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone: this.zone,
      hour: "2-digit",
      hourCycle: "h23",
    });
    return Number(format.format(epochMs));
  }
}
