import { describe, expect, it } from "vitest";
import { createModelBook } from "../../../src/core/models/modelBook";
import type { Model } from "../../../src/core/models/model";
import { readImage } from "../../../src/host/context/readImage";

const plain = createModelBook(undefined, new Map()).find("openai/gpt-oss-120b");
const seeing: Model = { ...plain, id: "some/seeing", abilities: { images: true } };
const pictures = {
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  "image/jpeg": [0xff, 0xd8, 0xff, 0xe0],
  "image/webp": [...Buffer.from("RIFF\u0001\u0002\u0003\u0004WEBPVP8 ")],
  "image/gif": [...Buffer.from("GIF89a")],
};
const base64 = (bytes: readonly number[]) => Buffer.from(bytes).toString("base64");

function read(mediaType: string, data: string, model = seeing, others: readonly Model[] = []) {
  const found = readImage({ kind: "image", name: "a.png", mediaType, data }, model, others);
  return found.ok ? found.value : found.failure;
}

describe("a picture", () => {
  it.each(Object.entries(pictures))("%s is taken", (mediaType, bytes) => {
    expect(read(mediaType, base64(bytes))).toMatchObject({ kind: "image", mediaType });
  });

  it.each([
    ["image/svg+xml", base64([...Buffer.from("<svg/>")])],
    ["text/html", base64(pictures["image/png"])],
    ["image/png", base64(pictures["image/jpeg"])],
    ["image/png", ""],
    ["image/png", 'iVBORw0KGgo" onload="'],
    ["image/png", `iVBORw0KGgo${"A".repeat(4_000_000)}`],
    ["__proto__", "iVBORw0KGgo="],
  ])("%s is refused for what it is", (mediaType, data) => {
    expect(read(mediaType, data)).toMatchObject({ reason: "notAnImage" });
  });

  it("is refused for a model that takes none, or of which that is not known", () => {
    const data = base64(pictures["image/png"]);
    expect(read("image/png", data, plain)).toEqual({
      kind: "noImages",
      name: "a.png",
      model: plain.id,
    });
    const { abilities: _, ...unknown } = plain;
    expect(read("image/png", data, unknown, [plain, seeing])).toMatchObject({
      able: "some/seeing",
    });
  });
});
