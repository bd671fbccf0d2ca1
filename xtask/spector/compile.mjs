// Compiles every specification of @typespec/http-specs to OpenAPI 3.0 and 3.1: takes the folder to write to, prints a line of JSON for
// each specification with its folder, its documents and what the compiler had to say. It has to stand where the packages are installed.
import { compile, NodeHost } from "@typespec/compiler";
import { getOpenAPI3 } from "@typespec/openapi3";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const output = process.argv[2];
const packages = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules");
const specs = path.join(packages, "@typespec/http-specs/specs");

// Operations at which the emitter breaks off: a parameter called `constructor` is looked up in an object that inherits one.
const refused = { "special-words": [["SpecialWords.Parameters", "withConstructor"]] };

const mains = readdirSync(specs, { recursive: true })
  .filter((file) => path.basename(file) === "main.tsp")
  .sort();
for (const main of mains) {
  const folder = path.dirname(main).split(path.sep).join("/");
  const said = [];
  const documents = [];
  const program = await compile(NodeHost, path.join(specs, main), { noEmit: true });
  for (const [namespace, operation] of refused[folder] ?? []) {
    program.resolveTypeReference(namespace)[0].operations.delete(operation);
    said.push(`left out: ${namespace}.${operation}`);
  }
  for (const version of ["3.0.0", "3.1.0"]) {
    // Asked for as values: a specification with an operation that OpenAPI cannot express is written without that operation, while
    // the emitter's own files would be missing whole.
    const records = await getOpenAPI3(program, { "openapi-versions": [version] });
    const written = records.flatMap((record) => (record.versioned ? record.versions : [record]));
    for (const [index, { document, version: api }] of written.entries()) {
      const file = path.join(output, version.slice(0, 3), folder, api ?? (index === 0 ? "" : `${index}`), "openapi.json");
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(document, null, 1));
      documents.push({ version: version.slice(0, 3), api: api ?? null, file });
    }
    const diagnostics = written.flatMap((record) => [...(record.diagnostics ?? [])]);
    for (const { severity, code, message } of diagnostics) said.push(`${version}: ${severity} ${code}: ${message}`);
  }
  for (const { severity, code, message } of program.diagnostics) said.push(`${severity} ${code}: ${message}`);
  console.log(JSON.stringify({ folder, documents, said }));
}
