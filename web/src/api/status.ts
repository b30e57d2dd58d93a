/** Health of the house (feed topic "status", key "system"). */
export interface Status {
  switch: boolean;
  database: boolean;
  live: number;
}
