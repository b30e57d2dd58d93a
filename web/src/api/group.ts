import { api } from "./client";
import type { List } from "./list";

/** Extensions that ring together. */
export interface Group {
  name: string;
  number?: string;
  members: string[];
  pickup: boolean;
}

export const groups = {
  list: () => api.get<List<Group>>("/groups"),
};
