import type { Reader } from "../../facts/reader.ts";
import { linesOf, statusOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";

/** How people note that a command did not come back: `^C`, `(hangs)`, `... no response`. */
const hangs =
  /^\s*(\^C|[(.\s]*(it )?(hangs?|hung|stuck|blocks?|no (output|response|answer|result)|never returns?|does(n.t| not) (return|respond))\b.{0,60})\s*$/i;
/** timeout(1) ends with 124, or 137 where it had to kill. */
const outOfTime: readonly (number | null)[] = [124, 137];

/** Not `logs`, whose text is a container's. */
const asks = /^(ps|info|version|images|inspect|stats|stop|kill|rm)$/;

/** Whether dockerd answers its own client, which asks it otherwise than the kubelet does. */
export const dockerClient: Reader = {
  id: "docker-client",
  provides: {
    "docker.answers": { type: "string", says: "what the docker command heard", values: ["hung"] },
  },
  streams: ["other"],
  recognises: (words) => words[words[0] === "time" ? 1 : 0] === "docker" && words.some((word) => asks.test(word)),
  read: (answer) => {
    if (answer.kind === "unavailable") return { facts: { "docker.answers": "hung" } };
    const lines = linesOf(answer);
    const line = lines.slice(-5).find((one) => hangs.test(one));
    const hung = line !== undefined || outOfTime.includes(statusOf(answer));
    return {
      ...(hung ? { facts: { "docker.answers": shown("hung", line ?? "[exit 124]") } } : {}),
      ...(lines.length > 0 ? { logs: { other: lines.join("\n") } } : {}),
    };
  },
};
