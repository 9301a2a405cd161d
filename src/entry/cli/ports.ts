import type { Settings } from "../../config/load.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import type { Digest } from "../../report/digest.ts";
import type { Engine } from "../../usecases/engine.ts";
import type { World } from "../../usecases/ports.ts";
import type { DoctorCommandPorts } from "./doctor.ts";
import type { FixCommandPorts } from "./fix.ts";
import type { GrantSource } from "./grants.ts";
import type { CliIo } from "./io.ts";
import type { Workbench } from "./knowledge.ts";

/** What the command line needs from the composition root. */
export interface CliPorts {
  readonly version: string;
  readonly io: CliIo;
  readonly now: () => Date;
  /** Loads what `settings` and `workbench` need; called once, before a command runs. */
  readonly prepare: () => Promise<void>;
  readonly settings: (file: string | undefined) => Settings;
  readonly engine: (settings: Settings) => Promise<Engine>;
  readonly world: (settings: Settings) => Promise<{ readonly world: World; readonly close: () => Promise<void> }>;
  readonly readBundle: (path: string) => Promise<EvidenceSet>;
  readonly writeBundle: (path: string, set: EvidenceSet) => Promise<void>;
  /** Brings the store to this version's form; the ids of the steps that ran. */
  readonly migrate: (settings: Settings) => Promise<readonly string[]>;
  readonly doctor: DoctorCommandPorts["doctor"];
  readonly grants: () => Promise<GrantSource>;
  readonly fixWorld: FixCommandPorts["fixWorld"];
  readonly ask: FixCommandPorts["ask"];
  readonly user: string;
  /** `script`: unattended; resolves to the exit code. */
  readonly demo: (script: boolean) => Promise<number>;
  /** null: of the last full week. */
  readonly digest: (settings: Settings, week: string | null) => Promise<Digest>;
  readonly serve: (settings: Settings) => Promise<void>;
  readonly workbench: (settings: Settings) => Workbench;
}
