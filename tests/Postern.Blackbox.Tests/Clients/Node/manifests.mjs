// Reads YAML documents from standard input strictly, and holds those with an apiVersion against the Kubernetes schemas. Prints how many there were.
import { parseAllDocuments } from "yaml";
import { readFileSync } from "node:fs";

let count = 0;
for (const document of parseAllDocuments(readFileSync(0, "utf8"), { strict: true, uniqueKeys: true })) {
    if (document.errors.length + document.warnings.length > 0) throw new Error([...document.errors, ...document.warnings].join("\n"));
    const made = document.toJS();
    if (made.apiVersion) {
        const { [made.kind]: kind } = await import(`kubernetes-models/${made.apiVersion}/${made.kind}`);
        new kind(made).validate();
    }

    count++;
}

console.log(count);
