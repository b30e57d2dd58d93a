import { theme as antd, type ThemeConfig } from "antd";
import { useSyncExternalStore } from "react";

/** How the page looks: the normal colours, or black on white with strong borders. */
export type Look = "normal" | "contrast";

const stored = "bellhop.look";
const listeners = new Set<() => void>();
let look: Look = localStorage.getItem(stored) === "contrast" ? "contrast" : "normal";
document.documentElement.dataset.look = look;

export function setLook(next: Look): void {
  look = next;
  localStorage.setItem(stored, next);
  document.documentElement.dataset.look = next;
  listeners.forEach((tell) => tell());
}

export function useLook(): Look {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => look,
  );
}

const fontFamily =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, -apple-system, "Segoe UI", sans-serif';

/** Ant Design's tokens for each look: compact, calm, text at least 4.5:1 on its ground. */
export const themes: Record<Look, ThemeConfig> = {
  normal: {
    algorithm: antd.compactAlgorithm,
    token: {
      fontFamily,
      fontSize: 13,
      controlHeightSM: 24, // the least size of a target (WCAG 2.5.8)
      borderRadius: 4,
      colorPrimary: "#14608f",
      colorInfo: "#14608f",
      colorLink: "#14608f",
      colorSuccess: "#23763a",
      colorWarning: "#a35a00",
      colorError: "#b8232f",
      colorText: "#1b2733",
      colorTextSecondary: "#495867",
      colorTextTertiary: "#5b6977",
      colorTextDescription: "#5b6977",
      colorTextPlaceholder: "#66727f",
      colorBgLayout: "#e9eef3",
      colorBorder: "#b9c4cf",
      colorBorderSecondary: "#d5dde5",
      wireframe: false,
      motionDurationMid: "0.1s",
      motionDurationSlow: "0.15s",
    },
  },
  contrast: {
    algorithm: antd.compactAlgorithm,
    token: {
      fontFamily,
      fontSize: 14,
      controlHeightSM: 26,
      borderRadius: 2,
      colorPrimary: "#00306b",
      colorInfo: "#00306b",
      colorLink: "#00306b",
      colorSuccess: "#0b4f1c",
      colorWarning: "#6b3a00",
      colorError: "#8f0010",
      colorText: "#000000",
      colorTextSecondary: "#000000",
      colorTextTertiary: "#1a1a1a",
      colorTextDescription: "#1a1a1a",
      colorTextPlaceholder: "#3a3a3a",
      colorBgLayout: "#ffffff",
      colorBorder: "#000000",
      colorBorderSecondary: "#000000",
      motion: false,
    },
  },
};
