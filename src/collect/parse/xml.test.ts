import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { textAt, within, xmlIn } from "./xml.ts";

describe("elements", () => {
  test("nest, repeat and hold text with the five entities", () => {
    const root = xmlIn(
      '<?xml version="1.0"?>\n<a xmlns="http://x/"><b><c>1 &lt; 2 &amp;amp;</c></b><b><c>3</c></b><d/></a>',
    );
    expect(within(root, "b", "c").map(({ text }) => text)).toEqual(["1 < 2 &amp;", "3"]);
    expect(textAt(root, "d")).toBeUndefined();
    expect(within(root, "d")).toHaveLength(1);
  });

  test.each(["<a><b></a></b>", "<a>", "no xml", "<a", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;", "<a>".repeat(100)])(
    "%s is none",
    (text) => {
      expect(xmlIn(text)).toBeUndefined();
    },
  );

  test("whatever comes is read in time", () => {
    const part = fc.constantFrom("<a>", "</a>", "<", "<!--", "-->", "&lt;", "x", "<a/>", "<?");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 300 }), (parts) => {
        xmlIn(parts.join(""));
      }),
    );
    const began = performance.now();
    for (const each of ["<!--", "<a x", "<?", "<a>", "</a>"]) expect(xmlIn(each.repeat(60_000))).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
