import { z } from "zod";

/** What a button of an answer carries: names only. Whatever they name is looked up and judged anew when it is pressed. */
const buttonSchema = z.strictObject({
  cluster: z.string().min(1).max(300),
  node: z.string().min(1).max(253),
  action: z.string().min(1).max(100),
  cause: z.string().min(1).max(200),
});
export type ButtonValue = Readonly<z.infer<typeof buttonSchema>>;

export function writeButton(value: ButtonValue): string {
  return JSON.stringify(value);
}

/** null: not one of ours, or of another version. */
export function readButton(text: unknown): ButtonValue | null {
  return read(buttonSchema, text);
}

/** What the dialog gives back: which proposal, and the proof that this dialog was shown. */
const dialogSchema = z.strictObject({ id: z.string().min(1).max(100), token: z.string().min(1).max(200) });
export type DialogValue = Readonly<z.infer<typeof dialogSchema>>;

export function writeDialog(value: DialogValue): string {
  return JSON.stringify(value);
}

export function readDialog(text: unknown): DialogValue | null {
  return read(dialogSchema, text);
}

function read<Value>(schema: z.ZodType<Value>, text: unknown): Value | null {
  try {
    const parsed = schema.safeParse(JSON.parse(String(text)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
