import type { Machine } from "../../collect/ports.ts";

/** Labels that tell a machine's series or lines from others', with `{node}` and `{address}`. */
export type Labels = Readonly<Record<string, string>>;

/** Fills a template; null where it needs what is not known. */
export function filled(template: string, { node, address }: Machine): string | null {
  if (template.includes("{address}") && address === null) return null;
  return template.replaceAll("{node}", node).replaceAll("{address}", address ?? "");
}

/** A PromQL or LogQL string: nothing in it can end it. */
export const quoted = (text: string): string => `"${text.replaceAll(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;

/** Text that stands for itself in an RE2 pattern. */
export const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** `a="b",c="d"`; null where a label cannot be filled. */
export function equals(labels: Labels, machine: Machine): string | null {
  const parts = Object.entries(labels).map(([name, template]) => {
    const text = filled(template, machine);
    return text === null ? null : `${name}=${quoted(text)}`;
  });
  return parts.includes(null) ? null : parts.join(",");
}
