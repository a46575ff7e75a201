package org.ipv6flow.embedded.clickhouse.chdb;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The functions of the C library that the engine's process needs. */
public final class LibC {

  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final int SIGSEGV = 11;

  /** {@code SIG_IGN}. */
  private static final Pointer IGNORE = Pointer.createConstant(1);

  /** {@code struct sigaction} of glibc on x86-64; the handler is its first field. */
  private static final int SIGACTION_BYTES = 152;

  static {
    Native.register(LibC.class, "c");
  }

  private LibC() {}

  /**
   * Ends the process without running destructors, which crash while engine threads still live.
   *
   * <p>Unlike {@link Runtime#halt} it does not wait for a safepoint of threads in native code.
   */
  public static void exitNow(int status) {
    _exit(status);
  }

  /**
   * Leaves Ctrl-C and the end of the terminal to the parent process.
   *
   * <p>A terminal sends them to every process of the program, but the engine must outlive those
   * that still write to it.
   */
  public static void ignoreTerminalSignals() {
    signal(SIGHUP, IGNORE);
    signal(SIGINT, IGNORE);
  }

  /** Address of the function that handles SIGSEGV in this process. */
  static @Nullable Pointer segmentationFaultHandler() {
    try (Memory action = new Memory(SIGACTION_BYTES)) {
      action.clear();
      sigaction(SIGSEGV, null, action);
      return action.getPointer(0);
    }
  }

  private static native void _exit(int status);

  private static native Pointer signal(int signal, Pointer handler);

  private static native int sigaction(int signal, @Nullable Pointer action, Pointer previous);
}
