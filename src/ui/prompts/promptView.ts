import { commands, env, type TreeView, window } from 'vscode';
import { contexts, views } from '../../host/ids.ts';
import { type Disposable, Store } from '../../host/lifecycle.ts';
import type { ReadOnlyDocuments } from '../readOnlyDocuments.ts';
import { showPrompt } from '../showPrompt.ts';
import type { Surface } from '../surface.ts';
import { promptAnswers } from './promptAnswers.ts';
import { PromptBadges } from './promptBadges.ts';
import { asksNothing, type PromptFilter } from './promptFilter.ts';
import { askFilter } from './promptFilterPick.ts';
import { askGrouping } from './promptGroupPick.ts';
import { askNote, askProtection } from './promptNote.ts';
import { PromptPlaces } from './promptPlaces.ts';
import { type Listed, PromptRegister } from './promptRegister.ts';
import { type PromptNode, PromptTree } from './promptTree.ts';

/** The view "Prompts": every prompt on record with what became of it, and the ways from it to its text and back. */
export class PromptView implements Disposable {
  readonly #store = new Store();
  readonly #surface: Surface;
  readonly #documents: ReadOnlyDocuments;
  readonly #register: PromptRegister;
  readonly #tree: PromptTree;
  readonly #places: PromptPlaces;
  readonly #view: TreeView<PromptNode>;

  constructor(surface: Surface, documents: ReadOnlyDocuments) {
    this.#surface = surface;
    this.#documents = documents;
    this.#register = this.#store.add(new PromptRegister(surface));
    this.#tree = this.#store.add(new PromptTree(this.#register, surface.texts));
    this.#store.add(new PromptBadges(surface.texts));
    this.#places = new PromptPlaces(surface);
    this.#view = this.#store.add(
      window.createTreeView(views.prompts, { treeDataProvider: this.#tree, showCollapseAll: true }),
    );
    this.#store.add(this.#view.onDidChangeVisibility(({ visible }) => this.#register.watch(visible)));
    this.#store.add(this.#register.onDidChange(() => this.#tell()));
    this.#store.add(surface.settings.onDidChange(() => this.#draw()));
    this.#register.watch(this.#view.visible);
  }

  /** `holograph.showPrompts`. */
  async show(): Promise<void> {
    await commands.executeCommand(`${views.prompts}.focus`);
  }

  /** From a passage to its prompt: its row, and its whole text. */
  async reveal(id: unknown): Promise<void> {
    // The text is at hand at once; the register may have to be read first.
    await showPrompt(this.#surface, this.#documents, id);
    const node = typeof id === 'string' ? await this.#tree.find(id) : undefined;
    if (node === undefined) return;
    this.#tell();
    await this.#view.reveal(node, { select: true, focus: false, expand: true });
  }

  /** From a prompt to its passages. */
  async showText(given: unknown): Promise<void> {
    const entry = await this.#entry(given);
    if (entry !== undefined) await this.#places.show(entry);
  }

  async showWhole(given: unknown): Promise<void> {
    const entry = await this.#entry(given);
    if (entry !== undefined) await showPrompt(this.#surface, this.#documents, entry.id);
  }

  /** Of a prompt what was answered to it in words. */
  async showAnswer(given: unknown): Promise<void> {
    const entry = await this.#entry(given);
    if (entry === undefined) return;
    const { texts } = this.#surface;
    const said = entry.answers === 0 ? '' : await promptAnswers(this.#surface, entry);
    const { number } = entry;
    if (said === '') void window.showInformationMessage(texts.t('prompts.noAnswer', { number }));
    else if (said !== undefined) await this.#documents.show(`${texts.t('prompt.answer')} ${number}.md`, said);
  }

  async note(given: unknown): Promise<void> {
    const entry = await this.#entry(given);
    if (entry !== undefined && (await askNote(this.#surface, entry))) await this.#register.refresh();
  }

  async protect(given: unknown): Promise<void> {
    const entry = await this.#entry(given);
    if (entry !== undefined && (await askProtection(this.#surface, entry))) await this.#register.refresh();
  }

  async copy(given: unknown): Promise<void> {
    const entry = await this.#entry(given);
    if (entry === undefined) return;
    const whole = await this.#surface.line.promptOf(entry.id);
    await env.clipboard.writeText(whole?.text ?? entry.text);
  }

  async filter(): Promise<void> {
    const filter = await askFilter(this.#surface, await this.#register.read(), this.#tree.filter);
    if (filter !== undefined) this.#filterBy(filter);
  }

  unfilter(): void {
    this.#filterBy({});
  }

  async group(): Promise<void> {
    const grouping = await askGrouping(this.#surface, this.#tree.grouping);
    if (grouping !== undefined) this.#tree.show({ grouping });
  }

  async refresh(): Promise<void> {
    await this.#register.refresh();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #filterBy(filter: PromptFilter): void {
    this.#tree.show({ filter });
    this.#tell();
  }

  /** The prompt that a row, a link or the selection stands for; the person's pick where there is none. */
  async #entry(given: unknown): Promise<Listed | undefined> {
    const { texts } = this.#surface;
    const id = idOf(given) ?? idOf(this.#view.selection[0]);
    const entries = await this.#register.read();
    const found = entries.find(entry => entry.id === id);
    if (found !== undefined) return found;
    if (entries.length === 0) void window.showInformationMessage(texts.t('redact.prompt.none'));
    const items = entries.map(entry => ({
      label: `${entry.number}. ${entry.text.replace(/\s+/gu, ' ').slice(0, 80)}`,
      description: texts.dateTime(Date.parse(entry.asked)),
      entry,
    }));
    const picked =
      items.length === 0
        ? undefined
        : await window.showQuickPick(items, { placeHolder: texts.t('redact.prompt.pick') });
    return picked?.entry;
  }

  #draw(): void {
    this.#tree.redraw();
    this.#tell();
  }

  /** What the rows do not say: that some are hidden, and how many older ones are not held. */
  #tell(): void {
    const { t } = this.#surface.texts;
    const isFiltered = !asksNothing(this.#tree.filter);
    void commands.executeCommand('setContext', contexts.promptsFiltered, isFiltered);
    const { entries, more, isWhole } = this.#register;
    const said: string[] = [];
    if (isFiltered) said.push(t('prompts.filtered', { n: this.#tree.count, all: entries.length }));
    if (!isWhole) said.push(t('prompts.unread'));
    if (more > 0) said.push(t('prompts.older', { n: more }));
    this.#view.message = said.join(' ');
  }
}

/** Of a row as VS Code hands it over, or of an argument of our own links. */
function idOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given;
  const node = given as PromptNode | undefined;
  return node?.kind === 'prompt' ? node.entry.id : undefined;
}
