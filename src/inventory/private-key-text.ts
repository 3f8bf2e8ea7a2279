/** Whether a text is a private key in PEM, of OpenSSH or of PuTTY: not its public half, nor a certificate. */
export const isPrivateKey = (text: string): boolean => /PRIVATE KEY-----|^PuTTY-User-Key-File-/.test(text);
