/** What the page of the IPv4 space knows. */
export interface HilbertPageData {
  readonly holders: readonly (readonly [asn: number, name: string, country: string])[];
  /** By /16 an index into the holders, -1 for nobody. */
  readonly blocks: readonly number[];
}
