import { api, type Query, segment } from "../../api/client";
import type { List } from "../../api/list";

/** A page is as long as the controller allows; a hotel's lists have a few of them. */
const page = 500;
const mostPages = 40;

/** The requests of a kind of object that is listed, stored under its key and removed. */
export function resource<T, Input>(path: string) {
  const at = (key: string) => `${path}/${segment(key)}`;
  const list = (query: Query = {}) => api.get<List<T>>(path, query);
  return {
    list,
    /** All of it, page by page. */
    async all(query: Query = {}): Promise<T[]> {
      const items: T[] = [];
      let after: string | undefined;
      for (let n = 0; n < mostPages; n++) {
        const part: List<T> = await list({ ...query, limit: page, after });
        items.push(...part.items);
        after = part.next;
        if (!after) break;
      }
      return items;
    },
    create: (input: Input) => api.post<T>(path, input),
    put: (key: string, input: Input) => api.put<T>(at(key), input),
    delete: (key: string) => api.delete(at(key)),
  };
}
