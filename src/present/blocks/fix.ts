import {
  commandLines,
  endParts,
  type FixShown,
  fixHeadline,
  lastOutput,
  type ProposalShown,
  proposalParts,
  stepLines,
} from "../fix.ts";
import {
  type Actions,
  type FixBlock,
  type FixMessage,
  lineBlock,
  outputBlock,
  type PlainText,
  partBlock,
  plainText,
} from "./fix-parts.ts";
import { cut, escaped } from "./kit.ts";

/** Starts the action_id of every button that opens the dialog of a fix. */
export const fixButton = "fix.";
/** The callback_id of the dialog. */
export const fixDialog = "fix";

export interface OfferedButton {
  readonly action: string;
  /** What the button carries; at most 2,000 characters. */
  readonly value: string;
}

/** One button per fix that is offered; the action is named where there are several. */
export function fixButtons(offered: readonly OfferedButton[]): Actions {
  const label = (action: string): string => (offered.length === 1 ? "Fix…" : `Fix… (${action})`.slice(0, 75));
  return {
    type: "actions",
    block_id: "fixes",
    elements: offered.slice(0, 5).map(({ action, value }) => ({
      type: "button",
      action_id: `${fixButton}${action}`,
      text: plainText(label(action)),
      value,
    })),
  };
}

export interface Dialog {
  readonly type: "modal";
  readonly callback_id: string;
  readonly title: PlainText;
  readonly close: PlainText;
  readonly submit?: PlainText;
  readonly private_metadata?: string;
  readonly notify_on_close?: boolean;
  readonly blocks: readonly FixBlock[];
}

/** A dialog that only says something. */
export function noteDialog(title: string, words: string, people: readonly string[] = []): Dialog {
  return {
    type: "modal",
    callback_id: `${fixDialog}.note`,
    title: plainText(title.slice(0, 24)),
    close: plainText("Close"),
    blocks: [lineBlock(cut(words, 2_800), false, people)],
  };
}

/** Everything about a fix; it can be confirmed only where there is a token. `metadata` is given back on submission. */
export function proposalDialog(shown: ProposalShown, metadata: string): Dialog {
  const people = [shown.remediation.proposedBy];
  const dialog: Dialog = {
    type: "modal",
    callback_id: fixDialog,
    title: plainText(shown.action.title.slice(0, 24)),
    close: plainText(shown.token === null ? "Close" : "Cancel"),
    blocks: proposalParts(shown)
      .filter(({ text }) => text !== "")
      .map((part) => partBlock(part, people)),
  };
  if (shown.token === null) return dialog;
  return { ...dialog, submit: plainText("Run it now"), private_metadata: metadata, notify_on_close: true };
}

/** What is being done, for the one message in the thread that follows it. */
export function fixProgress(shown: FixShown): FixMessage {
  const headline = cut(fixHeadline({ ...shown, outcome: null }), 2_500); // how it ended is a message of its own
  const who = shown.confirmedBy ?? shown.proposedBy;
  const people = [who];
  return {
    text: cut(escaped(headline), 2_500),
    blocks: [
      lineBlock(headline, true),
      lineBlock(`Confirmed by ${who}. ${shown._id}`, false, people),
      ...stepLines(shown).map((line) => lineBlock(cut(line, 300), false)),
      outputBlock(commandLines(shown).join("\n")),
    ],
  };
}

/** How it ended. */
export function fixEnd(shown: FixShown, unrecorded: string | null): FixMessage {
  const headline = cut(fixHeadline(shown), 2_500);
  const output = shown.state === "failed" ? lastOutput(shown) : "";
  return {
    text: cut(escaped(headline), 2_500),
    blocks: [
      lineBlock(headline, true),
      ...endParts(shown, unrecorded).map((part) => partBlock(part)),
      ...(output === "" ? [] : [outputBlock(output)]),
    ],
  };
}
