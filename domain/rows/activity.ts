/** How much a customer has used on one day, as evidence: read for one step, never stored. */
export interface ActivityDay {
  /** Days since 1970, in UTC. */
  day: number;
  /** The meter's name. */
  meter: string;
  events: number;
}
