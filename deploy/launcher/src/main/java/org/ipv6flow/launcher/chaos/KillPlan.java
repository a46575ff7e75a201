package org.ipv6flow.launcher.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Decides what is killed when: at random, but every part equally often, give or take one. */
final class KillPlan {

  /** A part to kill, so long after the kill before it. */
  record Kill(Duration after, String part) {}

  private static final int MIN_PAUSE_MILLIS = 1_000;
  private static final int MAX_PAUSE_MILLIS = 12_000;

  private KillPlan() {}

  /** The same for the same seed. */
  static List<Kill> of(List<String> parts, int kills, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Kill> plan = new ArrayList<>();
    List<String> round = new ArrayList<>();
    while (plan.size() < kills) {
      if (round.isEmpty()) {
        round.addAll(parts);
      }
      String part = round.remove(random.nextInt(round.size()));
      int pause = random.nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS);
      plan.add(new Kill(Duration.ofMillis(pause), part));
    }
    return plan;
  }
}
