/** Deterministic choices, so that screenshots can be compared. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const family = [..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"];
const given = ["晓雯", "建国", "丽华", "伟", "秀英", "志强", "敏", "静怡", "海涛", "雪梅", "子轩", "若曦", "浩然", "欣妍", "俊杰", "诗涵"];

export const pick = <T>(list: readonly T[], roll: number): T => list[Math.floor(roll * list.length)] as T;
export const personName = (roll: () => number) => pick(family, roll()) + pick(given, roll());

/** An instant some seconds ago (or ahead, when negative). */
export const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
