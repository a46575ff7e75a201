import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { operations } from "#api";
import type { Schemas } from "../api/types.ts";

export type Session = Schemas["Session"];
export type Operation = keyof operations;

const NOBODY: Session = {
  authenticated: false,
  user: null,
  role: null,
  operator: null,
  demo: false,
  csrfToken: "",
  mayChooseRole: false,
  allowed: [],
} as Session;

export interface SessionState {
  readonly session: Session;
  readonly reload: () => void;
}

export const SessionContext = createContext<SessionState>({ session: NOBODY, reload: () => undefined });

export function useSession(): SessionState {
  return useContext(SessionContext);
}

/** Whether the role may call an operation. The server decides; this only leaves out what it would refuse. */
export function useMay(): (operation: Operation) => boolean {
  const { session } = useSession();
  return (operation) => session.allowed.includes(operation);
}
