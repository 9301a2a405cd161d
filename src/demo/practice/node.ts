import type { Answer, Evidence, EvidenceSet, Source } from "../../evidence/evidence.ts";
import { identityOf, renamer, sameMachine } from "./identity.ts";
import { nearestQuestion } from "./nearest-question.ts";
import type { Expectation } from "./recording.ts";
import { beginAt, shiftTimes } from "./shift-times.ts";

/** What a practice node plays: its fault, and itself without it. */
export interface Role {
  readonly name: string;
  readonly address: string;
  readonly broken: EvidenceSet;
  readonly healthy: EvidenceSet | null;
  readonly expect: Expectation;
}

/** A recorded node under a new name, whose recording happens now. */
export interface PracticeNode {
  readonly name: string;
  readonly address: string;
  /** What its report has to say while it is broken. */
  readonly expect: Expectation;
  readonly healed: () => boolean;
  /** From now on it answers as it does without its fault. Nothing changes where no such recording exists. */
  readonly heal: () => void;
  readonly breakAgain: () => void;
  /** A new diagnosis begins: its stamps count from this moment. */
  readonly begin: () => void;
  /** The questions it can answer, as they are put now. */
  readonly asked: (source: Source) => readonly (readonly string[])[];
  /** The recorded answer to this question, or to the same in slightly other words; undefined: it was not recorded. */
  readonly answer: (source: Source, asked: readonly string[]) => Answer | undefined;
  /** Every answer of this source as it was recorded, whatever was asked. */
  readonly answers: (source: Source) => readonly Answer[];
  /** A recorded text as it would read if the recording happened now. */
  readonly told: (text: string) => string;
}

/** One diagnosis lasts no longer; within it all stamps move by the same amount, or their order would be lost. */
const sittingMs = 20_000;
/** Questions of one diagnosis arrive in any order; a second beginning so soon is the same one. */
const sameBeginningMs = 2_000;

export function practiceNode(role: Role, now: () => number): PracticeNode {
  const { name, address, expect } = role;
  const broken = faceOf(role.broken, role);
  let face = broken;
  let since = Number.NEGATIVE_INFINITY;
  const sitting = (): number => {
    if (now() - since > sittingMs) since = now();
    return since;
  };
  return {
    name,
    address,
    expect,
    healed: () => face !== broken,
    heal: () => {
      if (role.healthy === null) return;
      since = now();
      face = faceOf(role.healthy, role, since);
    },
    breakAgain: () => {
      face = broken;
    },
    begin: () => {
      if (now() - since > sameBeginningMs) since = now();
    },
    asked: (source) => face.items(source).map((item) => item.asked.map((word) => face.told(word, sitting()))),
    answer: (source, asked) => {
      const item = face.find(source, asked, sitting());
      return item && retold(item.answer, (text) => face.told(text, sitting()));
    },
    answers: (source) => face.items(source).map(({ answer }) => answer),
    told: (text) => face.told(text, sitting()),
  };
}

interface Face {
  readonly items: (source: Source) => readonly Evidence[];
  readonly find: (source: Source, asked: readonly string[], since: number) => Evidence | undefined;
  /** The recorded text as it would read if the recording had begun then. */
  readonly told: (text: string, since: number) => string;
}

/** `healedAt`: what began with the healing began then, whenever it is asked; null: everything is as long ago as it was. */
function faceOf(set: EvidenceSet, { name, address, broken }: Role, healedAt: number | null = null): Face {
  const rename = renamer(identityOf(set), { name, address });
  const machine = sameMachine(set, broken);
  const recordedAt = Date.parse(set.at ?? "");
  const told = (text: string, since: number): string => {
    const delta = Number.isFinite(recordedAt) ? since - recordedAt : 0;
    const parts = healedAt === null ? [text] : text.split(beginnings);
    return parts
      .map((part, at) =>
        at % 2 === 1 && healedAt !== null
          ? beginAt(part, healedAt)
          : shiftTimes(machine(rename(part)), delta, recordedAt),
      )
      .join("");
  };
  const items = (source: Source): readonly Evidence[] =>
    set.items.filter((item) => item.source === source && item.asked.length > 0);
  // A question built from facts holds names and times of this sitting, so the recorded one is retold before comparing.
  const find: Face["find"] = (source, asked, since) => {
    const recorded = items(source).map((item) => ({ item, asked: item.asked.map((word) => told(word, since)) }));
    const same = recorded.find((each) => each.asked.join("\0") === asked.join("\0"));
    return (same ?? nearestQuestion(recorded, asked))?.item;
  };
  return { items, find, told };
}

/** Since when a unit runs and a condition holds, as systemctl and the API say it. */
const beginnings =
  /((?:ExecMainStart|ActiveEnter|Condition|Assert)Timestamp=\w[^\n]{1,80}|"lastTransitionTime":"[^"]{1,80}")/;

function retold(answer: Answer, told: (text: string) => string): Answer {
  if (answer.kind === "value") return { ...answer, stdout: told(answer.stdout), stderr: told(answer.stderr) };
  return { ...answer, detail: told(answer.detail) };
}
