import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown } from "../parse/testing.ts";
import { runtimeJournal } from "./runtime-journal.ts";

/** systemd 252, containerd 1.6. */
const sample = `2026-11-21T02:11:27+0000 n3 containerd[48]: time="2026-11-21T02:11:27.660650248Z" level=info msg="starting containerd" version="1.6.20~ds1"`;

test("gives the lines to the runtime's log", () => {
  expect(runtimeJournal.read(value(sample), nothingKnown)).toEqual({ logs: { runtime: sample } });
});
