package org.ipv6flow.launcher.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to demonstrate.
 *
 * @param json where to write the comparison; null for nowhere
 * @param data where to keep the engines' data; null for a directory that is removed at the end
 * @param history of made-up traffic before that of the demo; null for none
 */
public record DemoOptions(
    Duration duration,
    long recordsPerSecond,
    @Nullable Path json,
    @Nullable Path data,
    Path inventory,
    long seed,
    @Nullable Duration history) {

  public DemoOptions(
      Duration duration,
      long recordsPerSecond,
      @Nullable Path json,
      @Nullable Path data,
      Path inventory,
      long seed) {
    this(duration, recordsPerSecond, json, data, inventory, seed, null);
  }
}
