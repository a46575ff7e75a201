package org.ipv6flow.jobs.config;

import java.time.Duration;

/**
 * How often results are made final ({@code jobs.checkpoint.*}): rows become visible with each
 * checkpoint.
 *
 * @param directory a URI or a path that every task manager reaches
 */
public record CheckpointConfig(Duration interval, String directory) {}
