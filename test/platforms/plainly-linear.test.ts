import { describe, expect, it } from 'vitest';
import { isPlainlyLinear } from './plainly-linear.ts';

describe('isPlainlyLinear', () => {
  it.each([
    /^(?<host>[\w.-]{1,63})#[ ]?$/,
    /^.*password (?<secret>\S+)/,
    /key-string (?:[0-9] )?(?<secret>\S.*)/,
    /^(?:a|b)+$/,
    /^end[ ]*$/,
    /^[^)*+]+\)\*$/,
  ])('takes %s for linear', ({ source }) => {
    expect(isPlainlyLinear(source)).toBe(true);
  });

  it.each([
    /^(a+)+$/,
    /^(?:\S+ ){1,3}key/,
    /^(?:a{1,60}){1,60}$/,
    /.*x/,
    /^.*a.*b$/,
    /a+b/,
    /^a+|b+c/,
    /(?:^|\n)a+b/,
    /^(?=.*a).*b$/,
    /(a)\1/,
    /x[a-z]{0,90}[a-z]{0,90}y/,
  ])('is in doubt of %s', ({ source }) => {
    expect(isPlainlyLinear(source)).toBe(false);
  });
});
