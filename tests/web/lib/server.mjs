import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

/** The strictest policy that the published pages promise to work under: nothing inline, nothing from elsewhere. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'";

const CONTENT_TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".jsonld": "application/ld+json",
  ".xml": "application/xml",
  ".csv": "text/csv; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".ttl": "text/turtle; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".pdf": "application/pdf",
  ".woff2": "font/woff2",
};

/**
 * Serves `folder` under the path `base` ("" or "/a/b") on a free loopback port, as a plain static host would:
 * a folder's index.html at its address with a slash, and 404.html for everything that is not there.
 */
export async function serve(folder, base) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const found = await find(folder, base, pathname);
    // Chromium asks for it by itself, once in a while, when a page names no icon: a missing one is no page's fault.
    if (!found && pathname === "/favicon.ico") return response.writeHead(204).end();
    const path = found ?? join(folder, "404.html");
    response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    try {
      const body = await readFile(path);
      response.writeHead(found ? 200 : 404, {
        "Content-Type": CONTENT_TYPES[extname(path).toLowerCase()] ?? "application/octet-stream",
      });
      response.end(body);
    } catch {
      response.writeHead(404, { "Content-Type": "text/plain" });
      response.end("not found");
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((closed) => (server.close(closed), server.closeAllConnections())),
  };
}

async function find(folder, base, pathname) {
  if (!pathname.startsWith(`${base}/`)) return undefined;
  let inside;
  try {
    inside = normalize(decodeURIComponent(pathname.slice(base.length)));
  } catch {
    return undefined;
  }
  const path = join(folder, inside.endsWith("/") ? `${inside}index.html` : inside);
  const facts = await stat(path).catch(() => undefined);
  return facts?.isFile() ? path : undefined;
}
