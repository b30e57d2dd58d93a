import { expect, it } from "vitest";

import { nearest } from "./fault";

const known = [["title"], ["target", "within_seconds"], ["target", "share"], ["ladder", 0, "after_seconds"]];

it("finds what the controller names shorter than the form", () => expect(nearest("target.within", known)).toEqual(["target", "within_seconds"]));
it("finds a row of a list by the list", () => expect(nearest("ladder", known)).toEqual(["ladder", 0, "after_seconds"]));
it("falls back to the same group", () => expect(nearest("target.formula", known)).toEqual(["target", "within_seconds"]));
it("finds nothing for what is not in the form", () => expect(nearest("password", known)).toBeUndefined());
