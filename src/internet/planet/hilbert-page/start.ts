import { byId, type PageEvent, type PageWindow } from '#page';
import { blockAt } from './curve.ts';
import type { HilbertPageData } from './data.ts';

/** Says what is below the pointer, and shows where is what is looked for. */
export function start(window: PageWindow, { holders, blocks }: HilbertPageData): void {
  const [marks, tip, search, legend] = ['marks', 'tip', 'search', 'legend'].map((id) => byId(window, id));
  const canvas = marks!.getContext('2d');
  const hint = 'Point at a block, or click a colour: only what it holds stays bright.';
  let said = hint;

  const say = (block: number | undefined): void => {
    if (block === undefined) {
      tip!.textContent = said;
      return;
    }
    const holder = holders[blocks[block] ?? -1];
    const who = holder === undefined ? 'nobody originates it' : `AS${holder[0]} ${holder[1]} ${holder[2]}`;
    tip!.textContent = `${block >> 8}.${block & 255}.0.0/16 · ${who}`;
  };

  /** Everything else steps back. */
  const show = (isWanted: ((block: number) => boolean) | undefined): number => {
    canvas.clearRect(0, 0, 256, 256);
    if (isWanted === undefined) return 0;
    let found = 0;
    canvas.fillStyle = marks!.getAttribute('data-veil')!;
    for (let y = 0; y < 256; y += 1) {
      for (let x = 0; x < 256; x += 1) {
        if (isWanted(blockAt(x, y))) found += 1;
        else canvas.fillRect(x, y, 1, 1);
      }
    }
    return found;
  };

  const find = (text: string): void => {
    const wanted = text.trim().toLowerCase();
    for (const row of legend!.querySelectorAll('a')) {
      row.classList.toggle('on', row.getAttribute('data-find')?.toLowerCase() === wanted);
    }
    const address = /^(\d{1,3})\.(\d{1,3})(?:\.|$)/.exec(wanted);
    if (wanted === '') {
      said = hint;
      show(undefined);
    } else if (address !== null) {
      const block = Number(address[1]) * 256 + Number(address[2]);
      show((one) => one === block);
      say(block);
      return;
    } else {
      const country = /^country ([a-z]{2})$/.exec(wanted)?.[1];
      const asn = /^(?:as)?(\d+)$/.exec(wanted)?.[1];
      const chosen = new Set(
        holders.flatMap(([number, name, code], at) => {
          const isMeant =
            country !== undefined
              ? code.toLowerCase() === country
              : asn !== undefined
                ? String(number) === asn
                : name.toLowerCase().includes(wanted);
          return isMeant ? [at] : [];
        }),
      );
      const found = show((block) => chosen.has(blocks[block]!));
      if (found === 0) show(undefined);
      said =
        found === 0
          ? `${text.trim()}: nothing found that holds the most of a /16 block`
          : `${text.trim()}: the largest holder in ${found.toLocaleString('en-US')} /16 ${found === 1 ? 'block' : 'blocks'}`;
    }
    say(undefined);
  };

  const point = ({ clientX, clientY }: PageEvent): void => {
    const { left, top, width, height } = marks!.getBoundingClientRect();
    const [x, y] = [Math.floor(((clientX - left) * 256) / width), Math.floor(((clientY - top) * 256) / height)];
    if (x >= 0 && y >= 0 && x < 256 && y < 256) say(blockAt(x, y));
  };
  marks!.addEventListener('pointermove', point);
  marks!.addEventListener('pointerdown', point);
  // A finger that is lifted leaves what it pointed at to be read.
  marks!.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType === 'mouse') say(undefined);
  });
  search!.addEventListener('input', () => find(search!.value));
  legend!.addEventListener('click', (event) => {
    const wanted = event.target.closest('a')?.getAttribute('data-find');
    event.preventDefault();
    if (wanted === undefined || wanted === null) return;
    search!.value = search!.value === wanted ? '' : wanted;
    find(search!.value);
  });
  say(undefined);
  window.document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      search!.value = '';
      search!.blur();
      find('');
    } else if (event.key === '/' && window.document.activeElement !== search) {
      event.preventDefault();
      search!.focus();
    }
  });
}
