/** A page of a list; `next` is the cursor to give as `after`. */
export interface List<T> {
  items: T[];
  next?: string;
}
