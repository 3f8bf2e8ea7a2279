/** A name for formats that have no way to write every character: one line, no control characters. */
export const oneLine = (text: string): string => text.toWellFormed().replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ');
