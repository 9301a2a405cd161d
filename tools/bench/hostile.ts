import type { Pattern } from "../../src/knowledge/pattern.ts";

/**
 * Lines of 8 KB made of nothing but the patterns' own fixed texts, so that hundreds of patterns have to be tried on each:
 * what somebody writes who knows our knowledge and wants us slow.
 */
export function hostileJournal(patterns: readonly Pattern[], lines: number): string {
  const random = numbers(7);
  const text = (): string => {
    const pattern = patterns[Math.floor(random() * patterns.length)];
    return (pattern?.order ?? []).map(([first = ""]) => first).join(" ");
  };
  const line = (): string => {
    let made = "";
    while (made.length < 8_190) made += `${text()} `;
    return made.slice(0, 8_190);
  };
  return Array.from({ length: lines }, line).join("\n");
}

/** The same in every run; from 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}
