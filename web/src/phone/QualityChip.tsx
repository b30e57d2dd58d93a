import { useTranslation } from "react-i18next";

import { gradeOf, type Quality } from "./quality";

/** How a call sounds: a word, bars and the figures behind them. */
export function QualityChip({ quality }: { quality: Quality }) {
  const { t } = useTranslation();
  const grade = gradeOf(quality.mos);
  const title = t("phone.quality.figures", {
    mos: quality.mos.toFixed(1), rtt: quality.rtt === undefined ? "–" : Math.round(quality.rtt), loss: quality.loss.toFixed(1), jitter: Math.round(quality.jitter),
  });
  return (
    <span className={`quality ${grade}`} title={title} data-testid="quality">
      <i /><i /><i />
      <span>{t(`phone.quality.${grade}`)} {quality.mos.toFixed(1)}</span>
    </span>
  );
}
