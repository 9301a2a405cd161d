import type { Settings } from "../../config/load.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import type { Engine } from "../../usecases/engine.ts";
import type { World } from "../../usecases/ports.ts";

export interface WhyCommandPorts {
  readonly settings: () => Settings;
  readonly engine: (settings: Settings) => Promise<Engine>;
  readonly readBundle: (path: string) => Promise<EvidenceSet>;
  readonly writeBundle: (path: string, set: EvidenceSet) => Promise<void>;
  readonly world: (settings: Settings) => Promise<{ readonly world: World; readonly close: () => Promise<void> }>;
}

export interface WhyOptions {
  readonly case?: string;
  readonly bundle?: string;
  readonly json?: boolean;
  readonly deadline?: number;
  readonly save?: string;
  readonly at?: string;
  readonly allNotReady?: boolean;
  readonly atOnce: number;
}
