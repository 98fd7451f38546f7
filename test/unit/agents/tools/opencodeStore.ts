import Database from 'better-sqlite3';

/** Writes opencode's database as its versions from 1.2 on do, and holds it open as it does. */
export class OpencodeStore {
  readonly file: string;
  readonly #database: Database.Database;
  #count = 0;

  constructor(file: string) {
    this.file = file;
    this.#database = new Database(file);
    this.#database.pragma('journal_mode = WAL');
    this.#database.exec(`
      CREATE TABLE session (id TEXT PRIMARY KEY, parent_id TEXT, directory TEXT NOT NULL, revert TEXT,
        time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL);
      CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL,
        time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, data TEXT NOT NULL);
      CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT NOT NULL, session_id TEXT NOT NULL,
        time_created INTEGER NOT NULL, time_updated INTEGER NOT NULL, data TEXT NOT NULL);`);
    this.session('main');
  }

  close(): void {
    this.#database.close();
  }

  session(id: string, parent: string | null = null): this {
    return this.#insert(
      'session (id, parent_id, directory, time_created, time_updated)',
      id,
      parent,
      '/w',
      this.#time(),
      0,
    );
  }

  /** A message in the table that a form to come has. */
  other(data: object): this {
    this.#database.exec('CREATE TABLE session_message (id TEXT PRIMARY KEY, type TEXT, data TEXT)');
    return this.#insert('session_message', 'x', 'user', JSON.stringify(data));
  }

  user(id: string, said: string, more: object = {}, session = 'main'): this {
    const model = { providerID: 'openai', modelID: 'gpt-5' };
    this.#message(id, session, { role: 'user', time: { created: this.#time() }, model });
    return this.#part(id, { type: 'text', text: said, ...more });
  }

  assistant(id: string, parentID: string, session = 'main'): this {
    const time = { created: this.#time(), completed: this.#time() };
    return this.#message(id, session, { role: 'assistant', time, parentID, providerID: 'openai', modelID: 'gpt-5' });
  }

  says(message: string, said: string): this {
    return this.#part(message, { type: 'text', text: said, time: { start: this.#time(), end: this.#time() } });
  }

  /** Gives the part's id. */
  tool(message: string, tool: string, input: object, metadata: object, status = 'completed'): string {
    const time = { start: this.#time(), ...(status === 'running' ? {} : { end: this.#time() }) };
    this.#part(message, {
      type: 'tool',
      tool,
      callID: `call-${this.#count}`,
      state: { status, input, metadata, time },
    });
    return `prt_${String(this.#count).padStart(6, '0')}`;
  }

  finish(part: string): void {
    this.#database
      .prepare(
        "UPDATE part SET data = json_set(data, '$.state.status', 'completed', '$.state.time.end', ?) WHERE id = ?",
      )
      .run(this.#time(), part);
  }

  forget(message: string): this {
    this.#database.prepare('DELETE FROM part WHERE message_id = ?').run(message);
    this.#database.prepare('DELETE FROM message WHERE id = ?').run(message);
    return this;
  }

  revert(messageID: string): void {
    this.#database.prepare('UPDATE session SET revert = ?, time_updated = 9').run(JSON.stringify({ messageID }));
  }

  #message(id: string, session: string, data: object): this {
    return this.#insert('message', id, session, this.#time(), 0, JSON.stringify(data));
  }

  #part(message: string, data: object): this {
    const id = `prt_${String(++this.#count).padStart(6, '0')}`;
    return this.#insert('part', id, message, 'main', this.#time(), 0, JSON.stringify(data));
  }

  #insert(into: string, ...values: unknown[]): this {
    this.#database.prepare(`INSERT INTO ${into} VALUES (${values.map(() => '?').join(', ')})`).run(...values);
    return this;
  }

  /** One second further each time. */
  #time(): number {
    return Date.UTC(2026, 0, 2, 10) + this.#now++ * 1000;
  }
  #now = 0;
}
