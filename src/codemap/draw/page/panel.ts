import { escapeXml } from '#page';
import { memberText } from '../../layout/boxes.ts';
import type { DrawnClass } from '../../layout/picture.ts';
import type { Member, Place } from '../../model.ts';
import type { Lineage } from './lineage.ts';
import type { PackedTable, PageData } from './page-data.ts';
import { hashOf, placeLink } from './place-link.ts';

const mostKeys = 60;

/** The side panel, as HTML. Every name comes from foreign code and is escaped. */
export class Panel {
  readonly #data: PageData;
  readonly #lineage: Lineage;

  constructor(data: PageData, lineage: Lineage) {
    this.#data = data;
    this.#lineage = lineage;
  }

  classHtml(one: DrawnClass, canClose: boolean, isClosed: boolean): string {
    const order = this.#lineage.orderOf(one.id);
    const below = this.#lineage.descendantsOf(one.id).size;
    const word =
      one.kind === 'runtime'
        ? 'made while the program runs'
        : one.kind === 'outside'
          ? 'outside of this code'
          : one.kind;
    const parts = [
      `<h2>${escapeXml(one.name)}</h2>`,
      `<p class="what">${one.isAbstract ? 'abstract ' : ''}${word} · ${one.kind === 'outside' ? 'used at ' : ''}${this.#place(one.at)}</p>`,
    ];
    if (one.madeAt) parts.push(`<p class="what">made at ${this.#place(one.madeAt)}</p>`);
    if (one.summary !== undefined) parts.push(`<p>${escapeXml(one.summary)}</p>`);
    if (canClose)
      parts.push(
        `<p><button data-close="${escapeXml(one.id)}">${isClosed ? 'Unfold' : 'Fold'} the ${below} below</button></p>`,
      );
    parts.push(this.#keys(one));
    if (order.length > 1)
      parts.push(
        '<h3>Looked up in this order</h3><ol>',
        ...order.map((id) => `<li>${this.#classLink(id)}</li>`),
        '</ol>',
      );
    parts.push(this.#own(one), ...this.#inherited(one), this.#holds(one), this.#below(one));
    return parts.join('');
  }

  tableHtml(table: PackedTable): string {
    const { name, at, keys } = table;
    const rows = keys.map(
      ([key, target, file, line]) =>
        `<tr><td>${escapeXml(key)}</td><td>${this.#classAt(target)}</td><td>${this.#place(this.#at(file, line), true)}</td></tr>`,
    );
    return `<h2>${escapeXml(name)}</h2><p class="what">factory table · ${this.#place(this.#at(at[0], at[1]))}</p><h3>${keys.length} keys</h3><table>${rows.join('')}</table>`;
  }

  /** Tables with the keys that lead to a class. */
  #keys(one: DrawnClass): string {
    const index = this.#data.classes.findIndex(({ id }) => id === one.id);
    const rows = this.#data.tables.flatMap(({ name, keys }) => {
      const here = keys.filter(([, target]) => target === index);
      return here
        .slice(0, mostKeys)
        .map(
          ([key, , file, line]) =>
            `<tr><td>${escapeXml(key)}</td><td>${escapeXml(name)}</td><td>${this.#place(this.#at(file, line), true)}</td></tr>`,
        );
    });
    return rows.length === 0 ? '' : `<h3>Made for these keys</h3><table>${rows.join('')}</table>`;
  }

  #own({ id, members }: DrawnClass): string {
    if (members.length === 0) return '';
    const rows = members.map((member) => {
      const above =
        member.isInBody && member.kind !== 'constructor' ? this.#lineage.overriddenBy(id, member.name) : undefined;
      const again =
        member.isInBody && member.visibility !== 'private' ? this.#lineage.redefinedIn(id, member.name) : [];
      const notes = [
        above === undefined ? '' : `overrides ${this.#classLink(above.id)}`,
        again.length === 0
          ? ''
          : `own one in ${again
              .slice(0, 3)
              .map((one) => this.#classLink(one.id))
              .join(', ')}${again.length > 3 ? ` and ${again.length - 3} more` : ''}`,
      ].filter((note) => note !== '');
      return this.#memberRow(member, notes.join('; '));
    });
    return `<h3>Members</h3><table>${rows.join('')}</table>`;
  }

  #inherited({ id }: DrawnClass): string[] {
    return this.#lineage
      .inheritedBy(id)
      .map(
        ({ from, members }) =>
          `<details><summary>${members.length} from ${this.#classLink(from.id)}</summary><table>${members.map((member) => this.#memberRow(member, '')).join('')}</table></details>`,
      );
  }

  #memberRow(member: Member, note: string): string {
    const parameters =
      member.parameters === undefined || member.parameters === '' ? '' : ` title="${escapeXml(member.parameters)}"`;
    const text = escapeXml(memberText(member));
    return `<tr><td${parameters}${note.startsWith('overrides') ? ' class="override"' : ''}>${text}${note === '' ? '' : `<small>${note}</small>`}</td><td>${this.#place(member.at, true)}</td></tr>`;
  }

  #holds({ id }: DrawnClass): string {
    const { classes, edges } = this.#data;
    const index = classes.findIndex((one) => one.id === id);
    const words: Readonly<Record<string, readonly [out: string, back: string]>> = {
      composes: ['makes', 'made by'],
      aggregates: ['holds', 'held by'],
      makes: ['returns', 'returned by'],
      switches: ['turns into', 'comes from'],
    };
    const rows = edges.flatMap(([kind, from, to, file, line, via]) => {
      if (from !== index && to !== index) return [];
      const [out, back] = words[kind] ?? [kind, kind];
      const isOut = from === index;
      const field = via === '' ? '' : ` as ${escapeXml(via)}`;
      return [
        `<tr><td>${isOut ? out : back} ${this.#classAt(isOut ? to : from)}${field}</td><td>${this.#place(this.#at(file, line), true)}</td></tr>`,
      ];
    });
    return rows.length === 0 ? '' : `<h3>Parts and owners</h3><table>${rows.join('')}</table>`;
  }

  #below({ id }: DrawnClass): string {
    const children = this.#lineage.childrenOf(id);
    if (children.length === 0) return '';
    return `<h3>Derived from it</h3><ul>${children.map((child) => `<li>${this.#classLink(child)}</li>`).join('')}</ul>`;
  }

  #classAt(index: number): string {
    const one = this.#data.classes[index];
    return one === undefined ? '' : this.#classLink(one.id);
  }

  #classLink(id: string): string {
    const one = this.#lineage.byId.get(id);
    return `<a href="#${hashOf(id)}">${escapeXml(one?.name ?? id)}</a>`;
  }

  #at(file: number, line: number): Place {
    return { file: this.#data.files[file] ?? '', line };
  }

  #place(place: Place, isShort = false): string {
    return placeLink(this.#data.link, place, isShort);
  }
}
