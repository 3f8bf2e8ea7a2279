import { oneLine, toExpression } from './expressions.ts';
import type { AttributeFacts, FunctionFacts } from './facts.ts';
import { functionFacts } from './functions.ts';
import { assignmentOf, type ClassContext, decoratorText, docstring, type Reading, textOf } from './reading.ts';
import { toProgram } from './statements.ts';
import type { Syntax } from './syntax-tree.ts';

/** Reads a class statement into the facts of its file and returns its index there. */
export function classFacts(node: Syntax, context: ClassContext): number {
  const { reading } = context;
  const { text } = reading;
  const [nameNode] = node.children;
  const ownName = nameNode === undefined ? '' : textOf(nameNode, text);
  const name = context.scope === '' ? ownName : `${context.scope}.${ownName}`;
  const body = node.children.find((child) => child.type === 'block');
  const list = node.children.find((child) => child.type === 'argument_list');
  const bases = (list?.children ?? []).filter((child) => child.type !== 'keyword_argument');
  const metaclass = (list?.children ?? []).find(
    (child) => child.type === 'keyword_argument' && textOf(child, text).startsWith('metaclass'),
  )?.children[1];
  const attributes: AttributeFacts[] = [];
  const methods: FunctionFacts[] = [];
  const index = reading.classes.length;
  const summary = docstring(body, text);
  // The place is taken before the body is read, so that nested classes come after their owner.
  reading.classes.push({
    name,
    l: node.line,
    endLine: node.endLine,
    bases: bases.map((child) => ({ text: oneLine(textOf(child, text), 80), value: toExpression(child, text) })),
    ...(metaclass === undefined ? {} : { metaclass: toExpression(metaclass, text) }),
    decorators: context.decorators.map((one) => decoratorText(one, text)),
    ...(summary === undefined ? {} : { summary }),
    program: [],
    attributes,
    methods,
    ...(context.definedIn === undefined ? {} : { definedIn: context.definedIn }),
  });
  members(body?.children ?? [], { reading, name }, attributes, methods);
  const program = toProgram(body?.children ?? [], {
    reading,
    scope: name,
    onFunction: () => -1,
    ...(context.definedIn === undefined ? {} : { definedIn: context.definedIn }),
  });
  reading.classes[index] = { ...reading.classes[index]!, program };
  return index;
}

/** Methods and attributes of a class body, also below `if`, `try` and `with`. */
function members(
  nodes: readonly Syntax[],
  owner: { readonly reading: Reading; readonly name: string },
  attributes: AttributeFacts[],
  methods: FunctionFacts[],
): void {
  const { text } = owner.reading;
  for (const node of nodes) {
    const inner = node.type === 'decorated_definition' ? node.children.at(-1) : node;
    if (inner?.type === 'function_definition') {
      const decorators = node === inner ? [] : node.children.filter((child) => child.type === 'decorator');
      methods.push(functionFacts(inner, { reading: owner.reading, decorators, isMethod: true, scope: owner.name }));
    } else if (node.type === 'expression_statement') {
      const statement = node.children[0];
      if (statement?.type === 'assignment') attributes.push(...attributeFacts(statement, text));
    } else if (/^(if|try|with|for|while)_statement$|_clause$|^block$|^ERROR$/.test(node.type)) {
      members(node.children, owner, attributes, methods);
    }
  }
}

function attributeFacts(node: Syntax, text: string): AttributeFacts[] {
  const { targets, type, value } = assignmentOf(node);
  const names = targets
    .flatMap((one) => (one.type === 'identifier' ? [one] : one.children))
    .filter((one) => one.type === 'identifier');
  return names.map((one) => ({
    name: textOf(one, text),
    l: one.line,
    isBare: value === undefined,
    ...(type === undefined ? {} : { type: oneLine(textOf(type, text), 80), typeValue: toExpression(type, text) }),
    ...(value === undefined ? {} : { text: oneLine(textOf(value, text), 80) }),
  }));
}
