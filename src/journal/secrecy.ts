const secret = [/^\.env/i, /\.pem$/i, /\.key$/i, /^id_/i];

/** Whether a file is never recorded by default, told by its name alone: keys and environment files. */
export function isSecret(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return secret.some(pattern => pattern.test(name));
}
