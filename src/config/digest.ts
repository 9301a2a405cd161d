import { z } from "zod";

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** When and where the weekly digest is posted. */
export const digestSchema = z.strictObject({
  /** `never`: it is only made when somebody asks for it. */
  day: z.enum([...days, "never"]).default("monday"),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is "HH:MM", as in "09:00"')
    .default("09:00"),
  /** Also where a week begins and ends. */
  timezone: z.string().refine(isTimeZone, "not a time zone; one is written like Europe/Berlin").default("UTC"),
  /** By name with # or by id; default slack.channel. */
  channel: z.string().min(1).optional(),
});
export type DigestConfig = z.infer<typeof digestSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
