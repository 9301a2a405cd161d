import { expect, test } from "@jest/globals";
import { nearestQuestion } from "./nearest-question.ts";

const properties = "Id,LoadState,ActiveState,SubState,UnitFileState,Result,NRestarts,MainPID,DropInPaths,FragmentPath";
const kubelet = { asked: ["systemctl", "show", "kubelet.service", "k3s.service", "-p", properties] };
const runtime = {
  asked: ["systemctl", "show", "containerd.service", "crio.service", "docker.service", "-p", properties],
};
const meminfo = { asked: ["cat", "/proc/meminfo"] };
const items = [kubelet, runtime, meminfo];

test.each([
  ["one property more", ["systemctl", "show", "kubelet.service", "k3s.service", "-p", `${properties},User`], kubelet],
  ["another unit's", ["systemctl", "show", "sshd.service", "-p", properties], null],
  ["another file", ["cat", "/proc/loadavg"], null],
  ["another program", ["head", "/proc/meminfo"], null],
])("%s", (_, asked, expected) => expect(nearestQuestion(items, asked)).toBe(expected));
