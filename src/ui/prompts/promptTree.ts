import {
  EventEmitter,
  MarkdownString,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import { commands } from '../../host/ids.ts';
import { type Disposable, Store } from '../../host/lifecycle.ts';
import type { Texts } from '../../host/texts.ts';
import { excerpt } from '../markdown.ts';
import { toolName } from '../toolNames.ts';
import { PromptBadges } from './promptBadges.ts';
import { asksNothing, isShown, type PromptFilter } from './promptFilter.ts';
import { type Grouping, groupsOf, type PromptGroup } from './promptGroups.ts';
import type { Listed, PromptRegister } from './promptRegister.ts';
import { fateIcons, fateOf, ledTo, promptTooltip, spoken } from './promptWords.ts';

/** A row of the view. The same object for the same row until the register is read anew. */
export type PromptNode = GroupNode | EntryNode;

interface GroupNode {
  readonly kind: 'group';
  readonly group: PromptGroup<Listed>;
  /** Its prompts are shown at once; of very many groups only those of the newest are. */
  readonly isOpen: boolean;
  readonly children: readonly EntryNode[];
}

export interface EntryNode {
  readonly kind: 'prompt';
  readonly entry: Listed;
  readonly parent: GroupNode;
}

/** Characters of a prompt that its row shows. */
const labelLength = 48;
/** Characters that are looked at for it. */
const looked = 400;
/** Groups that are open from the start. */
const open = 12;

/** The register as the view shows it: groups of prompts, newest first. Read when VS Code first asks, which it does when the view is seen. */
export class PromptTree implements TreeDataProvider<PromptNode>, Disposable {
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #register: PromptRegister;
  readonly #texts: Texts;
  #filter: PromptFilter = {};
  #grouping: Grouping = 'conversation';
  #groups: readonly GroupNode[] | undefined;

  constructor(register: PromptRegister, texts: Texts) {
    this.#register = register;
    this.#texts = texts;
    this.#store.add(register.onDidChange(() => this.redraw()));
  }

  get filter(): PromptFilter {
    return this.#filter;
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  show(how: { readonly filter?: PromptFilter; readonly grouping?: Grouping }): void {
    this.#filter = how.filter ?? this.#filter;
    this.#grouping = how.grouping ?? this.#grouping;
    this.redraw();
  }

  /** Everything is shown anew: the register is another, or the language. */
  redraw(): void {
    this.#groups = undefined;
    this.#changed.fire();
  }

  /** The row of a prompt; a filter that hides it is taken away. */
  async find(id: string): Promise<EntryNode | undefined> {
    const entries = await this.#register.read();
    const entry = entries.find(one => one.id === id);
    if (entry === undefined) return undefined;
    if (!isShown(entry, this.#filter)) this.show({ filter: {} });
    return this.#rows()
      .flatMap(({ children }) => children)
      .find(node => node.entry.id === id);
  }

  /** How many prompts the filter lets through. */
  get count(): number {
    return this.#rows().reduce((n, { children }) => n + children.length, 0);
  }

  async getChildren(node?: PromptNode): Promise<PromptNode[]> {
    if (node !== undefined) return node.kind === 'group' ? [...node.children] : [];
    await this.#register.read();
    return [...this.#rows()];
  }

  getParent(node: PromptNode): PromptNode | undefined {
    return node.kind === 'prompt' ? node.parent : undefined;
  }

  getTreeItem(node: PromptNode): TreeItem {
    return node.kind === 'group' ? this.#groupItem(node) : this.#entryItem(node.entry);
  }

  /** The tooltip is written when it is asked for. */
  resolveTreeItem(item: TreeItem, node: PromptNode): TreeItem {
    if (node.kind === 'prompt') item.tooltip = new MarkdownString(promptTooltip(node.entry, this.#texts));
    return item;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #rows(): readonly GroupNode[] {
    if (this.#groups !== undefined) return this.#groups;
    const { entries } = this.#register;
    const shown = asksNothing(this.#filter) ? entries : entries.filter(entry => isShown(entry, this.#filter));
    this.#groups = groupsOf(shown, this.#grouping).map((group, rank) => {
      const children: EntryNode[] = [];
      const parent: GroupNode = { kind: 'group', group, children, isOpen: rank < open };
      for (const entry of group.prompts) children.push({ kind: 'prompt', entry, parent });
      return parent;
    });
    return this.#groups;
  }

  #groupItem({ group: { key, prompts }, isOpen }: GroupNode): TreeItem {
    const { t } = this.#texts;
    const first = prompts.at(-1)!;
    const byDay = this.#grouping === 'day';
    // Noon is of the same day in every time zone of the editor's.
    const label = byDay ? this.#texts.date(Date.parse(`${key}T12:00:00`)) : toolName(first.agent);
    const { Expanded, Collapsed } = TreeItemCollapsibleState;
    const item = new TreeItem(label, isOpen ? Expanded : Collapsed);
    item.id = `${this.#grouping} ${key}`;
    const count = t('prompts.count', { n: prompts.length });
    // Its prompts stand under it with their words; what they do not say is when it began.
    item.description = byDay ? count : `${this.#texts.moment(Date.parse(first.asked))} · ${count}`;
    item.tooltip = byDay ? count : `${label}: ${labelOf(first)}\n${item.description}\n${first.conversation}`;
    item.iconPath = new ThemeIcon(byDay ? 'calendar' : 'comment-discussion');
    item.contextValue = 'group';
    item.accessibilityInformation = { label: `${label}, ${item.description}` };
    return item;
  }

  #entryItem(entry: Listed): TreeItem {
    const item = new TreeItem(`${entry.number}. ${labelOf(entry)}`);
    item.id = `${entry.folder.uri} ${entry.id}`;
    item.description = ledTo(entry, this.#texts);
    item.iconPath = new ThemeIcon(fateIcons[fateOf(entry)]);
    const [led, answered] = [entry.spans.length > 0, entry.answers > 0];
    item.contextValue = `prompt${led ? '.led' : ''}${answered ? '.answered' : ''}`;
    const address = PromptBadges.addressOf(entry);
    if (address !== undefined) item.resourceUri = address;
    item.accessibilityInformation = { label: spoken(entry, this.#texts) };
    // From a prompt to its spans is one click; where none stand, to its own text.
    const command = led ? commands.showPromptText : commands.showWholePrompt;
    item.command = { command, title: '', arguments: [entry.id] };
    return item;
  }
}

function labelOf({ text }: Listed): string {
  return excerpt(text.slice(0, looked), labelLength);
}
