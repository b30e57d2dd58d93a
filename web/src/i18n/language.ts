import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { en } from "./en";
import { zh } from "./zh";

export type Language = "zh-CN" | "en";

const stored = "bellhop.language";

/** The language to start with: the last choice, else the browser's, else Chinese. */
export function firstLanguage(choice: string | null, browser: readonly string[]): Language {
  if (choice === "zh-CN" || choice === "en") return choice;
  const known = browser.find((tag) => /^(zh|en)\b/i.test(tag));
  return known?.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

export function startLanguage(): void {
  void i18next.use(initReactI18next).init({
    lng: firstLanguage(localStorage.getItem(stored), navigator.languages),
    fallbackLng: "zh-CN",
    resources: { "zh-CN": { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes.
    returnNull: false,
  });
  mark(i18next.language);
  i18next.on("languageChanged", mark);
}

export function setLanguage(language: Language): void {
  localStorage.setItem(stored, language);
  void i18next.changeLanguage(language);
}

function mark(language: string): void {
  document.documentElement.lang = language;
}

type Texts = { [key: string]: string | Texts };

/** The shape of a text tree with any words in it: gives `en` the keys of `zh`. */
export type Translated<T> = { [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };

/** Adds the texts of a lazily loaded page under t("<name>.…"). */
export function addTexts<T extends Texts>(name: string, zhTexts: T, enTexts: Translated<T>): void {
  i18next.addResourceBundle("zh-CN", "translation", { [name]: zhTexts }, true, true);
  i18next.addResourceBundle("en", "translation", { [name]: enTexts }, true, true);
}
