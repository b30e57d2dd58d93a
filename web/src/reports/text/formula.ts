import { addTexts } from "../../i18n/language";

const zh = {
  0: "{{within}} 秒内接听 ÷（接听 + 呼损 − {{short}} 秒内的短呼损）",
  1: "{{within}} 秒内接听 ÷（接听 + 呼损）",
  2: "{{within}} 秒内接听 ÷（接听 + 呼损 + 溢出）",
  3: "{{within}} 秒内接听 ÷（接听 + 等待超过 {{within}} 秒的呼损）",
  4: "{{within}} 秒内接听 ÷ 接听",
  5: "（{{within}} 秒内接听 + {{within}} 秒内的呼损）÷（接听 + 呼损）",
};

const en = {
  0: "answered within {{within}} s ÷ (answered + abandoned − abandoned before {{short}} s)",
  1: "answered within {{within}} s ÷ (answered + abandoned)",
  2: "answered within {{within}} s ÷ (answered + abandoned + overflowed)",
  3: "answered within {{within}} s ÷ (answered + abandoned after {{within}} s)",
  4: "answered within {{within}} s ÷ answered",
  5: "(answered within {{within}} s + abandoned within {{within}} s) ÷ (answered + abandoned)",
};

/** Formulas are shown at the wallboard, in reports and in the queue's settings. */
export function addFormulaTexts(): void {
  addTexts("formula", zh, en);
}
