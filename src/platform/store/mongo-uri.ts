/** What may be said of a MongoDB URI: never its user, password or options, which can hold secrets too. */

const defaultDatabase = "node_why";

const form = /^(?<scheme>mongodb(?:\+srv)?:\/\/)(?:[^@/]*@)?(?<hosts>[^/?@]+)(?:\/(?<database>[^?]*))?(?:\?.*)?$/s;

export interface MongoPlace {
  /** The URI without its secrets, for people. */
  readonly where: string;
  readonly database: string;
}

/** undefined: this is no MongoDB URI. */
export function mongoPlace(uri: string): MongoPlace | undefined {
  const parts = form.exec(uri)?.groups;
  if (!parts) return undefined;
  const database = decoded(parts.database ?? "") || defaultDatabase;
  return { where: `${parts.scheme}${parts.hosts}/${database}`, database };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
