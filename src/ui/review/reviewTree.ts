import {
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type WorkspaceFolder,
} from 'vscode';
import type { ReviewDocument } from '../../cli/review.ts';
import { commands, linkCommands } from '../../host/ids.ts';
import { type Disposable, Store } from '../../host/lifecycle.ts';
import type { Texts } from '../../host/texts.ts';
import type { FileReview } from '../../rights/review.ts';
import type { Breach, Rule } from '../../rights/reviewRules.ts';
import type { FolderReview, ReviewSource } from './reviewSource.ts';
import { breachLabel, breachText, figures, fileTooltip, ruleName, ruleValue } from './reviewWords.ts';

/** A row of the view. */
export type ReviewNode =
  | { readonly kind: 'folder'; readonly of: FolderReview }
  | { readonly kind: 'problem'; readonly of: FolderReview; readonly says: string }
  | { readonly kind: 'noPolicy'; readonly of: FolderReview }
  | { readonly kind: 'rule'; readonly of: FolderReview; readonly rule: Rule }
  | { readonly kind: 'breach'; readonly of: FolderReview; readonly rule: Rule; readonly breach: Breach }
  | { readonly kind: 'files'; readonly of: FolderReview; readonly review: ReviewDocument }
  | { readonly kind: 'file'; readonly of: FolderReview; readonly file: FileReview };

/** The house's rules with what is not kept under each, then the files with their figures. */
export class ReviewTree implements TreeDataProvider<ReviewNode>, Disposable {
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #source: ReviewSource;
  readonly #texts: Texts;

  constructor(source: ReviewSource, texts: Texts) {
    this.#source = source;
    this.#texts = texts;
    this.#store.add(source.onDidChange(() => this.redraw()));
  }

  redraw(): void {
    this.#changed.fire();
  }

  async getChildren(node?: ReviewNode): Promise<ReviewNode[]> {
    if (node === undefined) {
      const reviews = await this.#source.read();
      const [only] = reviews;
      if (reviews.length === 1 && only !== undefined) return rowsOf(only);
      return reviews.map(of => ({ kind: 'folder', of }));
    }
    const { of } = node;
    if (node.kind === 'folder') return rowsOf(of);
    if (node.kind === 'rule') return node.rule.broken.map(breach => ({ kind: 'breach', of, rule: node.rule, breach }));
    return node.kind === 'files' ? node.review.files.map(file => ({ kind: 'file', of, file })) : [];
  }

  getTreeItem(node: ReviewNode): TreeItem {
    const item = this.#item(node);
    const spoken = [item.label, item.description].filter(part => typeof part === 'string' && part !== '');
    item.accessibilityInformation ??= { label: spoken.join(', ') };
    return item;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #item(node: ReviewNode): TreeItem {
    const { t } = this.#texts;
    const { Expanded } = TreeItemCollapsibleState;
    const { folder } = node.of;
    switch (node.kind) {
      case 'folder': {
        const item = new TreeItem(folder.name, Expanded);
        item.iconPath = new ThemeIcon('root-folder');
        return item;
      }
      case 'problem':
        return row(node.says, new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')));
      case 'noPolicy': {
        const item = row(t('review.noPolicy'), new ThemeIcon('info'));
        item.tooltip = t('review.noPolicyDetail');
        item.command = { command: commands.openReviewPolicy, title: '', arguments: [folder.uri] };
        return item;
      }
      case 'rule':
        return this.#ruleItem(node.rule);
      case 'breach':
        return this.#breachItem(folder, node.rule, node.breach);
      case 'files': {
        const item = new TreeItem(t('review.files'), Expanded);
        item.iconPath = new ThemeIcon('files');
        item.description = this.#texts.number(node.review.files.length);
        return item;
      }
      case 'file':
        return this.#fileItem(folder, node.file);
    }
  }

  #ruleItem(rule: Rule): TreeItem {
    const { Collapsed, Expanded, None } = TreeItemCollapsibleState;
    const name = ruleName(rule, this.#texts);
    const item = new TreeItem(name, rule.broken.length === 0 ? None : rule.broken.length > 12 ? Collapsed : Expanded);
    item.description = ruleValue(rule, this.#texts);
    item.iconPath = rule.kept
      ? new ThemeIcon('pass', new ThemeColor('testing.iconPassed'))
      : new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
    const state = this.#texts.t(rule.kept ? 'review.kept' : 'review.notKept');
    item.tooltip = [`${state}: ${name}`, item.description].filter(part => part !== '').join('\n');
    item.accessibilityInformation = { label: `${state}: ${name}, ${item.description}` };
    item.contextValue = 'rule';
    return item;
  }

  #breachItem(folder: WorkspaceFolder, rule: Rule, breach: Breach): TreeItem {
    const item = row(breachLabel(breach, rule, this.#texts), new ThemeIcon('circle-small'));
    item.description = breachText(breach, rule, this.#texts);
    if (breach.file !== null) item.command = opening(folder, breach.file);
    else if (breach.why === 'emptyField') item.command = { command: commands.describeWork, title: '' };
    return item;
  }

  #fileItem(folder: WorkspaceFolder, file: FileReview): TreeItem {
    const item = row(file.path, new ThemeIcon(file.stands ? 'file' : 'warning'));
    item.description = figures(file, this.#texts);
    item.tooltip = fileTooltip(file, this.#texts);
    item.contextValue = 'reviewedFile';
    item.command = opening(folder, file.path);
    return item;
  }
}

function rowsOf(of: FolderReview): ReviewNode[] {
  const { review } = of;
  if (typeof review === 'string') return [{ kind: 'problem', of, says: review }];
  const rules = review.rules.map((rule): ReviewNode => ({ kind: 'rule', of, rule }));
  const asked: ReviewNode[] = rules.length === 0 ? [{ kind: 'noPolicy', of }] : rules;
  return [...asked, { kind: 'files', of, review }];
}

function row(label: string, icon: ThemeIcon): TreeItem {
  const item = new TreeItem(label);
  item.iconPath = icon;
  return item;
}

function opening(folder: WorkspaceFolder, path: string): NonNullable<TreeItem['command']> {
  return { command: linkCommands.showReviewed, title: '', arguments: [folder.uri, path] };
}
