import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { validityOf } from "./certificate.ts";

// made by `ssh-keygen -s ca -I bot -n root -V 20260101000000:20260102000000`, in UTC (OpenSSH 9.2), throw-away keys
const ed25519 =
  "ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIF6UZXr/NeeGSFrCIcavh2Q5rwipfn8k3qVu13++19KZAAAAIKa0ULlJIDTZEXnp0U3TfUHbsPK0MlJ3cb981I64xDbTAAAAAAAAAAAAAAABAAAAA2JvdAAAAAgAAAAEcm9vdAAAAABpVbkAAAAAAGlXCoAAAAAAAAAAggAAABVwZXJtaXQtWDExLWZvcndhcmRpbmcAAAAAAAAAF3Blcm1pdC1hZ2VudC1mb3J3YXJkaW5nAAAAAAAAABZwZXJtaXQtcG9ydC1mb3J3YXJkaW5nAAAAAAAAAApwZXJtaXQtcHR5AAAAAAAAAA5wZXJtaXQtdXNlci1yYwAAAAAAAAAAAAAAMwAAAAtzc2gtZWQyNTUxOQAAACB10L1HtQ5YayIBTN+VRE5HfRym+DMUxOIABkwdcXsIzwAAAFMAAAALc3NoLWVkMjU1MTkAAABAEn0kZMISGtd4MnjnA5Il0GhCybZpTeABQ1fjd/ImpelpoFYqHdKDygPCvP+xdT2+f5uQXxPdk3cUzkplIIq/CQ== ed25519.pub";
const ecdsa =
  "ecdsa-sha2-nistp256-cert-v01@openssh.com AAAAKGVjZHNhLXNoYTItbmlzdHAyNTYtY2VydC12MDFAb3BlbnNzaC5jb20AAAAgvxAi2IuAvxr8v0U9pSmktZ9OSmZ8KYdS8rIgvokdXKAAAAAIbmlzdHAyNTYAAABBBA0hNKQNz8hgRexnvqwuSPAiQ1fduiHrczN4c34oO9iBeCMm7L/mhdbHPQXQ/xCWLh3AsTzqo9JNhWRqlBZ4D3QAAAAAAAAAAAAAAAEAAAADYm90AAAACAAAAARyb290AAAAAGlVuQAAAAAAaVcKgAAAAAAAAACCAAAAFXBlcm1pdC1YMTEtZm9yd2FyZGluZwAAAAAAAAAXcGVybWl0LWFnZW50LWZvcndhcmRpbmcAAAAAAAAAFnBlcm1pdC1wb3J0LWZvcndhcmRpbmcAAAAAAAAACnBlcm1pdC1wdHkAAAAAAAAADnBlcm1pdC11c2VyLXJjAAAAAAAAAAAAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIHXQvUe1DlhrIgFM35VETkd9HKb4MxTE4gAGTB1xewjPAAAAUwAAAAtzc2gtZWQyNTUxOQAAAEAxtMxieezewxTeH2hC/9UxHVG0iKZf7qIGgRZ9Ig6B4GE8pOpEd+PWxyZVD4+R8VJwt3p0leSAmpNNrmVIoQoD ecdsa.pub";
const rsa =
  "ssh-rsa-cert-v01@openssh.com AAAAHHNzaC1yc2EtY2VydC12MDFAb3BlbnNzaC5jb20AAAAghUIvrzgj7Ab351h3dOYzTDQPDv87PhSyy1xY3RspoRMAAAADAQABAAAAgQDAY4stVKV3PvXRow+YHgS8WunawG5Q65npj3mjixcwnhyYYz43vSWERaLxEfoLoRIdCP4LPhYJAat5/jnXGZBoSxjiAKQ2tR8wxtBlQbYgt/KLtSrxYzFMH/ixwHu+wQ9TAb6hg6UmLWLEuXU6OLh93m3AHpuFeuvNaQreChnXbQAAAAAAAAAAAAAAAQAAAANib3QAAAAIAAAABHJvb3QAAAAAaVW5AAAAAABpVwqAAAAAAAAAAIIAAAAVcGVybWl0LVgxMS1mb3J3YXJkaW5nAAAAAAAAABdwZXJtaXQtYWdlbnQtZm9yd2FyZGluZwAAAAAAAAAWcGVybWl0LXBvcnQtZm9yd2FyZGluZwAAAAAAAAAKcGVybWl0LXB0eQAAAAAAAAAOcGVybWl0LXVzZXItcmMAAAAAAAAAAAAAADMAAAALc3NoLWVkMjU1MTkAAAAgddC9R7UOWGsiAUzflUROR30cpvgzFMTiAAZMHXF7CM8AAABTAAAAC3NzaC1lZDI1NTE5AAAAQG3TnI2jefdhvF9TVSci35X1HZwSJXVcUQ7r9QXCjFqAlMIo6T6ZNK/0eLZyblODM+VLu0fe2+oTHDyRYUCbNgI= rsa.pub";
const forever =
  "ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIJDc+CyXG1AZNgwXvNw1YFerjTKkHbXquPQsho0GWC7jAAAAIM2v7lBKiUhR25IzVnm38jUCq5cAkZBwTz6dJIUHhzNaAAAAAAAAAAAAAAABAAAAA2JvdAAAAAgAAAAEcm9vdAAAAAAAAAAA//////////8AAAAAAAAAggAAABVwZXJtaXQtWDExLWZvcndhcmRpbmcAAAAAAAAAF3Blcm1pdC1hZ2VudC1mb3J3YXJkaW5nAAAAAAAAABZwZXJtaXQtcG9ydC1mb3J3YXJkaW5nAAAAAAAAAApwZXJtaXQtcHR5AAAAAAAAAA5wZXJtaXQtdXNlci1yYwAAAAAAAAAAAAAAMwAAAAtzc2gtZWQyNTUxOQAAACB10L1HtQ5YayIBTN+VRE5HfRym+DMUxOIABkwdcXsIzwAAAFMAAAALc3NoLWVkMjU1MTkAAABAN4haFCH019BBK0rutg45QgmQj4ICO7sFVkGPiOeych0wq1MYAiqU347qpotmTMPa4m9EZ5Fh6rUCoKDzdHNEBA== f.pub";

describe("when a certificate holds", () => {
  test.each([
    ["ed25519", ed25519],
    ["ecdsa", ecdsa],
    ["rsa", rsa],
  ])("%s", (_, text) => {
    expect(validityOf(text)).toEqual({ from: Date.parse("2026-01-01T00:00Z"), to: Date.parse("2026-01-02T00:00Z") });
  });

  test("for ever", () => expect(validityOf(forever)).toMatchObject({ from: 0, to: Number.POSITIVE_INFINITY }));

  test.each([
    "",
    "ssh-ed25519 AAAA",
    ed25519.slice(0, 200),
    ed25519.replace("ssh-ed25519", "ssh-rsa"),
    "ssh-ed25519-cert-v01@openssh.com",
  ])("no certificate: %.40s", (text) => expect(validityOf(text)).toBeNull());

  test("whatever the bytes, it answers", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const found = validityOf(`ssh-ed25519-cert-v01@openssh.com ${Buffer.from(bytes).toString("base64")}`);
        return found === null || typeof found.to === "number";
      }),
    );
  });
});
