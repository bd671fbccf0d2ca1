// Prints every scenario of @typespec/http-specs as a line of JSON: the folder it stands in, what passes it, and its requests and answers
// in order. Takes the URL that stands for the server's own. It has to stand where the packages are installed.
import { expandDyns } from "@typespec/spec-api";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const config = { baseUrl: process.argv[2] };
const packages = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules");
const specs = path.join(packages, "@typespec/http-specs/dist/specs");

const expand = (value) => (value === undefined ? null : expandDyns(value, config));
const base64 = (bytes) => Buffer.from(bytes).toString("base64");

// Text where it is text, so that a reader of the output sees it.
function content(bytes) {
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) ? { text } : { base64: base64(bytes) };
}

function body(said) {
  if (!said) return null;
  const media_type = said.contentType;
  if (said.kind === "multipart") {
    const files = (said.files ?? []).map((file) => ({
      field: file.fieldname,
      name: file.originalname,
      media_type: file.mimetype,
      base64: base64(file.buffer),
    }));
    return { media_type, parts: expand(said.parts ?? {}), files };
  }
  const raw = said.rawContent ?? Buffer.concat(said.streamChunks ?? []);
  return { media_type, ...content(Buffer.from(typeof raw === "string" || Buffer.isBuffer(raw) ? raw : raw.serialize(config))) };
}

const files = readdirSync(specs, { recursive: true })
  .filter((file) => path.basename(file) === "mockapi.js")
  .sort();
for (const file of files) {
  const folder = path.dirname(file).split(path.sep).join("/");
  const { Scenarios } = await import(pathToFileURL(path.join(specs, file)));
  for (const [name, scenario] of Object.entries(Scenarios)) {
    const exchanges = scenario.apis.map((api) => ({
      method: api.method,
      uri: api.uri,
      // A handler of its own decides what is right; what is told here is an example.
      handled: Boolean(api.handler),
      query: expand(api.request?.query),
      headers: expand(api.request?.headers),
      path: expand(api.request?.pathParams),
      body: body(api.request?.body),
      status: api.response?.status ?? null,
      answer_headers: expand(api.response?.headers),
      answer: body(api.response?.body),
    }));
    console.log(JSON.stringify({ name, folder, condition: scenario.passCondition, status: scenario.code ?? null, keys: scenario.keys ?? [], exchanges }));
  }
}
