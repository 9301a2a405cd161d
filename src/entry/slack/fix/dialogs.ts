import type { WebClient } from "@slack/web-api";
import type { Dialog } from "../../../present/blocks/fix.ts";

type View = Parameters<WebClient["views"]["open"]>[0]["view"];

/** Within 3 s of the press; the id is how the dialog is changed afterwards. */
export async function openDialog(client: WebClient, trigger: string, dialog: Dialog): Promise<string> {
  const opened = await client.views.open({ trigger_id: trigger, view: asView(dialog) });
  return opened.view?.id ?? "";
}

/** `gone`: it was closed meanwhile. */
export async function changeDialog(client: WebClient, id: string, dialog: Dialog): Promise<"shown" | "gone"> {
  try {
    await client.views.update({ view_id: id, view: asView(dialog) });
    return "shown";
  } catch (thrown) {
    if (slackError(thrown) === "not_found") return "gone";
    throw thrown;
  }
}

/** Our block types are the part of Slack's that is used. */
export function asView(dialog: Dialog): View {
  return dialog as unknown as View;
}

function slackError(thrown: unknown): string | null {
  const data = (thrown as { readonly data?: { readonly error?: unknown } }).data;
  return typeof data?.error === "string" ? data.error : null;
}
