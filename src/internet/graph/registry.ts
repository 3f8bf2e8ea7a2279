/** What is known of ASes besides their routes: names, countries, organisations, exchanges. All lookups are by AS number. */
export interface Registry {
  /** `TE-AS TE-AS, EG` without the country: as the name list has it. */
  name(asn: number): string | undefined;
  /** ISO 3166 alpha-2 of the registration, upper case: not a location. */
  country(asn: number): string | undefined;
  /** Countries of many at once, by ascending AS numbers: two letters, `'EG'` as `0x4547`; 0 for none. */
  countryColumn?(asns: Uint32Array): Uint16Array;
  /** Id of the holder, the same for siblings. */
  organisation(asn: number): string | undefined;
  /** Other AS numbers of the same holder, ascending. */
  sameHolder?(asn: number): readonly number[];
  /** PeeringDB's `info_type`: `NSP`, `Content`, `Route Server`, … */
  type(asn: number): string | undefined;
  /** AS numbers registered in a country, ascending. */
  ofCountry(country: string): Uint32Array;
  /** Longitude in degrees of a country, for polar pictures; its capital's where nothing better is known. */
  longitude(country: string): number | undefined;
  readonly exchanges: readonly Exchange[];
  /** Finds what lookups go by, so that the first is as fast as the next. */
  prepare?(): void;
}

export interface Exchange {
  readonly id: number;
  readonly name: string;
  readonly country: string;
  readonly city: string;
  /** Who is present there. */
  readonly members: Uint32Array;
}
