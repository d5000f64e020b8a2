"""Validates the JSON document on standard input against the CycloneDX 1.6 schema in this directory; prints what is wrong."""
import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")
import jsonschema  # noqa: E402

here = pathlib.Path(__file__).parent
schemas = {name: json.loads((here / name).read_text(encoding="utf-8"))
           for name in ("bom-1.6.SNAPSHOT.schema.json", "spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json")}
main = schemas["bom-1.6.SNAPSHOT.schema.json"]
known = {"http://cyclonedx.org/schema/" + name: schema for name, schema in schemas.items()}
validator = jsonschema.Draft7Validator(main, resolver=jsonschema.RefResolver(main["$id"], main, store=known))
errors = [f"{list(error.path)}: {error.message[:200]}" for error in validator.iter_errors(json.load(sys.stdin))]
print("\n".join(errors))
sys.exit(1 if errors else 0)
