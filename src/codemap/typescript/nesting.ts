/**
 * The parser goes down one level of the native stack for each level of nesting, and takes the process with it when the
 * stack ends: oxc-parser 0.158 dies of 2,600 nested functions in a worker thread of Node 24, of 5,000 nested chains. No
 * person writes such code; generators and fuzzers do.
 */
const deepestBrackets = 1500;
const longestChain = 3000;

/** Each of these lies within the one before: `a ? b : a ? b : …`, `a => b => …`, `a = b = …`, `!!!…`, `a ** b ** …`. */
const chaining = new Set('?=!~*');
/** Operators that lie side by side, for which the parser needs less of the stack. */
const joining = new Set('+-&|.');
const longestRow = 20_000;

/** Whether a file nests so deeply that it must not be parsed. Strings and comments are passed over; a guess, but linear. */
export function nestsTooDeeply(text: string): boolean {
  let [depth, chain, row, elses] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (sign === '(' || sign === '[' || sign === '{') depth += 1;
    else if (sign === ')' || sign === ']' || sign === '}') depth = Math.max(0, depth - 1);
    else if (chaining.has(sign)) chain += 1;
    else if (joining.has(sign)) row += 1;
    else if (sign === 'e') {
      if (text.startsWith('extends', at)) chain += 1;
      else if (text.startsWith('else', at)) elses += 1;
    } else if (sign === '"' || sign === "'") at = endOfString(text, at);
    else if (sign === '/') at = endOfComment(text, at);
    // A declaration at the left margin: whatever regular expressions hid before is over.
    else if (sign === '\n' && /[a-z@]/.test(text[at + 1] ?? '')) depth = 0;
    if (sign === ';' || sign === '{' || sign === '}') [chain, row] = [0, 0];
    if (depth > deepestBrackets || chain > longestChain || row > longestRow || elses > longestRow) return true;
  }
  return false;
}

/** The closing quote, or the end of the line where there is none: then the quote was part of a regular expression. */
function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote || text[at] === '\n') return at;
  }
  return text.length;
}

function endOfComment(text: string, start: number): number {
  if (text[start + 1] === '/') {
    const end = text.indexOf('\n', start);
    return end < 0 ? text.length : end - 1;
  }
  if (text[start + 1] !== '*') return start;
  const end = text.indexOf('*/', start + 2);
  return end < 0 ? text.length : end + 1;
}
