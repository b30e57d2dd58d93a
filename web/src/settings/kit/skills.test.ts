import { expect, it } from "vitest";

import { rowsOf, skillsOf, skillsText } from "./skills";

it("goes to rows and back", () => expect(skillsOf(rowsOf({ zh: 10, en: 5 }))).toEqual({ en: 5, zh: 10 }));
it("drops nameless rows and keeps the last of two", () => expect(skillsOf([{ skill: " ", level: 3 }, { skill: "en", level: 2 }, { skill: " en ", level: 7 }])).toEqual({ en: 7 }));
it("reads well", () => expect(skillsText({ zh: 10, en: 5 })).toBe("en 5 · zh 10"));
it("is empty without skills", () => expect(skillsText(undefined)).toBe(""));
