/** Control characters (all but tab and line end) would steer terminals and are refused by Slack. */
const control = /[^\P{Cc}\t\n]/gu;
/** What terminals read as colour and cursor movement; gone without a trace, since it says nothing. */
const ansi = /\p{Cc}\[[0-9;]*[A-Za-z]/gu;

export function printable(text: string): string {
  return text.replace(ansi, "").replace(control, "�");
}
