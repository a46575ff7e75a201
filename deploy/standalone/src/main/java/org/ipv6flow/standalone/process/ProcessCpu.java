package org.ipv6flow.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of a process, as the kernel counts it. */
public final class ProcessCpu {

  /** USER_HZ, in which /proc counts on every Linux platform Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields after the command's closing parenthesis: utime is the 12th, stime the 13th. */
  private static final int UTIME = 11;

  private static final int STIME = 12;

  private ProcessCpu() {}

  /** Seconds of user and system time; 0 when the process is gone or the system has no /proc. */
  public static double seconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }
}
