/** The HTML page of a gateway that stands between the client and Groq. */
export function proxyPage(status: number): string {
  return [
    "<!DOCTYPE html>",
    `<html><head><title>${status} | gateway</title></head>`,
    `<body><center><h1>${status}</h1></center><hr><center>proxy</center></body></html>`,
    "",
  ].join("\r\n");
}
