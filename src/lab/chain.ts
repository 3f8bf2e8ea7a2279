/** `one; two 2>/dev/null`, as a Unix shell runs it: each by itself, complaints dropped where they are sent away. */
export function runChain(line: string, run: (command: string) => string): string {
  let text = '';
  for (const part of line.split(/ *; */)) {
    const echoed = /^echo (?:'([^']*)'|"([^"]*)"|([^>]*))$/.exec(part);
    const output =
      echoed === null
        ? run(part.replaceAll(/ *2>(?:\/dev\/null|&1)/g, ''))
        : `${echoed[1] ?? echoed[2] ?? echoed[3] ?? ''}\n`;
    const lines = output.replaceAll('\r\n', '\n');
    text += /2>\/dev\/null/.test(part) ? lines.replaceAll(/^(?:-bash|cat|tail): .*\n/gm, '') : lines;
  }
  return text;
}
