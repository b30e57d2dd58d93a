import { useEffect, useMemo, useRef, useState } from "react";

import { useStore } from "../../app/store";
import { feed, useTopic } from "../../feed/use";
import { screen } from "../model/screen";
import { type Entry, entriesOf, type Speller } from "./entry";
import { type Hit, search } from "./search";

/** What the typed words find. The index is built when somebody searches, not at every change of a phone. */
export function useHits(): Hit[] {
  const query = useStore(screen, (each) => each.query);
  const extensions = useTopic("extensions");
  const speller = useSpeller();
  const index = useRef<{ spell?: Speller; names: string; entries: Entry[] }>(undefined);
  const searching = query !== "";
  return useMemo(() => {
    if (!searching) {
      index.current = undefined;
      return [];
    }
    // While a search lasts, the directory it began with is good enough.
    if (!index.current || index.current.spell !== speller) index.current = { spell: speller, names: "", entries: entriesOf(extensions, speller) };
    return search(index.current.entries, query);
  }, [searching, query, speller, searching ? undefined : extensions]); // eslint-disable-line react-hooks/exhaustive-deps
}

/** The pinyin table, loaded when the page has come to rest. */
function useSpeller(): Speller | undefined {
  const [spell, setSpell] = useState<Speller>();
  useEffect(() => {
    const load = async () => {
      const module = await import("./speller");
      await warm(module.spell);
      setSpell(() => module.spell);
    };
    const timer = setTimeout(() => void load(), 1500);
    return () => clearTimeout(timer);
  }, []);
  return spell;
}

/** Spells all names beforehand, some at a time, so that the first letter typed finds them spelt. */
async function warm(spell: Speller): Promise<void> {
  const extensions = feed.table("extensions").all();
  for (let i = 0; i < extensions.length; i += 100) {
    for (const { name } of extensions.slice(i, i + 100)) if (name) spell(name);
    await new Promise((rest) => setTimeout(rest, 4));
  }
}
