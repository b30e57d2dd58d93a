/** "en" → "English" or "英语"; the code itself when the browser knows no name. */
export function languageName(code: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: "language" }).of(new Intl.Locale(code).language) ?? code;
  } catch {
    return code;
  }
}
