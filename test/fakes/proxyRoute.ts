import { createServer, request as forward } from "node:http";
import type { Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect } from "node:net";
import type { Socket } from "node:net";
import type { TestCertificate } from "./testAuthority";

/** A proxy that opens tunnels to one host, which uses TLS, as in a company's network. */
export interface ProxyRoute extends AsyncDisposable {
  /** For `http.proxy`. */
  readonly proxyUrl: string;
  /** `host:port` of each requested tunnel, in order. */
  readonly asked: readonly string[];
  /** While set, every tunnel is refused with this status: 407 asks for a sign-in. */
  refusal: number | undefined;
  /** From the next tunnel on the host presents this certificate. */
  present(certificate: TestCertificate): void;
}

/**
 * Clients that ask the proxy for `host` reach a server with this certificate that forwards every request to `origin`, over
 * plain HTTP. Nothing else can be reached through it, and it resolves no names.
 *
 * The editor's extension host goes this way with `http.proxy` set to `proxyUrl` and the base URL to
 * `https://HOST`: it never asks a proxy for this machine's own names. It trusts the authority when the
 * editor was started with `SSL_CERT_FILE` naming its file, since it reads the system's certificates through
 * Node (`http.systemCertificatesNode`), and `NODE_EXTRA_CA_CERTS` does not count beside them.
 */
export async function startProxyRoute(
  host: string,
  certificate: TestCertificate,
  origin: string,
): Promise<ProxyRoute> {
  const sockets = new Set<Socket>();
  const front = createSecureServer(certificate, (message, response) => {
    const { method, url, headers } = message;
    const onward = forward(`${origin}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    message.pipe(onward);
  });
  const frontPort = await listen(front);

  const asked: string[] = [];
  const proxy = createServer((_message, response) => response.writeHead(501).end());
  const route: ProxyRoute = {
    proxyUrl: `http://127.0.0.1:${await listen(proxy)}`,
    asked,
    refusal: undefined,
    present: (shown) => front.setSecureContext(shown),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([close(proxy), close(front)]);
    },
  };
  proxy.on("connect", ({ url = "" }, client: Socket) => {
    asked.push(url);
    const status = route.refusal ?? (url.split(":")[0] === host ? 200 : 403);
    client.on("error", () => client.destroy());
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const server = connect(frontPort, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(server).pipe(client);
    });
    for (const socket of [client, server]) sockets.add(socket);
    server.on("error", () => client.destroy());
  });
  return route;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no TCP address"));
      else resolve(address.port);
    });
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
