import { expect, test } from "@jest/globals";
import { filled } from "./template.ts";

const filling = { address: "10.0.0.7", node: "worker-7", user: "ops", port: 22 };
const words = ["sh", "-c", 'echo "$0"', "it's"];

test.each<[string, readonly string[], readonly string[]]>([
  [
    "one line",
    ["tsh", "ssh", "{user}@{node}", "{command}"],
    ["tsh", "ssh", "ops@worker-7", `exec 'sh' '-c' 'echo "$0"' 'it'\\''s'`],
  ],
  [
    "in a word of the tool's",
    ["gcloud", "{node}", "--command={command}"],
    ["gcloud", "worker-7", `--command=exec 'sh' '-c' 'echo "$0"' 'it'\\''s'`],
  ],
  [
    "within JSON",
    ["aws", "{host}", '{"command":["{command:json}"]}'],
    ["aws", "10.0.0.7", `{"command":["exec 'sh' '-c' 'echo \\"$0\\"' 'it'\\\\''s'"]}`],
  ],
  [
    "its words",
    ["run", "-p", "{port}", "{host}", "--", "{command...}"],
    ["run", "-p", "22", "10.0.0.7", "--", ...words],
  ],
])("a command as %s", (_, template, argv) => expect(filled(template, filling, words)).toEqual(argv));

test("what is filled in is not looked through again", () => {
  expect(filled(["x", "{node}", "{command}"], { ...filling, node: "{user}" }, ["{host}"])).toEqual([
    "x",
    "{user}",
    "exec '{host}'",
  ]);
});
