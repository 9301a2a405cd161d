import { asList, type Cause, type Knowledge } from "../knowledge.ts";
import type { Edge, Fix } from "../schema.ts";
import { codeBlock, commandLine, inline, section, table } from "./markdown.ts";

/** The reference page of one cause, all of it from its knowledge file. */
export function causePage(cause: Cause, knowledge: Knowledge): string {
  const lines = [
    `# ${inline(cause.title)}`,
    "",
    head(cause),
    "",
    inline(cause.what),
    "",
    `In an answer: *${inline(cause.says)}*.`,
    "",
    ...section("Rules", rules(cause)),
    ...section(
      "What it leads to",
      cause["leads-to"].map((edge) => edgeLine(edge, knowledge)),
    ),
    ...section("What may lie behind it", behind(cause, knowledge)),
    ...section("What warns of it", warnings(cause)),
    ...section("What would settle it", settle(cause)),
    ...section("Fixes, in order", cause.fixes.flatMap(fixLines)),
    ...section(
      "What does not help, or harms",
      cause.never.map((each) => `- **${inline(each.do)}**: ${inline(each.because)}.`),
    ),
    ...section("Corrections", corrections(cause)),
    ...section("Cases", cases(cause)),
    ...section(
      "Sources",
      cause.sources.map((source) => `- ${/^https?:\S+$/.test(source) ? source : inline(source)}`),
    ),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function head({ id, area, maturity, event, course, applies, owner, runbook, file }: Cause): string {
  const parts = [
    `\`${id}\``,
    area,
    maturity,
    ...(event ? ["an event: it is over once it happened"] : []),
    ...(course === "lasting" ? [] : [`it ends by itself${course === "passing" ? "" : ` ${inline(course.passing)}`}`]),
    ...(applies ? [`applies to ${inline(applies)}`] : []),
    ...(owner ? [`owner: ${inline(owner)}`] : []),
    ...(runbook ? [`[runbook](${runbook})`] : []),
    `[knowledge file](../../../knowledge/${file})`,
  ];
  return parts.join(" · ");
}

function rules({ rules: each }: Cause): readonly string[] {
  return table(
    ["Weight", "Rule", "What it finds", "Where seen"],
    each.map(({ id, weight, says, seen }) => [weight, `\`${id}\``, inline(says), inline(asList(seen).join("; "))]),
  );
}

function edgeLine({ to, says, within, lag }: Edge, knowledge: Knowledge): string {
  const remarks = [says && inline(says), within && `within ${within}`, lag && `seen up to ${lag} before`].filter(
    Boolean,
  );
  return `- ${linkTo(to, knowledge)}${remarks.length > 0 ? ` (${remarks.join("; ")})` : ""}`;
}

function linkTo(id: string, { causes, symptoms }: Knowledge): string {
  const cause = causes.get(id);
  if (cause) return `[${inline(cause.title)}](../${cause.area}/${id}.md)`;
  return `${inline(symptoms.get(id)?.title ?? id)} (symptom \`${id}\`)`;
}

function behind({ id }: Cause, knowledge: Knowledge): readonly string[] {
  return [...knowledge.causes.values()]
    .filter((other) => other["leads-to"].some(({ to }) => to === id))
    .map((other) => `- ${linkTo(other.id, knowledge)}`);
}

/** What `check` looks for on a node that is well. */
function warnings({ warnings: each }: Cause): readonly string[] {
  return table(
    ["Strikes", "Warning", "What it finds", "What then happens"],
    each.map(({ id, strikes, sure, says, why }) => [
      sure ? strikes : `${strikes}, perhaps`,
      `\`${id}\``,
      inline(says),
      inline(why),
    ]),
  );
}

function settle({ settle: each }: Cause): readonly string[] {
  return each.flatMap(({ argv, why }) => [`${inline(why)}:`, "", ...codeBlock([commandLine(argv)]), ""]).slice(0, -1);
}

function fixLines({ says, action, risk, verify, lasting, steps }: Fix, index: number): readonly string[] {
  const remarks = [`risk: ${risk}`, ...(action ? [`button: ${action}`] : []), ...(lasting ? ["lasting"] : [])];
  return [
    ...(index === 0 ? [] : [""]),
    `### ${index + 1}. ${inline(says)} (${remarks.join(", ")})`,
    "",
    ...codeBlock(
      steps.map(({ on, argv, do: text }) =>
        argv ? `${commandLine(argv)}  # on the ${on}` : `# on the ${on}: ${text ?? ""}`,
      ),
    ),
    "",
    `Verify: ${inline(verify)}.`,
  ];
}

function corrections({ corrections: each }: Cause): readonly string[] {
  return each.map(({ source, says, right }) => `- ${inline(source)} says: "${inline(says)}". Today: ${inline(right)}.`);
}

function cases({ cases: each }: Cause): readonly string[] {
  return table(
    ["Case", "Verdict", "By"],
    each.map(({ name, expect }) => [
      inline(name),
      [expect.verdict].flat().join(" or "),
      (expect.by ?? []).map((id) => `\`${id}\``).join(", "),
    ]),
  );
}
