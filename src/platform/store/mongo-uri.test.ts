import { describe, expect, test } from "@jest/globals";
import { mongoPlace } from "./mongo-uri.ts";

describe("mongoPlace", () => {
  test.each([
    ["mongodb://127.0.0.1:27017", "mongodb://127.0.0.1:27017/node_why", "node_why"],
    ["mongodb://127.0.0.1:27017/", "mongodb://127.0.0.1:27017/node_why", "node_why"],
    ["mongodb://127.0.0.1/memory", "mongodb://127.0.0.1/memory", "memory"],
    ["mongodb://u:s3cret@a:1,b:2/memory?replicaSet=rs&authSource=admin", "mongodb://a:1,b:2/memory", "memory"],
    [
      "mongodb+srv://u:s3cret@x.example.net/?tlsCertificateKeyFilePassword=s3cret",
      "mongodb+srv://x.example.net/node_why",
      "node_why",
    ],
    ["mongodb://[::1]:27017?w=1", "mongodb://[::1]:27017/node_why", "node_why"],
  ])("%s", (uri, where, database) => {
    expect(mongoPlace(uri)).toEqual({ where, database });
  });

  test.each(["", "127.0.0.1:27017", "postgres://u:s3cret@host/db", "mongodb://", "mongodb://u:s3@cret@host/db"])(
    "%p is none",
    (uri) => {
      expect(mongoPlace(uri)).toBeUndefined();
    },
  );
});
