import type { ReactNode } from "react";

/** A titled part of the screen. */
export function Lane({ name, title, count, extra, children }: { name: string; title: string; count?: number; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className={`lane lane-${name}`} aria-labelledby={`lane-${name}`}>
      <header className="lane-head">
        <h2 id={`lane-${name}`}>{title}</h2>
        {count !== undefined && <span className="lane-count">{count}</span>}
        {extra && <span className="lane-extra">{extra}</span>}
      </header>
      {children}
    </section>
  );
}

/** What a lane shows when it has nothing. */
export function Nothing({ text }: { text: string }) {
  return <p className="nothing">{text}</p>;
}
