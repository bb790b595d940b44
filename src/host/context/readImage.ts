import { workspace } from "vscode";
import type { Uri } from "vscode";
import type { ImageItem, ImageType } from "../../core/context/contextItem";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import type { Model } from "../../core/models/model";
import type { ContextRequest } from "./contextBoard";
import { refuse } from "./workspacePlace";

/** Groq accepts 4 MB of base64, which is 3 MB of picture. */
const largestImage = 4_000_000;

/** The first bytes of each type in base64. */
const beginnings: Readonly<Record<ImageType, RegExp>> = {
  "image/png": /^iVBORw0KGg/,
  "image/jpeg": /^\/9j\//,
  "image/webp": /^UklGR.{6}XRUJQ/,
  "image/gif": /^R0lGOD/,
};

/** A picture, only for a model that is known to accept pictures; `others` are models that could be asked instead. */
export function readImage(
  { name, mediaType, data }: Extract<ContextRequest, { kind: "image" }>,
  model: Model,
  others: readonly Model[],
): Result<ImageItem> {
  if (model.abilities?.images !== true) {
    const able = others.find(({ abilities }) => abilities?.images === true)?.id;
    return fail({ kind: "noImages", name, model: model.id, ...(able !== undefined && { able }) });
  }
  const type = typeOf(mediaType);
  const isImage =
    type !== undefined &&
    data.length <= largestImage &&
    beginnings[type].test(data) &&
    /^[A-Za-z0-9+/]+={0,2}$/.test(data);
  return isImage
    ? succeed({ kind: "image", name, mediaType: type, data })
    : refuse(name, "notAnImage");
}

/** The image type by a file's name; undefined for other types than models accept. */
export function imageTypeOf(path: string): ImageType | undefined {
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return typeOf(`image/${extension === "jpg" ? "jpeg" : extension}`);
}

/** A picture in base64; "" if it is too large or cannot be read. */
export async function base64Of(uri: Uri, size: number): Promise<string> {
  if (size * 4 > largestImage * 3) return "";
  try {
    return Buffer.from(await workspace.fs.readFile(uri)).toString("base64");
  } catch {
    return "";
  }
}

function typeOf(mediaType: string): ImageType | undefined {
  return (Object.keys(beginnings) as readonly ImageType[]).find((type) => type === mediaType);
}
