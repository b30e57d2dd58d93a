import type { Frame } from "./message";

type Listener = () => void;

/** The entries of one topic, with listeners per key and for the whole table. */
export class Table<T> {
  private readonly entries = new Map<string, T>();
  private readonly byKey = new Map<string, Set<Listener>>();
  private readonly byTable = new Set<Listener>();
  private readonly byKeySet = new Set<Listener>();
  private list: readonly T[] = [];
  private keyList: readonly string[] = [];
  /** Number of the last frame taken in; 0 before the first snapshot. */
  seq = 0;
  refused = false;

  get(key: string): T | undefined {
    return this.entries.get(key);
  }

  /** All entries in the order they came; the same array until something changes. */
  all(): readonly T[] {
    return this.list;
  }

  /** All keys; the same array until one comes or goes. */
  keys(): readonly string[] {
    return this.keyList;
  }

  /** Forgets where we are, keeping what is shown until the next snapshot. */
  forgetPlace(): void {
    this.seq = 0;
  }

  /** Takes in a snapshot or a delta; false when it is out of place and must be asked for anew. */
  take(frame: Frame): boolean {
    const seq = frame.seq ?? 0;
    if (frame.all) {
      this.replace(frame.all as Record<string, T>);
      this.seq = seq;
      return true;
    }
    if (this.seq === 0) return false; // A delta to nothing.
    if (seq <= this.seq) return true; // Told twice after a resume.
    this.seq = seq;
    this.change((frame.set ?? {}) as Record<string, T>, frame.drop ?? []);
    return true;
  }

  private replace(all: Record<string, T>): void {
    const gone = [...this.entries.keys()].filter((key) => !(key in all));
    this.change(all, gone);
  }

  private change(set: Record<string, T>, drop: string[]): void {
    const changed: string[] = [];
    let keysMoved = false;
    for (const key of drop) {
      if (!this.entries.delete(key)) continue;
      changed.push(key);
      keysMoved = true;
    }
    for (const [key, value] of Object.entries(set)) {
      const old = this.entries.get(key);
      if (old === undefined) keysMoved = true;
      else if (same(old, value)) continue; // A snapshot after a gap repeats most of what is shown.
      this.entries.set(key, value);
      changed.push(key);
    }
    if (changed.length === 0) return;
    this.list = [...this.entries.values()];
    if (keysMoved) this.keyList = [...this.entries.keys()];
    for (const key of changed) this.byKey.get(key)?.forEach((tell) => tell());
    if (keysMoved) this.byKeySet.forEach((tell) => tell());
    this.byTable.forEach((tell) => tell());
  }

  onKey(key: string, tell: Listener): () => void {
    const set = this.byKey.get(key) ?? new Set();
    this.byKey.set(key, set);
    set.add(tell);
    return () => {
      set.delete(tell);
      if (set.size === 0 && this.byKey.get(key) === set) this.byKey.delete(key);
    };
  }

  onAny(tell: Listener): () => void {
    this.byTable.add(tell);
    return () => this.byTable.delete(tell);
  }

  onKeys(tell: Listener): () => void {
    this.byKeySet.add(tell);
    return () => this.byKeySet.delete(tell);
  }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
