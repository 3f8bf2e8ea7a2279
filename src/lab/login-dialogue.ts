import type { SimulatedDevice } from './device.ts';
import type { Reply } from './reply.ts';

/** The login of Telnet: user and password, a few times over. `welcome` is called once, when both are right. */
export function askLogin(device: SimulatedDevice, banner: string, welcome: () => void): Reply {
  const { telnet } = device.persona;
  let logins = 0;
  const askUser = (text: string): Reply => ({
    text,
    ask: { text: telnet?.user.replace('{host}', device.host) ?? 'login: ', answered: askPassword },
  });
  const askPassword = (user: string): Reply =>
    user === ''
      ? askUser('')
      : {
          ask: {
            text: telnet?.password ?? 'Password: ',
            isHidden: true,
            answered: (password) => {
              if (device.admits(user, password)) {
                welcome();
                return { isSilent: true };
              }
              logins += 1;
              const text = telnet?.refused ?? 'Login incorrect\n';
              return logins >= (telnet?.tries ?? 3) ? { text, end: 'logout' } : askUser(text);
            },
          },
        };
  return askUser(banner);
}
