import { describe, expect, it } from 'vitest';
import { NetwrightError, Secret } from '#core';
import { changeLogin } from '../../src/cli/change-login.ts';

const password = new Secret('correct horse');
const enable = new Secret('battery staple');
const privateKey = new Secret('a key');
const passphrase = new Secret('of the key');

function refusal(work: () => unknown): NetwrightError {
  try {
    work();
  } catch (error) {
    if (error instanceof NetwrightError) return error;
  }
  throw new Error('nothing was refused');
}

describe('a credential', () => {
  it('that is new is what was given', () => {
    expect(changeLogin('lab', undefined, { user: 'noc', password }, [])).toEqual({
      login: { user: 'noc', password },
      changed: ['user', 'password'],
      removed: [],
      kept: [],
    });
  });

  it('keeps what is not given', () => {
    expect(changeLogin('lab', { user: 'noc', password, agent: true }, { enable }, [])).toEqual({
      login: { user: 'noc', password, agent: true, enable },
      changed: ['enable'],
      removed: [],
      kept: ['user', 'password', 'agent'],
    });
    const renamed = changeLogin('lab', { user: 'noc', password }, { user: 'ops' }, []);
    expect(renamed).toMatchObject({ login: { user: 'ops', password }, changed: ['user'], kept: ['password'] });
  });

  it('loses what is to be removed, and the passphrase with its key', () => {
    const before = { user: 'noc', password, enable, privateKey, passphrase };
    expect(changeLogin('lab', before, {}, ['enable', 'key'])).toEqual({
      login: { user: 'noc', password },
      changed: [],
      removed: ['enable', 'key', 'passphrase'],
      kept: ['user', 'password'],
    });
    const other = new Secret('another key');
    expect(changeLogin('lab', before, { privateKey: other }, [])).toMatchObject({
      login: { user: 'noc', password, enable, privateKey: other },
      removed: ['passphrase'],
    });
    expect(changeLogin('lab', before, { privateKey: other }, []).login.passphrase).toBeUndefined();
    expect(changeLogin('lab', before, { privateKey: other, passphrase: enable }, []).login.passphrase).toBe(enable);
  });

  it('is left alone when that makes no sense', () => {
    const before = { user: 'noc', password };
    expect(refusal(() => changeLogin('lab', undefined, { password }, [])).hint).toContain('--user');
    expect(refusal(() => changeLogin('lab', before, {}, ['enable'])).message).toContain('has no enable');
    expect(refusal(() => changeLogin('lab', before, { password }, ['password'])).message).toContain('given and');
    expect(refusal(() => changeLogin('lab', before, {}, ['password'])).message).toContain('nothing to log in with');
    expect(refusal(() => changeLogin('lab', before, {}, ['password'])).code).toBe('NW_USAGE');
  });
});
