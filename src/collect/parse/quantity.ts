const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity as Kubernetes writes it (`250m`, `1.5Gi`, `2e3`), as a number of cores or bytes; else undefined. */
export function quantity(text: string | undefined): number | undefined {
  const parts = /^(\d{1,18}(?:\.\d{1,9})?)(?:[eE]([+-]?\d{1,2}))?([numkMGTPE]?i?)$/.exec(text ?? "");
  const factor = factors[parts?.[3] ?? ""];
  if (parts === null || factor === undefined) return undefined;
  const value = Number(parts[1]) * 10 ** Number(parts[2] ?? 0) * factor;
  return value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}
