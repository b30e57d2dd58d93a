import { useTranslation } from "react-i18next";

/** Formats an interval: the day, then from and to; whole days as the day alone. */
export function useSpan(): (from: string, to: string) => string {
  const { i18n } = useTranslation();
  const day = new Intl.DateTimeFormat(i18n.language, { month: "2-digit", day: "2-digit" });
  const time = new Intl.DateTimeFormat(i18n.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (from, to) => {
    const [a, b] = [new Date(from), new Date(to)];
    const whole = b.getTime() - a.getTime() >= 23 * 3_600_000;
    return whole ? day.format(a) : `${day.format(a)} ${time.format(a)}–${time.format(b)}`;
  };
}
