/** What a question may cost. */
export interface Limits {
  /** After this the probe is killed, here and on the node. Milliseconds. */
  readonly timeoutMs: number;
  /** Standard output and error beyond this are cut. Bytes. */
  readonly maxBytes: number;
}
