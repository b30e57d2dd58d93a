/** A line to the outside (feed topic "trunks", key: name). */
export interface Trunk {
  name: string;
  online: boolean;
  used: number;
  limit: number;
}
