import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { openFiles } from "./open-files.ts";

/** Linux 6.18; the limit is 2^63-1 on many hosts. */
const sample = `/proc/sys/fs/file-nr:1400\t0\t2800
/proc/sys/fs/inotify/max_user_instances:128
/proc/sys/fs/inotify/max_user_watches:192536`;

test("reads handles and inotify limits", () => {
  expect(valuesOf(openFiles, sample)).toEqual({
    "fs.nrOpenPercent": 50,
    "inotify.instances": 128,
    "inotify.watches": 192_536,
  });
  expect(valuesOf(openFiles, "/proc/sys/fs/file-nr:1400\t0\t9223372036854775807")).toEqual({ "fs.nrOpenPercent": 0 });
});

test("reads what people paste", () => {
  expect(valuesOf(openFiles, "8192", { asked: ["cat /proc/sys/fs/inotify/max_user_watches"] })).toEqual({
    "inotify.watches": 8192,
  });
  expect(valuesOf(openFiles, "fs.inotify.max_user_instances = 128")).toEqual({ "inotify.instances": 128 });
});
