import { createSocket } from "node:dgram";
import { apiName } from "../place.ts";

/** A DNS server for the nodes that knows one name, the API server's, and says of any other that it does not exist. */
export function serveDns(address: string): void {
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const answer = answerTo(query, address);
    if (answer !== null) socket.send(answer, from.port, from.address);
  });
  socket.bind(53, address);
}

const headerBytes = 12;
const typeA = 1;

/** RFC 1035, 4.1: the question is sent back with an A record, with none, or with NXDOMAIN. */
export function answerTo(query: Buffer, address: string): Buffer | null {
  const question = questionIn(query);
  if (question === null) return null;
  const known = question.name === apiName;
  const record = known && question.type === typeA;
  const header = Buffer.alloc(headerBytes);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8580 | (known ? 0 : 3), 2); // an authoritative answer, recursion available
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(record ? 1 : 0, 6);
  const asked = query.subarray(headerBytes, question.end);
  return Buffer.concat([header, asked, record ? recordFor(address) : Buffer.alloc(0)]);
}

/** The name is a pointer to the question's; it is good for five seconds. */
function recordFor(address: string): Buffer {
  const fields = Buffer.from([0xc0, headerBytes, 0, typeA, 0, 1, 0, 0, 0, 5, 0, 4]);
  return Buffer.concat([fields, Buffer.from(address.split(".").map(Number))]);
}

function questionIn(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } | null {
  const labels: string[] = [];
  let at = headerBytes;
  for (;;) {
    const length = query[at];
    if (length === undefined || length > 63) return null;
    if (length === 0) break;
    labels.push(
      query
        .subarray(at + 1, at + 1 + length)
        .toString("latin1")
        .toLowerCase(),
    );
    at += length + 1;
  }
  if (query.length < at + 5) return null;
  return { name: labels.join("."), type: query.readUInt16BE(at + 1), end: at + 5 };
}
