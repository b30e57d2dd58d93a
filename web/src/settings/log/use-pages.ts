import { useInfiniteQuery } from "@tanstack/react-query";

import type { Query } from "../../api/client";
import type { List } from "../../api/list";

/** A long list, a page at a time. */
export function usePages<T>(name: string, load: (query: Query) => Promise<List<T>>, filter: Query, limit = 100) {
  const list = useInfiniteQuery({
    queryKey: [name, filter],
    queryFn: ({ pageParam }) => load({ ...filter, limit, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next || undefined,
  });
  return { ...list, rows: list.data?.pages.flatMap((page) => page.items) ?? [] };
}
