// The textbook race: the handler reads the current version, compares the condition with it, awaits, and then writes.
// node server.js PORT; ETALON_AWAIT_MS is how long it awaits (5).
const express = require("express");

const port = Number(process.argv[2]);
const awaited = Number(process.env.ETALON_AWAIT_MS ?? 5);
const items = new Map();
let versions = 0;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function listed(header, tag) {
  return header.split(",").some((one) => one.trim() === tag);
}

// The status with which the condition of a write fails, or undefined.
function failed(request, current) {
  const match = request.get("If-Match");
  const noneMatch = request.get("If-None-Match");
  if (match !== undefined && !(current && (match.trim() === "*" || listed(match, current.tag)))) return 412;
  if (noneMatch !== undefined && current && (noneMatch.trim() === "*" || listed(noneMatch, current.tag))) return 412;
  return undefined;
}

const app = express();
app.set("etag", false);
app.use(express.raw({ type: () => true, limit: "64mb" }));

app.put("/*path", async (request, response) => {
  const before = items.get(request.path);
  const status = failed(request, before);
  await sleep(awaited);
  if (status) return response.sendStatus(status);
  const item = {
    tag: `"v${++versions}"`,
    type: request.get("Content-Type") ?? "application/octet-stream",
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
  items.set(request.path, item);
  response.set("ETag", item.tag).status(before ? 204 : 201).end();
});

app.delete("/*path", async (request, response) => {
  const before = items.get(request.path);
  const status = failed(request, before);
  await sleep(awaited);
  if (status) return response.sendStatus(status);
  if (!items.delete(request.path)) return response.sendStatus(404);
  response.status(204).end();
});

app.get("/", (request, response) => response.type("text").send([...items.keys()].map((key) => key + "\n").join("")));

app.get("/*path", (request, response) => {
  const item = items.get(request.path);
  if (!item) return response.sendStatus(404);
  const match = request.get("If-Match");
  if (match !== undefined && match.trim() !== "*" && !listed(match, item.tag)) return response.sendStatus(412);
  // Express answers 304 to an If-None-Match that names the tag.
  response.set("ETag", item.tag).set("Content-Type", item.type).send(item.body);
});

const server = app.listen(port, "127.0.0.1");
server.keepAliveTimeout = 60000;
