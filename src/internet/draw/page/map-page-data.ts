/** What the page knows beside the drawing. */
export interface MapPageData {
  readonly width: number;
  readonly height: number;
  readonly ases: readonly PageAs[];
  /** Indexes; of a customer link the provider first. */
  readonly links: readonly (readonly [from: number, to: number, relation: string])[];
}

type PageAs = readonly [
  asn: number,
  name: string,
  country: string,
  role: string,
  cone: number,
  box: readonly [x: number, y: number, width: number, height: number] | null,
  /** What is said of an exchange, whose number is negative; empty for an AS. */
  facts: string,
];
