import { checkFormFields } from "../http/parseForm";
import { requestTooLarge } from "../http/readBody";
import { type Refusal, badRequest } from "../http/refusal";
import type { Organization } from "../organization";
import { audioDuration } from "./audioDuration";

/** A transcription or translation request that has passed validation. */
export interface AudioRequest {
  readonly model: string;
  readonly format: "json" | "text" | "verbose_json";
  readonly language: string | undefined;
  readonly words: boolean;
  readonly segments: boolean;
  /** Length of the audio, as far as the file tells it. */
  readonly seconds: number;
}

/** What the two endpoints do. */
export type AudioTask = "transcribe" | "translate";

const commonFields = ["file", "url", "model", "prompt", "response_format", "temperature"];
const transcriptionFields = [
  ...commonFields,
  "language",
  "timestamp_granularities",
  "timestamp_granularities[]",
];
const fileTypes = ["flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "opus", "wav", "webm"];

/** Checks a form (Groq's speech-to-text page and API reference, read 2026-10). */
export async function readAudioRequest(
  form: FormData,
  task: AudioTask,
  organization: Organization,
): Promise<AudioRequest | Refusal> {
  const known = task === "transcribe" ? transcriptionFields : commonFields;
  const unfit = checkFormFields(form, known) ?? checkFields(form) ?? checkFile(form, organization);
  if (unfit !== undefined) return unfit;
  const granularities = granularitiesOf(form);
  return {
    model: text(form, "model") ?? "",
    format: formatOf(form) ?? "json",
    language: text(form, "language"),
    words: granularities.includes("word"),
    segments: granularities.length === 0 || granularities.includes("segment"),
    seconds: await secondsOf(form),
  };
}

function checkFields(form: FormData): Refusal | undefined {
  if (text(form, "model") === undefined) return badRequest("property 'model' is missing");
  if (formatOf(form) === undefined && form.has("response_format")) {
    return badRequest("response_format must be one of [`json`, `text`, `verbose_json`]");
  }
  const temperature = Number(text(form, "temperature") ?? 0);
  if (!(temperature >= 0 && temperature <= 1)) {
    return badRequest("temperature must be between 0 and 1", { param: "temperature" });
  }
  const language = text(form, "language");
  if (language !== undefined && !/^[a-z]{2,3}$/.test(language)) {
    return badRequest(`language '${language}' is not supported`, { param: "language" });
  }
  const granularities = granularitiesOf(form);
  if (granularities.some((name) => name !== "word" && name !== "segment")) {
    return badRequest("timestamp_granularities must be one of [`word`, `segment`]");
  }
  if (granularities.length > 0 && formatOf(form) !== "verbose_json") {
    return badRequest("timestamp_granularities need response_format `verbose_json`");
  }
  return undefined;
}

function checkFile(form: FormData, organization: Organization): Refusal | undefined {
  const file = form.get("file");
  if (file === null) {
    return form.has("url") ? undefined : badRequest("one of `file` or `url` must be provided");
  }
  if (form.has("url")) return badRequest("only one of `file` or `url` may be provided");
  if (!(file instanceof File)) return badRequest("`file` must be a file");
  const type = file.name.split(".").at(-1)?.toLowerCase() ?? "";
  if (!fileTypes.includes(type)) {
    return badRequest(`file must be one of the following types: [${fileTypes.join(" ")}]`);
  }
  const megabytes = organization.plan === "free" ? 25 : 100;
  return file.size > megabytes * 1024 * 1024 ? requestTooLarge : undefined;
}

async function secondsOf(form: FormData): Promise<number> {
  const file = form.get("file");
  if (file instanceof File) return audioDuration(Buffer.from(await file.arrayBuffer()));
  const [, base64] = /^data:[^,]*;base64,(.*)$/.exec(text(form, "url") ?? "") ?? [];
  // Nothing is fetched from elsewhere: the minute stands for whatever is behind an address.
  return base64 === undefined ? 60 : audioDuration(Buffer.from(base64, "base64"));
}

function granularitiesOf(form: FormData): string[] {
  return ["timestamp_granularities", "timestamp_granularities[]"]
    .flatMap((name) => form.getAll(name))
    .filter((value) => typeof value === "string");
}

function formatOf(form: FormData): AudioRequest["format"] | undefined {
  const format = text(form, "response_format");
  return format === "json" || format === "text" || format === "verbose_json" ? format : undefined;
}

function text(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" ? value : undefined;
}
