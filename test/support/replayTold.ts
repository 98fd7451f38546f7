import type { Content } from '../../src/journal/content.ts';
import type { Replay } from '../../src/journal/replay.ts';

/** All that a replay holds, as plain data: two that tell the same are the same. */
export function told(replay: Replay): unknown {
  const content = ({ text, provenance }: Content) => ({
    text: text.toString(),
    spans: provenance.spans(),
    placements: provenance.placements(0, provenance.length),
    found: [...replay.origins.walk(provenance.spans())],
  });
  return {
    size: replay.size,
    recording: replay.recording,
    documents: [...replay.documents.values()].map(of => ({
      ...content(of.content),
      about: [of.document, of.path, of.present, of.savedAt, of.leftAt, of.textDigest, of.fileDigest, of.format],
      unsaved: of.unsaved,
      left: of.left && content(of.left),
    })),
    trackers: [...replay.trackers].map(of => ({
      ...content(of.content),
      about: [of.session, of.tracker, of.version, of.synced, of.unsaved, of.cell],
    })),
    sessions: [...replay.sessions.values()],
    placings: [...replay.placings],
    // Their texts stand in the events alone where the state came from a keyframe.
    prompts: [...replay.prompts.values()].map(({ texts: _texts, ...prompt }) => prompt),
    actors: [...replay.actors],
    keys: replay.keys,
  };
}
