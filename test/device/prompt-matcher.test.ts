import { describe, expect, it } from 'vitest';
import { PromptMatcher } from '#device';
import type { Platform } from '#platforms';
import { iosLike, vrpLike } from './fixtures.ts';

const learned = (host: string, platform: Platform = iosLike): PromptMatcher => {
  const matcher = new PromptMatcher(platform);
  matcher.learn(matcher.match(platform === vrpLike ? `<${host}>` : `${host}#`)!);
  return matcher;
};

describe('a prompt', () => {
  it('belongs to one mode', () => {
    expect(learned('r1').match('r1#')).toMatchObject({ mode: 'privileged', host: 'r1', familiarity: 'same' });
    expect(learned('r1').match('r1>')?.mode).toBe('exec');
    expect(learned('r1').match('r1(config-if)#')?.mode).toBe('config');
  });

  it.each(['r1# ', 'r1#  ', 'r1#\t'])('may have blanks behind it: "%s"', (line) => {
    expect(learned('r1').match(line)?.mode).toBe('privileged');
  });

  it.each(['', '   ', '#', 'r1', 'r1# show version', 'Building configuration...', `${'a'.repeat(600)}#`])(
    'is not "%s"',
    (line) => {
      expect(learned('r1').match(line)).toBeUndefined();
    },
  );

  it('with another name is a stranger', () => {
    expect(learned('r1').match('r2#')?.familiarity).toBe('other');
    expect(learned('SW', vrpLike).match('[V200R009C00SPC500]')?.familiarity).toBe('other');
    expect(learned('SW', vrpLike).match('[~SW]')?.familiarity).toBe('same');
    expect(learned('SW', vrpLike).match('[*SW-GigabitEthernet0/0/1]')?.familiarity).toBe('same');
  });

  it('may be cut in the configuration mode, as IOS does at 20 characters', () => {
    const matcher = learned('core-router-cairo-east-01');
    const cut = matcher.match('core-router-cairo-ea(config)#')!;
    expect(cut).toMatchObject({ mode: 'config', familiarity: 'same' });
    matcher.learn(cut);
    expect(matcher.host).toBe('core-router-cairo-east-01');
    expect(matcher.match('core-router-cairo-ea2(config)#')?.familiarity).toBe('other');
    expect(learned('core1').match('core(config)#')?.familiarity).toBe('other');
  });

  it('honours what looks like it and is none', () => {
    const platform = {
      ...iosLike,
      modes: { ...iosLike.modes, privileged: { prompt: /^(?<host>\S+)#$/, not: [/^#+$/] } },
    };
    expect(new PromptMatcher(platform).match('###')).toBeUndefined();
    expect(new PromptMatcher(platform).match('r1#')).toBeDefined();
  });
});
