import { useEffect, useMemo, useRef, useState } from "react";

import { useStore } from "../../app/store";
import { useTopic } from "../../feed/use";
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
    const timer = setTimeout(() => void import("./speller").then((module) => setSpell(() => module.spell)), 1500);
    return () => clearTimeout(timer);
  }, []);
  return spell;
}
