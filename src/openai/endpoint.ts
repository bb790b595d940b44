/**
 * The address of completions. A base URL is what the service calls its base URL, with `/v1`:
 * `https://api.openai.com/v1`, `https://openrouter.ai/api/v1`, `http://localhost:11434/v1`. One without a
 * path gets `/v1`, since no service is at the root; the endpoint's own address is accepted as well.
 */
export function completionsUrl(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "");
  return `${url.origin}${path === "" ? "/v1" : path}/chat/completions`;
}
