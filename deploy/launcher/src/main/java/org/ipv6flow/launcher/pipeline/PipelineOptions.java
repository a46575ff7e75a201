package org.ipv6flow.launcher.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param warmUp at the beginning, of which CPU time and freshness are not counted
 * @param json where to write the figures; null for nowhere
 * @param data where to keep the engines' data; null for a directory that is removed at the end
 */
public record PipelineOptions(
    long recordsPerSecond,
    Duration duration,
    Duration warmUp,
    int sockets,
    int parallelism,
    long seed,
    @Nullable Path json,
    @Nullable Path data,
    Path inventory) {}
