// Parses each AsyncAPI document named on the command line and prints, as JSON, what the official parser says of it.
import { readFile } from "node:fs/promises";
import { Parser } from "@asyncapi/parser";

const parser = new Parser();
const judged = {};
for (const path of process.argv.slice(2)) {
  const { document, diagnostics } = await parser.parse(await readFile(path, "utf8"));
  judged[path] = {
    understood: document !== undefined,
    said: diagnostics.map(({ severity, code, path: place, message }) => ({
      severity,
      code,
      sentence: `${place.join(".")}: ${message}`,
    })),
  };
}
console.log(JSON.stringify(judged));
