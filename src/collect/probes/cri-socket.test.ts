import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { criSocket } from "./cri-socket.ts";

const paths =
  criSocket.via.source === "ssh" && typeof criSocket.via.argv !== "function"
    ? criSocket.via.argv.filter((word) => word.startsWith("/"))
    : [];
const missing = (path: string) => `stat: cannot statx '${path}': No such file or directory`;

/** coreutils 9.1. */
test("finds the socket that exists", () => {
  const answer = value("/run/containerd/containerd.sock|socket|0|660|root:root|1795268428", {
    stderr: paths.slice(0, 5).map(missing).join("\n"),
    exitCode: 1,
  });
  expect(valuesOf(criSocket, answer)).toEqual({
    "cri.socket.exists": true,
    "cri.socket.path": "/run/containerd/containerd.sock",
    "cri.socket.mode": "660",
    "cri.socket.owner": "root:root",
    "cri.sockets": ["/run/containerd/containerd.sock"],
  });
});

test("says there is none only if every place was looked at", () => {
  const none = value("", { stderr: paths.map(missing).join("\n"), exitCode: 1 });
  expect(valuesOf(criSocket, none)).toMatchObject({
    "cri.socket.exists": false,
    "cri.socket.path": null,
    "cri.sockets": [],
  });
  expect(valuesOf(criSocket, value("", { stderr: missing("/run/crio/crio.sock") }))).toEqual({});
  expect(
    valuesOf(
      criSocket,
      value("", { stderr: paths.map((path) => `stat: cannot statx '${path}': Permission denied`).join("\n") }),
    ),
  ).toEqual({});
});

/** The lab's listing after the socket's file was removed. */
test("reads a listing of the folder", () => {
  const listing = (entries: string) =>
    `/run/containerd:\ntotal 0\ndrwx--x--x  5 root root 120 Nov 21 02:11 .\n${entries}`;
  const socket = "srw-rw----  1 root root   0 Nov 21 02:11 containerd.sock";
  const other = "srw-rw----  1 root root   0 Nov 21 02:11 containerd.sock.ttrpc";
  expect(valuesOf(criSocket, listing(`${other}\n${socket}`))).toMatchObject({
    "cri.socket.exists": true,
    "cri.socket.path": "/run/containerd/containerd.sock",
  });
  expect(valuesOf(criSocket, listing(other))).toMatchObject({ "cri.socket.exists": false });
});
