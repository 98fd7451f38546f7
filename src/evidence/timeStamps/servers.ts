/** A time stamp server that is offered by name. */
export interface KnownServer {
  /** What a person may write instead of the URL. */
  readonly name: string;
  readonly url: string;
  /** Who runs it, in Latin letters. */
  readonly operator: string;
  /**
   * `own`: a root certificate of its own, which the person has to get from the operator; `wellKnown`: one that
   * browsers know; `elsewhere`: signs with GOST, which cannot be checked here.
   */
  readonly root: 'own' | 'wellKnown' | 'elsewhere';
}

export const knownServers: readonly KnownServer[] = [
  { name: 'digicert', url: 'http://timestamp.digicert.com/', operator: 'DigiCert', root: 'wellKnown' },
  { name: 'sectigo', url: 'http://timestamp.sectigo.com/', operator: 'Sectigo', root: 'wellKnown' },
  { name: 'freetsa', url: 'https://freetsa.org/tsr', operator: 'FreeTSA', root: 'own' },
  { name: 'kazakhstan', url: 'http://tsp.pki.gov.kz/', operator: 'NUC RK (pki.gov.kz)', root: 'elsewhere' },
];

/** What is kept and shown of a server's URL: its query may hold what only the person may know. */
export function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/**
 * The URL that a person means, in its one form; undefined where it is none that can be asked. One with a name and a
 * password is none: it would be kept in the journal.
 */
export function serverUrl(given: string): string | undefined {
  const known = knownServers.find(({ name }) => name === given.trim().toLowerCase());
  const url = URL.parse(known?.url ?? given.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  url.hash = '';
  return url.href;
}
