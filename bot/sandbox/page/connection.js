// The stream of events, with a full refetch of the state after every (re)connection.

import { getState } from "./api.js";

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 2000;

export class Connection {
  /** `load(state)` gets the whole state, `apply(event)` what happens after it, `changed(isConnected)` the rest. */
  constructor({ load, apply, changed }) {
    this.load = load;
    this.apply = apply;
    this.changed = changed;
    this.wait = FIRST_WAIT_MS;
    this.source = null;
  }

  open() {
    const source = new EventSource("/client/events");
    this.source = source;
    // Events that come while the state is on its way wait for it: they may be newer than it.
    let waiting = [];
    source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (waiting) waiting.push(event);
      else this.apply(event);
    };
    source.onopen = async () => {
      try {
        const state = await getState();
        if (this.source !== source) return;
        this.load(state);
        const late = waiting;
        waiting = null;
        late.forEach((event) => this.apply(event));
        this.wait = FIRST_WAIT_MS;
        this.changed(true);
      } catch (error) {
        if (this.source !== source) return;
        console.error(error);
        this.retry(source);
      }
    };
    source.onerror = () => this.retry(source);
  }

  retry(source) {
    if (this.source !== source) return;
    source.close();
    this.source = null;
    this.changed(false);
    setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }
}
