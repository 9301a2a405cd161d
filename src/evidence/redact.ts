import type { Answer, EvidenceSet } from "./evidence.ts";

/**
 * Takes secrets out of text, once, where evidence enters. What was equal stays equal where that
 * matters for reading (the same key is masked the same way); nothing else of the line changes.
 */
interface Mask {
  readonly name: string;
  readonly pattern: RegExp;
  readonly replace: string;
}

const masks: readonly Mask[] = [
  {
    name: "private-key",
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    replace: "[masked private key]",
  },
  { name: "bearer-token", pattern: /\b([Bb]earer\s+)[A-Za-z0-9._~+/=-]{12,}/g, replace: "$1[masked token]" },
  { name: "jwt", pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}/g, replace: "[masked token]" },
  {
    name: "kubeconfig-user",
    pattern: /\b((?:client-key-data|token|password|id-token|refresh-token)["']?\s*:\s*["']?)(?!\[masked)[^\s"',}]{6,}/g,
    replace: "$1[masked]",
  },
  { name: "bootstrap-token", pattern: /\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, replace: "[masked bootstrap token]" },
  { name: "aws-key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, replace: "[masked aws key]" },
  {
    name: "secret-assignment",
    pattern:
      /\b([A-Za-z0-9_]*(?:SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|TOKEN)[A-Za-z0-9_]*=)(?!\[masked)("[^"]*"|\S+)/g,
    replace: "$1[masked]",
  },
  { name: "url-password", pattern: /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:)[^\s/@]+@/gi, replace: "$1[masked]@" },
];

/** Which masks applied, and how often: the bundle says what was masked. */
export function redactCounted(text: string): {
  readonly text: string;
  readonly masked: Readonly<Record<string, number>>;
} {
  const masked: Record<string, number> = {};
  let clean = text;
  for (const { name, pattern, replace } of masks) {
    const found = clean.match(pattern)?.length ?? 0;
    if (found === 0) continue;
    masked[name] = found;
    clean = clean.replace(pattern, replace);
  }
  return { text: clean, masked };
}

export function redact(text: string): string {
  return redactCounted(text).text;
}

/** Redacts the answers of one collection and remembers what it took out. Secrets go no further than this. */
export interface Redactor {
  readonly clean: (answer: Answer) => Answer;
  /** null: nothing was masked. */
  readonly masked: () => Readonly<Record<string, number>> | null;
}

export function redactor(): Redactor {
  const counts = new Map<string, number>();
  const taken = (text: string): string => {
    const { text: clean, masked } = redactCounted(text);
    for (const [name, count] of Object.entries(masked)) counts.set(name, (counts.get(name) ?? 0) + count);
    return clean;
  };
  return {
    clean: (answer) => {
      if (answer.kind !== "value") return { ...answer, detail: taken(answer.detail) };
      return { ...answer, stdout: taken(answer.stdout), stderr: taken(answer.stderr) };
    },
    masked: () => (counts.size === 0 ? null : Object.fromEntries([...counts].sort(byName))),
  };
}

/** Redacts a saved set anew: this version may know secrets that the one which saved it did not. */
export function redactSet(set: EvidenceSet): EvidenceSet {
  const secrets = redactor();
  const items = set.items.map((item) => ({ ...item, answer: secrets.clean(item.answer) }));
  const masked = { ...set.masked };
  for (const [name, count] of Object.entries(secrets.masked() ?? {})) masked[name] = (masked[name] ?? 0) + count;
  return { ...set, ...(Object.keys(masked).length > 0 ? { masked } : {}), items };
}

function byName([one]: readonly [string, number], [other]: readonly [string, number]): number {
  return one < other ? -1 : 1;
}
