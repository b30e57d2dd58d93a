export interface SkillRow {
  skill: string;
  level: number;
}

/** { en: 5 } as rows, in the alphabet's order. */
export function rowsOf(skills: Record<string, number> | undefined): SkillRow[] {
  return Object.entries(skills ?? {}).sort(([a], [b]) => a.localeCompare(b)).map(([skill, level]) => ({ skill, level }));
}

/** Rows as { en: 5 }; nameless rows do not count, the last of two with one name wins. */
export function skillsOf(rows: readonly SkillRow[]): Record<string, number> {
  return Object.fromEntries(rows.filter((row) => row.skill.trim()).map((row) => [row.skill.trim(), row.level]));
}

/** { en: 5, zh: 10 } → "en 5 · zh 10". */
export function skillsText(skills: Record<string, number> | undefined): string {
  return rowsOf(skills).map(({ skill, level }) => `${skill} ${level}`).join(" · ");
}
