/** Rows as a table people can read: the first column to the left, the others to the right. */
export function table(title, columns, rows) {
  const cells = [columns, ...rows.map(row => row.map(cell))];
  const widths = columns.map((_, i) => Math.max(...cells.map(row => row[i].length)));
  const lines = cells.map(
    row => `  ${row.map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join('  ')}`,
  );
  return `\n${title}\n${lines.join('\n')}`;
}

function cell(value) {
  if (typeof value !== 'number') return value ?? '';
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value < 10 ? value.toFixed(3) : value.toFixed(1);
}

/** `a` as a multiple of `b`. */
export function times(a, b) {
  return `${(a / b).toFixed(2)} ×`;
}

/** Whether a promise of the project is kept. */
export function kept(value, most) {
  return value <= most ? `yes (≤ ${most})` : `NO (≤ ${most})`;
}
