import { z } from "zod";
import { numbered } from "./pseudonyms.ts";

/** A mask is a name for the list of what was masked, and what it does to a text, counting as it goes. */
export interface TextMask {
  readonly name: string;
  readonly apply: (text: string) => { readonly text: string; readonly count: number };
}

/**
 * IPv4, IPv6 and hardware addresses. Addresses of one private network stay in one network, octet by octet, because
 * "is this the pod network?" must have the same answer. Loopback, link-local and wildcard addresses name nobody.
 */
export function addressMasks(): readonly TextMask[] {
  const v4 = maskedV4();
  const v6 = numbered((count) => `fd00:0:0:1::${count.toString(16)}`);
  const mac = numbered((count) => `02:00:00:${hexPairs(count)}`);
  return [
    replacing("hardware-address", /(?<![\w:.-])[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![\w:-])/gi, (found) =>
      /^(?:(?:00[:-]){5}00|(?:ff[:-]){5}ff)$/i.test(found) ? null : mac(found.toLowerCase()),
    ),
    replacing("ipv6-address", /(?<![\w:.-])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])/gi, (found) =>
      isNobodysV6(found) ? null : v6(found.toLowerCase()),
    ),
    replacing("ipv4-address", /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)/g, v4),
    // as AWS and others write it into host names
    replacing("address-in-name", /(?<=\bip-)(?:\d{1,3}-){3}\d{1,3}(?![\d])/g, (found) => {
      const masked = v4(found.replaceAll("-", "."));
      return masked === null ? null : masked.replaceAll(".", "-");
    }),
  ];
}

function replacing(name: string, pattern: RegExp, pseudonym: (found: string) => string | null): TextMask {
  return {
    name,
    apply: (text) => {
      let count = 0;
      const masked = text.replace(pattern, (found) => {
        const instead = pseudonym(found);
        if (instead === null) return found;
        count += 1;
        return instead;
      });
      return { text: masked, count };
    },
  };
}

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();

function isNobodysV6(found: string): boolean {
  return !ipv6.safeParse(found).success || /^(?:[0:]+|[0:]*:0*1|fe80:.*|ff0\w:.*)$/i.test(found);
}

/** null: left as it is. */
function maskedV4(): (found: string) => string | null {
  const outside = numbered((count) => `198.${18 + (count >> 16)}.${(count >> 8) & 255}.${count & 255}`);
  const perPrefix = new Map<string, (octet: string) => string>();
  const octet = (prefix: string, value: string): string => {
    const within = perPrefix.get(prefix) ?? numbered(String);
    perPrefix.set(prefix, within);
    return within(value);
  };
  return (found) => {
    if (!ipv4.safeParse(found).success || isNobodysV4(found)) return null;
    const [a = "", b = "", c = "", d = ""] = found.split(".");
    const kept = a === "10" ? 1 : /^(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))$/.test(`${a}.${b}`) ? 2 : 0;
    if (kept === 0) return outside(found);
    const second = kept === 2 ? b : octet(a, b);
    // .0 and .1 are networks and gateways everywhere: knowing that tells nobody who it is
    const last = d === "0" || d === "1" ? d : String(Number(octet(`${a}.${b}.${c}`, d)) + 1);
    return [a, second, octet(`${a}.${b}`, c), last].join(".");
  };
}

const isNobodysV4 = (found: string): boolean => /^(?:0|127|169\.254|22[4-9]|23\d|24\d|25[0-5])\./.test(`${found}.`);

const hexPairs = (count: number): string =>
  [count >> 16, count >> 8, count].map((part) => (part & 255).toString(16).padStart(2, "0")).join(":");
