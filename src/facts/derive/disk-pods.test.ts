import { expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { diskPods } from "./disk-pods.ts";

const derive = (known: Readonly<Record<string, FactValue>>) =>
  diskPods.derive(new Map(Object.entries(known)), { at: null });

test("names the pods by their logs' folder and by their uid", () => {
  const found = derive({
    "disk.folderRows": [
      { path: "/var/lib/kubelet/pods/5a1c", kib: 900_000 },
      { path: "/var/log/pods/default_chatty-1_77ab", kib: 194_016 },
      { path: "/var/log", kib: 590_028 },
      { path: "/var/lib/kubelet/pods/dead", kib: 60_000 },
    ],
    "pods.rows": [{ namespace: "default", name: "hungry-0", uid: "5a1c" }],
  });
  expect(found["disk.podRows"]).toEqual([
    { namespace: "default", name: "hungry-0", kib: 900_000, path: "/var/lib/kubelet/pods/5a1c" },
    { namespace: "default", name: "chatty-1", kib: 194_016, path: "/var/log/pods/default_chatty-1_77ab" },
    { namespace: null, name: null, kib: 60_000, path: "/var/lib/kubelet/pods/dead" },
  ]);
});

test("nothing measured, nothing said", () => {
  expect(derive({ "pods.rows": [] })).toEqual({});
});
