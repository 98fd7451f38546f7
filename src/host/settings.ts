import { type ConfigurationScope, ConfigurationTarget, type Event, EventEmitter, workspace } from 'vscode';
import { settings as ids, settingsPrefix } from './ids.ts';
import { type Disposable, Store } from './lifecycle.ts';
import { type LanguageSetting, languages } from './texts.ts';

export const shownHands = ['human', 'machine', 'mechanical', 'outside', 'earlier', 'unknown'] as const;
export type ShownHand = (typeof shownHands)[number];

/** The person's settings, each read when asked for. A value of the wrong type counts as not set. */
export class Settings implements Disposable {
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor() {
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(settingsPrefix)) this.#changed.fire();
      }),
    );
  }

  get language(): LanguageSetting {
    return languageSetting(read(ids.language));
  }

  /** `auto`: the language of the run-time texts. */
  get reportLanguage(): LanguageSetting {
    return languageSetting(read(ids.reportLanguage));
  }

  /** Glob patterns relative to the folder; files that match are not recorded. */
  exclude(scope: ConfigurationScope): readonly string[] {
    const value = read(ids.exclude, scope);
    return Array.isArray(value) ? value.filter(pattern => typeof pattern === 'string') : [];
  }

  /** Names of AI tools whose records and hooks are not followed in a folder. */
  agentsOff(scope: ConfigurationScope): readonly string[] {
    const value = read(ids.agents, scope);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, on]) => (on === false ? [name] : []));
  }

  /** Whether secrets in prompts and answers about a folder are recorded as they are. */
  keepsSecrets(scope: ConfigurationScope): boolean {
    return read(ids.withholdSecrets, scope) === false;
  }

  /** Hands whose text is marked. */
  get hands(): ReadonlySet<ShownHand> {
    const value = read(ids.decorationsHands);
    if (typeof value !== 'object' || value === null) return new Set(shownHands);
    const chosen = value as Readonly<Record<string, unknown>>;
    return new Set(shownHands.filter(hand => chosen[hand] !== false));
  }

  /** URLs of time stamp servers, as the person gave them: from their own settings, never from a folder's. */
  get timestampServers(): readonly string[] {
    const value = workspace.getConfiguration(settingsPrefix).inspect<unknown>(ids.timestampServers)?.globalValue;
    return Array.isArray(value) ? value.filter(url => typeof url === 'string' && url.trim() !== '') : [];
  }

  async setTimestampServers(urls: readonly string[]): Promise<void> {
    await workspace.getConfiguration(settingsPrefix).update(ids.timestampServers, urls, ConfigurationTarget.Global);
  }

  get gutter(): boolean {
    return read(ids.decorationsGutter) !== false;
  }

  get overviewRuler(): boolean {
    return read(ids.decorationsOverviewRuler) !== false;
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function read(id: string, scope?: ConfigurationScope): unknown {
  return workspace.getConfiguration(settingsPrefix, scope).get<unknown>(id);
}

function languageSetting(value: unknown): LanguageSetting {
  return languages.find(language => language === value) ?? 'auto';
}
