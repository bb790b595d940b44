/**
 * Where completions are asked for. A base URL is what the service calls so, with its `/v1`:
 * `https://api.openai.com/v1`, `https://openrouter.ai/api/v1`, `http://localhost:11434/v1`. One without any
 * path gets `/v1`, since nobody serves at the root; the address of the endpoint itself is taken as it is.
 */
export function completionsUrl(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "");
  return `${url.origin}${path === "" ? "/v1" : path}/chat/completions`;
}
