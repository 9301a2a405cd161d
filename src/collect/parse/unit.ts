/** One property of a unit and the line it was read from. */
export interface Property {
  readonly value: string;
  readonly line: string;
}

/** A unit as `systemctl show` names its properties, whoever printed them. */
export type Unit = ReadonlyMap<string, Property>;

export function property(unit: Unit, name: string): string | undefined {
  return unit.get(name)?.value;
}

/**
 * The units in the output of `systemctl show A B` (blocks parted by blank lines), whatever stands around them.
 * `asked` names the unit of a block that does not print its Id, as with `-p ActiveState`.
 */
export function shownUnits(lines: readonly string[], asked: readonly string[]): readonly Unit[] {
  const blocks: Map<string, Property>[] = [new Map()];
  for (const line of lines) {
    const parts = /^([A-Z][A-Za-z0-9]{1,60})=(.*)$/.exec(line);
    const block = blocks.at(-1);
    if (line.trim() === "") blocks.push(new Map());
    else if (parts?.[1] !== undefined && block?.has(parts[1]) === false)
      block.set(parts[1], { value: parts[2] ?? "", line });
  }
  const units = blocks.filter(
    (block) => block.has("ActiveState") || block.has("LoadState") || block.has("UnitFileState"),
  );
  const names = namesIn(asked);
  return units.map((unit, index) =>
    unit.has("Id") ? unit : new Map([...unit, ["Id", named(names[index] ?? "")] as const]),
  );
}

function named(name: string): Property {
  const full = name === "" || name.includes(".") ? name : `${name}.service`;
  return { value: full, line: `Id=${full}` };
}

/** `systemctl show kubelet -p ActiveState`: neither options nor their values nor the verb name a unit. */
function namesIn(asked: readonly string[]): readonly string[] {
  return asked.filter(
    (word, index) =>
      /^[\w@.\\-]{2,80}$/.test(word) &&
      !word.startsWith("-") &&
      !/^(-p|--property|-n|-o)$/.test(asked[index - 1] ?? "") &&
      !/^(systemctl|show|status|is-active|is-enabled)$/.test(word),
  );
}
