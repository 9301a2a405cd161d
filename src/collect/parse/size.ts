const kibOf: Readonly<Record<string, number>> = {
  "": 1,
  B: 1 / 1024,
  K: 1,
  M: 1024,
  G: 1024 ** 2,
  T: 1024 ** 3,
  P: 1024 ** 4,
  E: 1024 ** 5,
};

/** KiB of a size as `df -h` and `free -h` write it (`1.5G`, `23Gi`, `76K`); a bare number is taken in `unit`. */
export function kibibytes(text: string | undefined, unit: "B" | "K" | "M" | "G" = "K"): number | undefined {
  const parts = /^(\d{1,15}(?:[.,]\d{1,3})?)([BKMGTPE]?)(?:i?B?)$/.exec(text ?? "");
  if (!parts) return undefined;
  const factor = kibOf[parts[2] === "" ? unit : (parts[2] ?? "")] ?? 1;
  return Math.round(Number((parts[1] ?? "").replace(",", ".")) * factor);
}
