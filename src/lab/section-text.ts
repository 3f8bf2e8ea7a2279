/** Configuration as indented lines, changed in place, so that an edit changes nothing but its own lines. */
export class SectionText {
  readonly lines: string[];
  readonly #comment: RegExp | undefined;

  constructor(text: string, comment?: RegExp) {
    this.lines = text.split('\n');
    this.#comment = comment;
  }

  toString(): string {
    return this.lines.join('\n');
  }

  indent(at: number): number {
    const line = this.lines[at] ?? '';
    let count = 0;
    while (line[count] === ' ' || line[count] === '\t') count += 1;
    return count;
  }

  /** One past the last line that stands deeper than the header. */
  bodyEnd(header: number): number {
    const depth = this.indent(header);
    let end = header + 1;
    for (let at = header + 1; at < this.lines.length; at += 1) {
      const line = this.lines[at]!;
      // After it Comware is at the top again, though it indents what stands there.
      if (line === '#') break;
      if (line === '' || this.#comment?.test(line)) continue;
      if (this.indent(at) <= depth) break;
      end = at + 1;
    }
    return end;
  }

  /**
   * Indices of the lines right below a section, or of the top-level ones. Comware indents top-level lines by one blank
   * when they open no section: after a separator the first line says how deep its top level is.
   */
  children(header: number | undefined): number[] {
    const found: number[] = [];
    const end = header === undefined ? this.lines.length : this.bodyEnd(header);
    let depth: number | undefined;
    for (let at = header === undefined ? 0 : header + 1; at < end; at += 1) {
      const line = this.lines[at]!;
      if (line === '') continue;
      if (this.#comment?.test(line)) {
        if (header === undefined) depth = undefined;
        continue;
      }
      const indent = this.indent(at);
      depth ??= indent;
      if (indent < depth) depth = indent;
      if (indent === depth) found.push(at);
    }
    return found;
  }

  /** The headers from the outermost one to a line, that line included. */
  pathOf(at: number): string[] {
    const path: string[] = [];
    for (let header: number | undefined = at; header !== undefined; ) {
      path.unshift(this.text(header));
      const indent = this.indent(header);
      let above: number = header - 1;
      while (above >= 0 && (this.lines[above] === '' || this.indent(above) >= indent)) above -= 1;
      header = indent === 0 || above < 0 ? undefined : above;
    }
    return path;
  }

  text(at: number): string {
    return (this.lines[at] ?? '').trimStart();
  }

  insert(at: number, ...lines: readonly string[]): void {
    this.lines.splice(at, 0, ...lines);
  }

  remove(from: number, to = from + 1): void {
    this.lines.splice(from, to - from);
  }
}
