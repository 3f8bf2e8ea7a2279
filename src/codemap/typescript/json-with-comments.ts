import { type Expression, parseSync } from 'oxc-parser';

/** JSON as `tsconfig.json` has it, with comments and commas at ends; undefined when it is no such thing. */
export function parseJsonWithComments(text: string): unknown {
  const { program, errors } = parseSync('value.ts', `(${text.replace(/^\uFEFF/, '')}\n)`, { preserveParens: false });
  const statement = program.body[0];
  if (errors.length > 0 || statement?.type !== 'ExpressionStatement') return undefined;
  return valueIn(statement.expression);
}

function valueIn(node: Expression): unknown {
  if (node.type === 'Literal') return node.value;
  if (node.type === 'ArrayExpression') {
    return node.elements.map((one) => (one === null || one.type === 'SpreadElement' ? undefined : valueIn(one)));
  }
  if (node.type !== 'ObjectExpression') return undefined;
  return Object.fromEntries(
    node.properties.flatMap((property) => {
      if (property.type !== 'Property') return [];
      const { key } = property;
      const name = key.type === 'Literal' ? String(key.value) : key.type === 'Identifier' ? key.name : undefined;
      return name === undefined ? [] : [[name, valueIn(property.value)]];
    }),
  );
}
