import { commands, type TreeView, Uri, window, workspace } from 'vscode';
import { views } from '../../host/ids.ts';
import { type Disposable, Store } from '../../host/lifecycle.ts';
import { pickRecorded } from '../folders.ts';
import type { Surface } from '../surface.ts';
import { recordReview } from './recordReview.ts';
import { showReviewed } from './reviewPlaces.ts';
import { openReviewPolicy } from './reviewPolicy.ts';
import { ReviewSource } from './reviewSource.ts';
import { type ReviewNode, ReviewTree } from './reviewTree.ts';

/** The view "Review": the house's rules, and the figures of each file, before a work is published. */
export class ReviewView implements Disposable {
  readonly #store = new Store();
  readonly #surface: Surface;
  readonly #source: ReviewSource;
  readonly #view: TreeView<ReviewNode>;

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#source = this.#store.add(new ReviewSource(surface));
    const tree = this.#store.add(new ReviewTree(this.#source, surface.texts));
    this.#view = this.#store.add(
      window.createTreeView(views.review, { treeDataProvider: tree, showCollapseAll: true }),
    );
    this.#store.add(this.#view.onDidChangeVisibility(({ visible }) => this.#source.watch(visible)));
    this.#store.add(this.#source.onDidChange(() => this.#tell()));
    this.#store.add(
      surface.settings.onDidChange(() => {
        tree.redraw();
        this.#tell();
        // What the command line says of a fault is in the language of its answer.
        if (this.#view.visible) void this.#source.refresh();
      }),
    );
    this.#source.watch(this.#view.visible);
  }

  /** `holograph.review`. */
  async show(): Promise<void> {
    await commands.executeCommand(`${views.review}.focus`);
    await this.#source.refresh();
  }

  async refresh(): Promise<void> {
    await this.#source.refresh();
  }

  /** `holograph.recordReview`: of a row's file, or of files that are picked. */
  async record(given: unknown): Promise<void> {
    const node = given as ReviewNode | undefined;
    const own = node?.kind === 'file' ? node : undefined;
    const folder = own?.of.folder ?? (await pickRecorded(this.#surface));
    if (folder === undefined) return;
    const reviews = await this.#source.read();
    const review = reviews.find(one => one.folder.uri.toString() === folder.uri.toString())?.review;
    const files = typeof review === 'object' ? review.files : [];
    if (await recordReview(this.#surface, folder, files, own?.file.path)) await this.#source.refresh();
  }

  /** `holograph.openReviewPolicy`. */
  async openPolicy(given: unknown): Promise<void> {
    const folder = given instanceof Uri ? given : (await pickRecorded(this.#surface))?.uri;
    if (folder !== undefined) await openReviewPolicy(this.#surface, folder);
  }

  /** Of a row: its file at the longest machine run. */
  async open(folder: unknown, path: unknown): Promise<void> {
    if (!(folder instanceof Uri) || typeof path !== 'string' || !workspace.getWorkspaceFolder(folder)) return;
    await showReviewed(this.#surface, this.#source.reviews, folder, path);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** How many rules are not kept: on the view's title, where the rows may be out of sight. */
  #tell(): void {
    const { t } = this.#surface.texts;
    const reviews = this.#source.reviews.flatMap(({ review }) => (typeof review === 'string' ? [] : [review]));
    const broken = reviews.flatMap(({ rules }) => rules.filter(({ kept }) => !kept)).length;
    const asked = reviews.some(({ rules }) => rules.length > 0);
    this.#view.description = !asked ? '' : broken === 0 ? t('review.allKept') : t('review.broken', { n: broken });
  }
}
