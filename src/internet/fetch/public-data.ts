import { NetwrightError } from '#core';

/** What can be fetched, besides the collectors of routes. */
export const publicSources = ['rir', 'peeringdb', 'names', 'as-rel', 'vrps'] as const;
export type PublicSource = (typeof publicSources)[number];

/** One file to download. */
export interface Download {
  /** The key under which its address can be replaced. */
  readonly name: string;
  readonly url: string;
  /** Its name in the folder. */
  readonly file: string;
  /** Where its MD5 stands, for those that publish one. */
  readonly checksumUrl?: string;
}

export interface PublicDataOptions {
  /** `rrc00` … of RIPE RIS, `route-views2`, `route-views.linx` … of RouteViews. */
  readonly collectors?: readonly string[];
  readonly sources?: readonly PublicSource[];
  /** Other addresses, by the name of a download: a mirror, or a proxy. */
  readonly urls?: Readonly<Record<string, string>>;
  /** Which of dated files is the newest. */
  readonly nowMs: number;
}

const registries: Readonly<Record<string, string>> = {
  afrinic: 'https://ftp.afrinic.net/pub/stats/afrinic/delegated-afrinic-extended-latest',
  apnic: 'https://ftp.apnic.net/stats/apnic/delegated-apnic-extended-latest',
  arin: 'https://ftp.arin.net/pub/stats/arin/delegated-arin-extended-latest',
  lacnic: 'https://ftp.lacnic.net/pub/stats/lacnic/delegated-lacnic-extended-latest',
  ripencc: 'https://ftp.ripe.net/pub/stats/ripencc/delegated-ripencc-extended-latest',
};
const hourMs = 3_600_000;

/**
 * The files that make up what is wanted, at their usual addresses.
 * @throws NetwrightError `NW_USAGE` for a collector that is of neither project, or an address for something not wanted.
 */
export function publicDownloads({
  collectors = [],
  sources = [],
  urls = {},
  nowMs,
}: PublicDataOptions): readonly Download[] {
  const found = [
    ...collectors.map((name) => collectorDownload(name, nowMs)),
    ...sources.flatMap((one) => of[one](nowMs)),
  ];
  const names = new Set(found.map(({ name }) => name));
  for (const name of Object.keys(urls)) {
    if (!names.has(name)) {
      throw new NetwrightError('NW_USAGE', `an address for "${name}": expected one of ${[...names].join(', ')}`);
    }
  }
  return found.map((download) => {
    const url = urls[download.name];
    if (url === undefined) return download;
    const { checksumUrl: _elsewhere, ...rest } = download;
    return { ...rest, url };
  });
}

const of: Readonly<Record<PublicSource, (nowMs: number) => readonly Download[]>> = {
  rir: () =>
    Object.entries(registries).map(([name, url]) => ({
      name: `rir-${name}`,
      url,
      file: `delegated-${name}-extended-latest`,
      checksumUrl: `${url}.md5`,
    })),
  peeringdb: () =>
    ['net', 'ix', 'ixlan', 'netixlan'].map((kind) => ({
      name: `peeringdb-${kind}`,
      url: `https://www.peeringdb.com/api/${kind}`,
      file: `peeringdb-${kind}.json`,
    })),
  names: () => [{ name: 'names', url: 'https://ftp.ripe.net/ripe/asnames/asn.txt', file: 'asn.txt' }],
  'as-rel': (nowMs) => {
    // Published some days into a month, of its first day: ten days back is safe.
    const file = `${digits(nowMs - 240 * hourMs).slice(0, 6)}01.as-rel2.txt.bz2`;
    return [{ name: 'as-rel', url: `https://publicdata.caida.org/datasets/as-relationships/serial-2/${file}`, file }];
  },
  vrps: () => [{ name: 'vrps', url: 'https://console.rpki-client.org/vrps.json', file: 'vrps.json' }],
};

function collectorDownload(collector: string, nowMs: number): Download {
  if (/^rrc\d\d$/.test(collector)) {
    return {
      name: collector,
      url: `https://data.ris.ripe.net/${collector}/latest-bview.gz`,
      file: `${collector}.latest-bview.gz`,
    };
  }
  if (/^route-views(?:\d|\.[a-z0-9.-]+)?$/.test(collector)) {
    // A table every two hours, there some minutes later. The oldest collector has no folder of its own.
    const at = digits(Math.floor((nowMs - hourMs) / (2 * hourMs)) * 2 * hourMs);
    const file = `rib.${at.slice(0, 8)}.${at.slice(8, 12)}.bz2`;
    const folder = collector === 'route-views2' ? '' : `${collector}/`;
    const month = `${at.slice(0, 4)}.${at.slice(4, 6)}`;
    return {
      name: collector,
      url: `https://archive.routeviews.org/${folder}bgpdata/${month}/RIBS/${file}`,
      file: `${collector}.${file}`,
    };
  }
  throw new NetwrightError(
    'NW_USAGE',
    `"${collector}": expected a collector such as rrc00, route-views2 or route-views.linx`,
  );
}

/** `202611200000` */
const digits = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(0, 12);
