import { parseDollars } from "../budget/money";
import type { SpeechPrice, TranscriptionPrice } from "../budget/charge";
import type { ModelFacts, RateLimits } from "./model";

/** Audio has limits of its own: seconds of audio per hour and day. */
export interface AudioLimits extends RateLimits {
  readonly ash?: number;
  readonly asd?: number;
}

/** A model that transcribes speech. */
export interface TranscriptionModel extends ModelFacts {
  readonly kind: "transcription";
  readonly price: TranscriptionPrice;
  readonly free: AudioLimits;
  /** Whether it can translate any spoken language into English. */
  readonly translates: boolean;
}

/** A model that reads a text aloud. */
export interface SpeechModel extends ModelFacts {
  readonly kind: "speech";
  readonly price: SpeechPrice;
}

const whisper = {
  kind: "transcription",
  status: "production",
  free: { rpm: 20, rpd: 2000, ash: 7200, asd: 28_800 },
  source: "Groq models, pricing and limits pages, 2026-10",
} as const;

/** Groq's models for speech to text, read on 2026-11-20. */
export const transcriptionModels: readonly TranscriptionModel[] = [
  {
    ...whisper,
    id: "whisper-large-v3",
    price: perHour("0.111"),
    translates: true,
  },
  {
    ...whisper,
    id: "whisper-large-v3-turbo",
    price: perHour("0.04"),
    translates: false,
  },
];

/** Groq's models for text to speech, read on 2026-11-20. */
export const speechModels: readonly SpeechModel[] = [
  {
    id: "canopylabs/orpheus-v1-english",
    kind: "speech",
    status: "preview",
    price: { perMillionCharacters: dollars("22") },
    free: { rpm: 10, rpd: 100, tpm: 1200, tpd: 3600 },
    source: "Groq models, pricing and limits pages, 2026-10",
  },
];

/** Groq bills at least ten seconds of each request. */
function perHour(usd: string): TranscriptionPrice {
  return { perHour: dollars(usd), leastSeconds: 10 };
}

/** A test checks that each price above is one. */
function dollars(usd: string): bigint {
  return parseDollars(usd) ?? 0n;
}
