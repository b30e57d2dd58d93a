/** One end of a call. */
export interface Party {
  number: string;
  name?: string;
  extension?: string;
  room?: string;
  stay?: string;
}
