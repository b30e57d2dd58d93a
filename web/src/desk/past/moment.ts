import { useTranslation } from "react-i18next";

/** Formats instants the way the reader writes them. */
export function useMoment(): (at: string) => string {
  const { i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  return (at) => format.format(new Date(at));
}
