package org.ipv6flow.collector.fuzz;

/**
 * Counts the work of instrumented code: calls, and jumps backward, so that no loop is left out.
 *
 * <p>A count, not a time: it is the same on every machine. Too many steps end a loop that would go
 * on for ever. Loaded once, whoever loads the code that it counts; for one thread.
 */
public final class Steps {

  private static long taken;
  private static long limit = Long.MAX_VALUE;

  private Steps() {}

  /** Thrown out of the midst of whatever takes too long. */
  public static final class TooManyStepsError extends Error {
    private static final long serialVersionUID = 1;

    TooManyStepsError(long steps) {
      super("more than " + steps + " steps");
    }
  }

  /** Called by the instrumented code. */
  public static void step() {
    if (++taken > limit) {
      long exceeded = limit;
      limit = Long.MAX_VALUE;
      throw new TooManyStepsError(exceeded);
    }
  }

  /** Begins to count anew. */
  public static void begin(long atMost) {
    taken = 0;
    limit = atMost;
  }

  /** Steps since {@link #begin}. */
  public static long end() {
    limit = Long.MAX_VALUE;
    return taken;
  }
}
