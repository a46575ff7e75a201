package org.ipv6flow.collector.transport;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Linux's system calls that neither Java nor Netty offers, bound to the C library.
 *
 * <p>Addresses are plain numbers: a call then costs some tens of nanoseconds and allocates nothing.
 */
final class SystemCalls {

  /** EAGAIN: nothing waits. */
  static final int TRY_AGAIN = 11;

  /** EINTR. */
  static final int INTERRUPTED = 4;

  /** MSG_DONTWAIT. */
  static final int DO_NOT_WAIT = 0x40;

  private static final boolean AVAILABLE = bind();

  private SystemCalls() {}

  /** Whether they can be called here: on 64-bit Linux, where JNA finds its library. */
  static boolean isAvailable() {
    return AVAILABLE;
  }

  private static boolean bind() {
    if (!Platform.isLinux() || !Platform.is64Bit()) {
      return false;
    }
    try {
      Native.register(SystemCalls.class, "c");
      return true;
    } catch (LinkageError | RuntimeException e) {
      return false;
    }
  }

  /**
   * {@code recvmmsg(2)}.
   *
   * @return messages received, or -1; then {@link Native#getLastError} says why
   */
  static native int recvmmsg(int socket, long messages, int count, int flags, long timeout);
}
