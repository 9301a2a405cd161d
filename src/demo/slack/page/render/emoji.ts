/** The few emoji that an operations bot uses; others keep their name, which says more than a box. */
const known: Readonly<Record<string, string>> = {
  white_check_mark: "✅",
  heavy_check_mark: "✔️",
  x: "❌",
  warning: "⚠️",
  rotating_light: "🚨",
  red_circle: "🔴",
  large_yellow_circle: "🟡",
  large_green_circle: "🟢",
  white_circle: "⚪",
  hourglass_flowing_sand: "⏳",
  hourglass: "⌛",
  mag: "🔍",
  wrench: "🔧",
  eyes: "👀",
  bulb: "💡",
  bell: "🔔",
  no_bell: "🔕",
  thumbsup: "👍",
  "+1": "👍",
  thumbsdown: "👎",
  "-1": "👎",
  tada: "🎉",
  memo: "📝",
  link: "🔗",
  lock: "🔒",
  fire: "🔥",
  information_source: "ℹ️",
  arrow_right: "➡️",
  question: "❓",
};

export function emoji(name: string): string {
  return known[name] ?? `:${name}:`;
}

/** Replaces `:name:` where the name is known. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]{1,40}):/g, (whole, name: string) => known[name] ?? whole);
}
