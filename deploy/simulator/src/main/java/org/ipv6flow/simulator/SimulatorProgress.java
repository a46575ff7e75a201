package org.ipv6flow.simulator;

/**
 * How far the simulation is.
 *
 * @param elapsedMillis of the simulated time
 * @param durationMillis of which
 * @param recordsSent so far
 */
public record SimulatorProgress(
    long elapsedMillis, long durationMillis, long recordsSent, long messagesSent) {}
