type Recognises = (words: readonly string[], text: string) => boolean;

/**
 * Only the whole output of a command is its answer: what `| grep` or `| head` left out would seem to be missing.
 * A piped command stays text that rules on any log may match.
 */
export function whole(recognises: (words: readonly string[]) => boolean): Recognises {
  return (words, text) => !/[^|]\|[^|]/.test(text) && recognises(words);
}

/** `kubectl get KIND … -o json`, with any of the ways to ask for JSON; `kind` is matched against the first word after get. */
export function getsJson(kind: RegExp): Recognises {
  return whole((words) => {
    const json = words.some((word) => /^(json|-ojson|-o=json|--output=json)$/.test(word));
    const asked = words[words.indexOf("get") + 1] ?? "";
    return /^(kubectl|oc|k3s)$/.test(words[0] ?? "") && words.includes("get") && json && kind.test(asked);
  });
}
