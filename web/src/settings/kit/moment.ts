import { useTranslation } from "react-i18next";

/** Formats instants with date and seconds, as the reader writes them; "–" for none. */
export function useInstant(): (at: string | undefined) => string {
  const { i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  return (at) => (at && !at.startsWith("0001-") ? format.format(new Date(at)) : "–");
}
