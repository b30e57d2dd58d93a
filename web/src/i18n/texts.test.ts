import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { en } from "./en";
import { firstLanguage } from "./language";
import { zh } from "./zh";

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === "string" ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`)));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => {
    const path = join(folder, each.name);
    if (each.isDirectory()) return sources(path);
    return /\.tsx?$/.test(each.name) && !/\.test\./.test(each.name) ? [path] : [];
  });
}

const src = new URL("..", import.meta.url).pathname;
const zhTexts = new Map(leaves(zh));
const enTexts = new Map(leaves(en));
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((hole) => hole[1]).sort();

describe("texts", () => {
  it("has every text in both languages, with the same values to fill in", () => {
    expect([...enTexts.keys()].sort()).toEqual([...zhTexts.keys()].sort());
    for (const [key, text] of zhTexts) expect([key, holes(enTexts.get(key) ?? "")]).toEqual([key, holes(text)]);
  });
  it("leaves no Chinese in the English texts", () => {
    for (const [key, text] of enTexts) expect(/\p{Script=Han}/u.test(text) ? key : "").toBe("");
  });
  it("knows every text that the code asks for by name", () => {
    const own = new Set(Object.keys(zh));
    const missing: string[] = [];
    for (const file of sources(src)) {
      for (const [, key = ""] of readFileSync(file, "utf8").matchAll(/\bt\("([\w.]+)"/g)) {
        if (own.has(key.split(".")[0] ?? "") && !zhTexts.has(key)) missing.push(`${file}: ${key}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

describe("firstLanguage", () => {
  it.each([
    [null, ["en-GB", "zh-CN"], "en"],
    [null, ["fr", "zh-TW", "en"], "zh-CN"],
    [null, ["fr"], "zh-CN"],
    ["en", ["zh-CN"], "en"],
    ["klingon", ["en"], "en"],
  ])("choice %s, browser %o", (choice, browser, want) => expect(firstLanguage(choice, browser)).toBe(want));
});
