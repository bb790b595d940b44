import { postToHost } from "../host";

/** Attaches what was dropped: addresses from the explorer, which the host reads, else the files themselves. */
export function attachDropped(event: DragEvent): void {
  event.preventDefault();
  const { dataTransfer } = event;
  if (dataTransfer === null) return;
  const list =
    dataTransfer.getData("application/vnd.code.uri-list") || dataTransfer.getData("text/uri-list");
  const uris = list.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  const files = [...dataTransfer.files];
  if (uris.length > 0) postToHost({ type: "drop", uris: uris.slice(0, mostDropped) });
  else if (files.length > 0) void attachFiles(files);
}

/** Attaches pictures from the clipboard; text goes into the box by itself. */
export function attachPasted(event: ClipboardEvent): void {
  const pictures = [...(event.clipboardData?.files ?? [])].filter(isPicture);
  if (pictures.length === 0) return;
  event.preventDefault();
  void attachFiles(pictures);
}

const mostDropped = 100;

/** In bytes: what a message to the host has room for as base64. Of a larger picture only the name is sent, and refused. */
const largestPicture = 2_900_000;

/** A file from outside has no address here: unless it is a picture, the host can only say that it is not attached. */
async function attachFiles(files: readonly File[]): Promise<void> {
  for (const file of files.slice(0, mostDropped)) {
    const data = isPicture(file) && file.size <= largestPicture ? await base64Of(file) : "";
    postToHost({
      type: "attachFile",
      name: file.name.slice(0, longestName),
      mediaType: file.type.slice(0, longestName),
      data,
    });
  }
}

const longestName = 200;

function isPicture({ type }: File): boolean {
  return type.startsWith("image/");
}

/** "" for a file that cannot be read. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("loadend", () => {
      const address = typeof reader.result === "string" ? reader.result : "";
      resolve(address.slice(address.indexOf(",") + 1));
    });
    reader.readAsDataURL(file);
  });
}
