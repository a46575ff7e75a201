package org.ipv6flow.launcher.chaos;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to break.
 *
 * @param kills of processes, with SIGKILL
 * @param outage how long ClickHouse is down once, beside the kills; zero for not at all
 * @param seed decides what is killed when, and the traffic
 * @param json where to write the outcome; null for nowhere
 * @param data where to keep the engines' data; null for a directory that is removed at the end
 */
public record ChaosOptions(
    int kills,
    Duration outage,
    long seed,
    long recordsPerSecond,
    @Nullable Path json,
    @Nullable Path data,
    Path inventory) {}
