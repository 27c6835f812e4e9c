// What the page remembers until its tab is closed: the session, what was said, the draft.

const KEY = "tro-ly-cchc";
const MOST = 200; // entries kept

const hexadecimal = (bytes) =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, "0")).join("");

// Nobody can guess it: 128 random bits are all that tells one person's conversation from another's.
const newSession = () => `page-${hexadecimal(16)}`;

export const newId = () => hexadecimal(8);

export class Keeping {
  constructor() {
    this.session = newSession();
    this.entries = [];
    this.draft = "";
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
      if (kept && typeof kept.session === "string" && Array.isArray(kept.entries)) {
        Object.assign(this, { session: kept.session, entries: kept.entries, draft: kept.draft || "" });
      }
    } catch {
      // Frames of other pages may be denied a storage; the page then remembers until it is left.
    }
  }

  add(entry) {
    this.entries.push(entry);
    if (this.entries.length > MOST) this.entries.shift();
    this.save();
  }

  remove(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
    this.save();
  }

  clear() {
    this.session = newSession();
    this.entries = [];
    this.save();
  }

  save() {
    const { session, entries, draft } = this;
    // Pictures can fill the storage; then the older half of the conversation has to do without.
    for (let from = 0; from <= entries.length; from += Math.max(1, entries.length >> 1)) {
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ session, draft, entries: entries.slice(from) }));
        return;
      } catch {
        // Tried again with fewer.
      }
    }
  }
}
