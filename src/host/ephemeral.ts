import { env } from 'vscode';

/** Whether what is written on this machine goes with it: a container's own disk does, unless a data folder was named. */
export function isEphemeral(): boolean {
  const remote = env.remoteName;
  return process.env.HOLOGRAPH_HOME === undefined && (remote === 'dev-container' || remote === 'codespaces');
}
