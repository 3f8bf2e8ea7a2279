/** One attribute. Declarations of namespaces are none: see {@link XmlElement.declarations}. */
export interface XmlAttribute {
  /** Without prefix. */
  readonly name: string;
  /** The URI, `''` for an attribute without prefix (Namespaces in XML 1.0, section 6.2). */
  readonly namespace: string;
  readonly value: string;
}

export interface XmlElementParts {
  /** Without prefix. */
  readonly name: string;
  /** The URI, `''` for none. */
  readonly namespace?: string;
  readonly prefix?: string;
  readonly attributes?: readonly XmlAttribute[];
  readonly declarations?: Readonly<Record<string, string>>;
  readonly children?: readonly XmlElement[];
  readonly text?: string;
  readonly mixed?: readonly (XmlElement | string)[];
  readonly line?: number;
}

/**
 * One element of a document. Names are compared by local name and, where one is given, by namespace; prefixes
 * never matter, for every system chooses its own.
 */
export class XmlElement {
  /** Local name, without prefix. */
  readonly name: string;
  /** The URI of its namespace, `''` for none. */
  readonly namespace: string;
  /** The prefix the sender chose, `''` for the default namespace. Only good for showing it as it was sent. */
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  /** Prefix to URI, as declared on this very element: needed to read names within texts (`ianaift:ethernetCsmacd`). */
  readonly declarations: Readonly<Record<string, string>>;
  /** Child elements in their order. */
  readonly children: readonly XmlElement[];
  /** The characters directly within, as sent; `''` where there is only white space between child elements. */
  readonly text: string;
  /** Texts and child elements in their order, where an element holds both; otherwise undefined. */
  readonly mixed: readonly (XmlElement | string)[] | undefined;
  /** Line of the start tag, from 1; 0 for an element that was not parsed. */
  readonly line: number;

  constructor(parts: XmlElementParts) {
    this.name = parts.name;
    this.namespace = parts.namespace ?? '';
    this.prefix = parts.prefix ?? '';
    this.attributes = parts.attributes ?? none;
    this.declarations = parts.declarations ?? noDeclarations;
    this.children = parts.children ?? none;
    this.text = parts.text ?? '';
    this.mixed = parts.mixed;
    this.line = parts.line ?? 0;
  }

  /** The text without white space around it: Junos writes values on lines of their own. */
  get value(): string {
    return this.text.trim();
  }

  /** Whether it has this local name and, where given, this namespace. */
  is(name: string, namespace?: string): boolean {
    return this.name === name && (namespace === undefined || this.namespace === namespace);
  }

  /** The first child of that name. */
  child(name: string, namespace?: string): XmlElement | undefined {
    return this.children.find((child) => child.is(name, namespace));
  }

  /** All children of that name, in their order. */
  all(name: string, namespace?: string): XmlElement[] {
    return this.children.filter((child) => child.is(name, namespace));
  }

  /** The element at the end of a path of local names, `interface/subinterface/ip`: the first child of each name. */
  at(path: string): XmlElement | undefined {
    const [first = '', ...rest] = path.split('/');
    return rest.reduce<XmlElement | undefined>((element, name) => element?.child(name), this.child(first));
  }

  /** {@link value} of the element at a path; undefined when there is no such element. */
  valueAt(path: string): string | undefined {
    return this.at(path)?.value;
  }

  /** Every element at the end of a path, where each step may have many: `interface/unit/address`. */
  allAt(path: string): XmlElement[] {
    let elements: XmlElement[] = [this];
    for (const name of path.split('/')) elements = elements.flatMap((element) => element.all(name));
    return elements;
  }

  /** Every element of that name at any depth below, in the order of the document. */
  *descendants(name: string, namespace?: string): Generator<XmlElement> {
    const open = [...this.children].reverse();
    for (let element = open.pop(); element; element = open.pop()) {
      if (element.is(name, namespace)) yield element;
      for (let at = element.children.length - 1; at >= 0; at -= 1) open.push(element.children[at]!);
    }
  }

  /** The value of an attribute; without a namespace, of the first of that local name. */
  attribute(name: string, namespace?: string): string | undefined {
    return this.attributes.find(
      (attribute) => attribute.name === name && (namespace === undefined || attribute.namespace === namespace),
    )?.value;
  }
}

const none: readonly never[] = Object.freeze([]);
const noDeclarations: Readonly<Record<string, string>> = Object.freeze({});
