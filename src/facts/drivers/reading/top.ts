/** What the head of `top -n 1` tells, for the systems that are a Linux underneath. */
export interface Top {
  /** Percent of all processors together. */
  readonly usedCpu: number | undefined;
  /** Kilobytes. */
  readonly totalRam: number | undefined;
  readonly usedRam: number | undefined;
}

const kilobytesOf: Readonly<Record<string, number>> = { k: 1, m: 1024, g: 1_048_576, b: 1 / 1024, '': 1 };

/**
 * Reads the head of the old form (`Cpu(s): 3.5%us, …`, `Mem: 16012300k total`) and of procps 3.3 and later
 * (`%Cpu(s): 3.5 us, …`, `MiB Mem : 15636.9 total`).
 */
export function readTop(output: string): Top {
  const head = output.split('\n', 12);
  const idle = head.map((line) => /^%?Cpu\S{0,8} ?:.{0,80}?([\d.]{1,6})[% ]{1,2}id\b/.exec(line)?.[1]).find(Boolean);
  const memory = head.find((line) => /^(?:[KMG]iB )?Mem ?:/.test(line)) ?? '';
  const unit = /^([KMG])iB/.exec(memory)?.[1]?.toLowerCase();
  const amount = (what: string): number | undefined => {
    const found = new RegExp(`([\\d.]{1,16})([kmgb]?) ${what}\\b`, 'i').exec(memory);
    if (found === null) return undefined;
    return Math.round(Number(found[1]) * kilobytesOf[unit ?? found[2]!.toLowerCase()]!);
  };
  return {
    usedCpu: idle === undefined ? undefined : Math.round((100 - Number(idle)) * 10) / 10,
    totalRam: amount('total'),
    usedRam: amount('used'),
  };
}
