package org.ipv6flow.console.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ipv6flow.console.http.Problem;

/** Length of a bucket, with how long buckets of it are kept (docs/definitions.md). */
public enum Step {
  TEN_SECONDS("10s", 10, Duration.ofDays(3)),
  MINUTE("1m", 60, Duration.ofDays(90)),
  FIVE_MINUTES("5m", 300, Duration.ofDays(760)),
  HOUR("1h", 3_600, Duration.ofDays(3_650)),
  DAY("1d", 86_400, Duration.ofDays(3_650)),
  /** Calendar months; in the views 30 days stand for them. */
  MONTH("1mo", 2_592_000, Duration.ofDays(3_650));

  /** auto takes the coarsest step that gives so many buckets. */
  public static final int ENOUGH_POINTS = 150;

  private final String label;
  private final int seconds;
  private final Duration kept;

  Step(String label, int seconds, Duration kept) {
    this.label = label;
    this.seconds = seconds;
    this.kept = kept;
  }

  /** As in the parameter {@code step} and in the views' names. */
  public String label() {
    return label;
  }

  public int seconds() {
    return seconds;
  }

  /** Buckets of this length in a period, about. */
  public long buckets(TimeRange range) {
    return (range.seconds() + seconds - 1) / seconds;
  }

  /**
   * The step that was asked for, or the coarsest of the available ones that gives enough points and
   * whose buckets are still kept.
   *
   * @param available in ascending order
   */
  public static Step choose(
      String asked, List<Step> available, TimeRange range, Instant now, int maxPoints)
      throws Problem {
    if (!asked.equals("auto")) {
      return named(asked, available, range, maxPoints);
    }
    Step finest = null;
    for (int i = available.size() - 1; i >= 0; i--) {
      Step step = available.get(i);
      boolean isKept = !range.from().isBefore(now.minus(step.kept));
      if (!isKept && finest != null) {
        break;
      }
      if (step.buckets(range) > maxPoints && finest != null) {
        break;
      }
      finest = step;
      if (step.buckets(range) >= ENOUGH_POINTS) {
        break;
      }
    }
    return finest == null ? available.get(available.size() - 1) : finest;
  }

  private static Step named(String asked, List<Step> available, TimeRange range, int maxPoints)
      throws Problem {
    Optional<Step> found = available.stream().filter(step -> step.label.equals(asked)).findFirst();
    if (found.isEmpty()) {
      throw Problem.parameter(
          "step",
          "'%s' is not one of auto, %s"
              .formatted(asked, String.join(", ", available.stream().map(Step::label).toList())));
    }
    if (found.get().buckets(range) > maxPoints) {
      throw Problem.parameter(
          "step",
          "%s gives %d points (at most %d: take a longer step, a shorter period, or auto)"
              .formatted(asked, found.get().buckets(range), maxPoints));
    }
    return found.get();
  }
}
