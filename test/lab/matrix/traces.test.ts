import { expect, test } from "@jest/globals";
import { removed, tracesOf, withoutTraces } from "./traces.ts";

const place = { state: "/srv/lab.1", cache: "/home/ana/.cache/lab", name: "nwlab", net: "192.0.2" };

test("folders, groups and what was asked for are taken out, and nothing else", () => {
  const set = {
    node: "worker-1",
    items: ["lowerdir=/home/ana/.cache/lab/x", "/srv/lab.1/n", "/srv/labs1", "memcg=/user/7/nwlab", "box9", "BOOT=1 x"],
  };
  const traces = [
    ...tracesOf(place, { groups: "4:memory:/user/7\n0::/\n", commandLine: "BOOT=1 x\n" }),
    removed("box\\d"),
  ];
  const clean = withoutTraces(set as never, traces) as unknown as typeof set;
  expect(clean.items).toEqual([
    "lowerdir=/lab/cache/x",
    "/lab/state/n",
    "/srv/labs1",
    "memcg=/nwlab",
    "host",
    "root=/dev/vda ro",
  ]);
});
