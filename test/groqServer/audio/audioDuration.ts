/** What compressed speech usually takes: 64 kbit/s. */
const compressedBytesPerSecond = 8_000;

/**
 * Length of an audio file in seconds: exact for WAV, from the size for everything else, since this
 * server decodes nothing. Tests that need a length of their own give it with the queued answer.
 */
export function audioDuration(file: Buffer): number {
  return wavDuration(file) ?? file.length / compressedBytesPerSecond;
}

function wavDuration(file: Buffer): number | undefined {
  if (file.length < 44 || file.toString("latin1", 0, 4) !== "RIFF") return undefined;
  let bytesPerSecond = 0;
  let offset = 12;
  while (offset + 8 <= file.length) {
    const name = file.toString("latin1", offset, offset + 4);
    const size = file.readUInt32LE(offset + 4);
    if (name === "fmt " && offset + 20 <= file.length) {
      bytesPerSecond = file.readUInt32LE(offset + 16);
    }
    if (name === "data" && bytesPerSecond > 0) return size / bytesPerSecond;
    // Chunks are padded to an even length.
    offset += 8 + size + (size % 2);
  }
  return undefined;
}
