import { describe, expect, test } from "@jest/globals";
import type { Documents } from "../../src/platform/store/documents.ts";
import { toDocument } from "../../src/platform/store/incident-document.ts";
import { incidentStore } from "../../src/platform/store/incidents.ts";
import type { Incident } from "../../src/remember/incident.ts";
import { opened } from "../../src/remember/life.ts";
import { OperatorError } from "../../src/shared/errors.ts";
import { thrownBy } from "./contract-refusals.ts";
import { healthy, identity, november, summary } from "./samples.ts";
import { type OpenStoreUnderTest, onFreshStore, race } from "./store-under-test.ts";

const racers = 20;

export function incidentContract(open: OpenStoreUnderTest): void {
  describe("incidents", () => {
    test(
      "one opens, grows, is found, closes, and the next one is another",
      onFreshStore(open, async ({ documents }) => {
        const incidents = incidentStore(documents);
        expect(await incidents.record(healthy(), november(1))).toBeUndefined();
        expect(await incidents.openFor("prod", "worker-7")).toBeUndefined();
        const first = await incidents.record(summary(), november(1));
        const grown = await incidents.record(summary({ askedBy: "U2", bundle: "nw-2" }), november(1, 5));
        expect(grown).toMatchObject({
          _id: first?._id,
          bundle: "nw-2",
          reports: [{ askedBy: "U1" }, { askedBy: "U2" }],
        });
        expect(await incidents.openFor("prod", "worker-7")).toEqual(grown);
        const closed = await incidents.record(healthy(), november(2));
        expect(closed).toMatchObject({ _id: first?._id, status: "closed", closedAt: november(2).toISOString() });
        expect(await incidents.openFor("prod", "worker-7")).toBeUndefined();
        expect(await incidents.record(healthy(), november(3))).toBeUndefined();
        const second = await incidents.record(summary(), november(4));
        expect(second).toMatchObject({ status: "open", openedAt: november(4).toISOString() });
        expect(second?._id).not.toBe(first?._id);
        expect(await incidents.history("prod", "worker-7", { limit: 10 })).toEqual([second, closed]);
      }),
    );

    test(
      "closed and opened again within the same millisecond are two",
      onFreshStore(open, async ({ documents }) => {
        const incidents = incidentStore(documents);
        for (const report of [summary(), healthy(), summary(), healthy()]) await incidents.record(report, november(1));
        expect(await incidents.history("prod", "worker-7", { limit: 10 })).toHaveLength(2);
      }),
    );

    test(
      "names that could be taken for another node's, or for an operator, are their own",
      onFreshStore(open, async ({ documents }) => {
        const incidents = incidentStore(documents);
        const places = [
          { cluster: "arn:aws:eks:eu-west-1:1:cluster/prod", node: "a" },
          { cluster: "arn:aws:eks:eu-west-1:1:cluster", node: "prod/a" },
          { cluster: "$where", node: '{"$gt": ""}' },
          { cluster: '","', node: "\u0000\n" },
        ];
        for (const place of places) await incidents.record(summary(place), november(1));
        for (const place of places) {
          expect(await incidents.history(place.cluster, place.node, { limit: 10 })).toMatchObject([place]);
          expect(await incidents.openFor(place.cluster, place.node)).toMatchObject(place);
        }
      }),
    );

    test(
      "whatever field names a report has, it comes back",
      onFreshStore(open, async ({ documents }) => {
        const incidents = incidentStore(documents);
        const report = { "kubelet.log": [[1], []], $where: { "": null }, at: "x\u0000" };
        await incidents.record(summary({ report }), november(1));
        expect((await incidents.openFor("prod", "worker-7"))?.lastReport).toEqual(report);
      }),
    );

    test(
      "by cause and by time",
      onFreshStore(open, async ({ documents }) => {
        const incidents = incidentStore(documents);
        const both = ["disk-full", "oom"];
        await incidents.record(summary({ node: "a" }), november(1));
        await incidents.record(summary({ node: "b", roots: both, fingerprints: both }), november(2));
        await incidents.record(summary({ node: "c", roots: ["oom"], fingerprints: ["oom"] }), november(3));
        await incidents.record(summary({ node: "d", cluster: "test" }), november(4));
        const of = (found: readonly Incident[]): string => found.map(({ node }) => node).join("");
        expect(of(await incidents.byCause("disk-full", { since: november(1), limit: 10 }))).toBe("dba");
        expect(of(await incidents.byCause("disk-full", { since: november(2), limit: 10 }))).toBe("db");
        expect(of(await incidents.byCause("oom", { since: november(1), limit: 1 }))).toBe("c");
        expect(of(await incidents.byCause("nothing", { since: november(1), limit: 10 }))).toBe("");
        expect(of(await all(incidents.between(november(1), november(4))))).toBe("abc");
        expect(of(await all(incidents.between(november(4, 1), november(9))))).toBe("");
      }),
    );

    test(
      "a week with many incidents, most of one millisecond, comes whole, once and in order",
      onFreshStore(open, async ({ documents }) => {
        const times = Array.from({ length: 410 }, (_, nth) => november(nth < 5 ? 1 : nth < 400 ? 2 : 3));
        const ids = times.map((_, nth) => `inc-${String(nth).padStart(3, "0")}`);
        for (const [nth, time] of times.entries()) {
          const opening = { id: ids[nth] ?? "", openedAt: time.toISOString() };
          await documents.insert("incidents", toDocument(opened(opening, summary(), time)));
        }
        const week = await all(incidentStore(documents).between(november(1), november(8)));
        expect(week.map(({ _id }) => _id)).toEqual(ids);
      }),
    );

    test(
      `${racers} replicas that ask at once keep one open incident, with every report`,
      onFreshStore(open, async ({ documents, again }) => {
        const connections = [documents, await again()];
        const kept = await race(racers, connections, (store, racer) =>
          incidentStore(store).record(summary({ askedBy: `U${racer}` }), november(1)),
        );
        const history = await incidentStore(documents).history("prod", "worker-7", { limit: 100 });
        expect(history).toHaveLength(1);
        expect(new Set(kept.map((incident) => incident?._id))).toEqual(new Set([history[0]?._id]));
        expect(history[0]?.reports.map(({ askedBy }) => askedBy).toSorted()).toEqual(
          Array.from({ length: racers }, (_, racer) => `U${racer}`).toSorted(),
        );
      }),
    );

    test(
      "a replica that dies at any write leaves no second open incident and none that hides a later one",
      onFreshStore(open, async ({ documents }) => {
        const reports = [summary(), summary({ askedBy: "U2" }), healthy(), summary({ askedBy: "U3" })];
        for (let writes = 0; writes < 6; writes += 1) {
          const node = `worker-${writes}`;
          await recordUntilDead(
            documents,
            writes,
            reports.map((report) => ({ ...report, node })),
          );
          const after = await incidentStore(documents).record(summary({ node, askedBy: "after" }), november(1, 9));
          const history = await incidentStore(documents).history("prod", node, { limit: 10 });
          expect(history.filter(({ status }) => status === "open")).toEqual([after]);
          expect(after?.reports.at(-1)?.askedBy).toBe("after");
        }
      }),
    );

    test(
      "a pointer whose closed incident was removed by retention opens a new one, now",
      onFreshStore(open, async ({ documents }) => {
        const incidents = incidentStore(documents);
        for (const report of [summary(), healthy()]) await incidents.record(report, november(1));
        await documents.deleteWhere("incidents", { status: "closed" });
        expect(await incidents.record(healthy(), november(20))).toBeUndefined();
        expect(await incidents.record(summary(), november(20))).toMatchObject({ openedAt: november(20).toISOString() });
      }),
    );

    test(
      "a document that a hand or another version changed is told, not guessed at",
      onFreshStore(open, async ({ documents }) => {
        const incidents = incidentStore(documents);
        await incidents.record(summary({ identity: { ...identity, zone: null } }), november(1));
        const [document] = await documents.find("incidents", {}, { limit: 1 });
        await documents.replaceIfRevision("incidents", {
          ...document,
          _id: document?._id ?? "",
          revision: 0,
          rack: "r1",
        });
        expect(await thrownBy(() => incidents.openFor("prod", "worker-7"))).toBeInstanceOf(OperatorError);
        expect(await thrownBy(() => incidents.history("prod", "worker-7", { limit: 1 }))).toBeInstanceOf(OperatorError);
      }),
    );
  });
}

async function all(incidents: AsyncIterable<Incident>): Promise<readonly Incident[]> {
  const found: Incident[] = [];
  for await (const incident of incidents) found.push(incident);
  return found;
}

/** Records one report after the other on a store that dies after so many writes, and stops there. */
async function recordUntilDead(
  documents: Documents,
  writes: number,
  reports: readonly ReturnType<typeof summary>[],
): Promise<void> {
  let left = writes;
  const write = <Answer>(run: () => Promise<Answer>): Promise<Answer> => {
    left -= 1;
    return left >= 0 ? run() : Promise.reject(new Error("died"));
  };
  const dying: Documents = {
    ...documents,
    insert: (collection, document) => write(() => documents.insert(collection, document)),
    replaceIfRevision: (collection, document) => write(() => documents.replaceIfRevision(collection, document)),
  };
  const incidents = incidentStore(dying);
  const thrown = await thrownBy(async () => {
    for (const report of reports) await incidents.record(report, november(1));
  });
  // The four reports make six writes, so each of these stores dies.
  expect(thrown).toEqual(new Error("died"));
}
