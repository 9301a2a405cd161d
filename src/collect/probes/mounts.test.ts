import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { mounts } from "./mounts.ts";

/** Linux 6.18: /proc/self/mountinfo after an ext4 error on /var, and a file server. */
const mountinfo = `114 91 0:40 / / rw,relatime shared:1 - overlay overlay rw,lowerdir=/lab/base,upperdir=/lab/up,workdir=/lab/work,uuid=on
115 114 7:0 / /var rw,relatime shared:2 - ext4 /dev/loop0 rw,errors=remount-ro,emergency_ro
123 114 0:48 / /run rw,nosuid,nodev shared:7 - tmpfs tmpfs rw,size=4936820k
200 114 0:99 / /mnt/with\\040blank rw,relatime - nfs4 10.0.0.1:/export rw,vers=4.2
201 114 0:98 / /mnt/s3 rw - fuse.s3fs s3fs rw`;

test("reads the mount table", () => {
  expect(valuesOf(mounts, mountinfo)["mount.rows"]).toMatchObject([
    { mount: "/", type: "overlay", options: "rw,relatime,rw,uuid=on", readOnly: false, network: false, role: "root" },
    {
      mount: "/var",
      device: "/dev/loop0",
      readOnly: true,
      emergency: true,
      closed: "file-system",
      role: "kubelet",
      serves: "kubelet runtime log",
    },
    { mount: "/run", role: "run" },
    { mount: "/mnt/with blank", type: "nfs4", network: true, role: "other" },
    { mount: "/mnt/s3", network: true },
  ]);
});

test.each([
  ["/proc/mounts", "/dev/sda1 / ext4 ro,relatime,errors=remount-ro 0 0"],
  ["mount", "/dev/sda1 on / type ext4 (ro,relatime,errors=remount-ro)"],
])("reads %s", (_, line) => {
  expect(valuesOf(mounts, `$ x\n${line}\n[exit 0]`)["mount.rows"]).toMatchObject([
    { mount: "/", type: "ext4", readOnly: true, emergency: false },
  ]);
});

test("errors=remount-ro alone is no read-only mount", () => {
  expect(valuesOf(mounts, "/dev/sda1 / ext4 rw,relatime,errors=remount-ro 0 0")["mount.rows"]).toMatchObject([
    { readOnly: false },
  ]);
});

/** Linux 6.18: a folder bound over itself and remounted read-only, and a file system remounted as a whole. */
test.each([
  ["1537 1274 7:2 /lib/kubelet /var/lib/kubelet ro,relatime shared:357 - ext4 /dev/loop2 rw", "mount"],
  ["1274 1 7:2 / /var ro,relatime shared:2 - ext4 /dev/loop2 ro", "file-system"],
  ["1274 1 7:2 / /var rw,relatime shared:2 - ext4 /dev/loop2 rw", "nothing"],
  ["/dev/loop2 /var ext4 ro,relatime 0 0", "unknown"],
])("tells a closed mount from a closed file system: %s", (line, closed) => {
  expect(valuesOf(mounts, line)["mount.rows"]).toMatchObject([{ closed }]);
});
