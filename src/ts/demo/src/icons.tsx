import type { ReactNode } from 'react';

function Icon({ children, size = 20 }: { readonly children: ReactNode; readonly size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      {children}
    </svg>
  );
}

export const Grip = () => (
  <Icon>
    <path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01" strokeWidth="2.6" />
  </Icon>
);

export const Cross = () => (
  <Icon size={16}>
    <path d="M6 6l12 12M18 6L6 18" />
  </Icon>
);

export const Plus = () => (
  <Icon size={18}>
    <path d="M12 5v14M5 12h14" />
  </Icon>
);

export const Undo = () => (
  <Icon size={18}>
    <path d="M8.500 5L4 9.500l4.500 4.500M4.500 9.500H14a5.500 5.500 0 0 1 0 11h-2.500" />
  </Icon>
);

export const Redo = () => (
  <Icon size={18}>
    <path d="M15.500 5L20 9.500l-4.500 4.500M19.500 9.500H10a5.500 5.500 0 0 0 0 11h2.500" />
  </Icon>
);

/** A line that is cut. */
export const Cut = () => (
  <Icon size={18}>
    <path d="M1 12h6M17 12h6M8.500 8.500l7 7M15.500 8.500l-7 7" />
  </Icon>
);

export const Anchor = () => (
  <svg viewBox="0 0 64 64" width="28" height="28" aria-hidden="true" className="anchor">
    <circle cx="32" cy="10" r="5.6" />
    <path d="M32 15.600V57" />
    <path d="M9 32c0 15.300 9.800 25 23 25s23-9.700 23-25" />
    <path d="M20.500 32c0 8 4.700 12.800 11.500 12.800s11.500-4.800 11.500-12.800" />
  </svg>
);
