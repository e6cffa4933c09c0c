/** What pages said they did, told while they did it: it outlives them. */
export function createLedger() {
  const commands = new Map();
  const complaints = [];
  const ended = new Set();

  function note(event) {
    const { is, mark, life, name } = event;
    if (is === 'vanished' || is === 'back in time' || is === 'threw') {
      // What vanishes is usually missed more than once.
      if (mark === undefined || !complaints.some(one => one.mark === mark)) complaints.push(event);
      return;
    }
    const command = commands.get(mark) ?? { mark, life, name };
    commands.set(mark, { ...command, [is]: event });
  }

  return {
    note,
    /** A command that no longer applies is shown no longer, if its refusal is on the way. */
    complaints: () => complaints.filter(({ mark }) => commands.get(mark)?.refused === undefined),
    commands: () => [...commands.values()],
    of: life => [...commands.values()].filter(command => command.life === life),
    count: is => [...commands.values()].filter(command => command[is] !== undefined).length,
    /** The page was closed, killed or reloaded: what it had not made durable may be gone. */
    over: life => ended.add(life),
    isOver: life => ended.has(life),
  };
}
