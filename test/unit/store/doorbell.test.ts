import { afterEach, expect, it } from "vitest";
import { openDoorbell } from "../../../src/store/doorbell";
import { TemporaryFolder } from "../../fakes/temporaryFolder";

const folder = new TemporaryFolder();
afterEach(() => folder[Symbol.dispose]());

it("many rings in a row are heard as few", async () => {
  let heard = 0;
  const bell = await openDoorbell(folder.file("bell"), () => heard++);
  for (let ring = 0; ring < 30; ring++) await bell.ring();
  await expect.poll(() => heard).toBeGreaterThan(0);
  expect(heard).toBeLessThan(10);
  bell.close();
});
