// One question to the server. What goes wrong comes back as a sentence for people.

const PATIENCE = 45000; // milliseconds

export class AskError extends Error {}

export async function ask(question, words) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch("api/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(question),
      credentials: "omit",
      cache: "no-store",
      signal: stop.signal,
    });
    const answer = await read(response);
    const refused = answer && answer.error;
    if (response.status === 429) throw new AskError(refused || words.silent);
    if (!response.ok || !answer) throw new AskError(refused || words.trouble);
    return answer;
  } catch (error) {
    if (error instanceof AskError) throw error;
    throw new AskError(stop.signal.aborted ? words.slow : words.unreached);
  } finally {
    clearTimeout(timer);
  }
}

async function read(response) {
  const text = await response.text();
  try {
    const answer = JSON.parse(text);
    return answer && typeof answer === "object" ? answer : null;
  } catch {
    return null; // what stands between, a proxy, speaks HTML
  }
}
