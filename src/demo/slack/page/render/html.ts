/** The only way from text to HTML: everything that came from outside passes through here. */

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** Text with its line ends kept. */
export function escapeLines(text: string): string {
  return escapeHtml(text).replaceAll("\n", "<br>");
}

/** An address that may stand in `href`, or undefined: scripts and data have no business there. */
export function safeUrl(url: string): string | undefined {
  return /^(https?:\/\/|mailto:)/i.test(url) ? escapeHtml(url) : undefined;
}

export function linkTo(url: string, text: string): string {
  const href = safeUrl(url);
  const label = escapeHtml(text);
  return href === undefined ? label : `<a href="${href}" rel="noreferrer noopener" target="_blank">${label}</a>`;
}

/** Attributes for a tag; what is undefined or false is left out, true stands alone. */
export function attributes(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`))
    .join("");
}

export function hidden(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden"${attributes({ name, value })}>`)
    .join("");
}
