package org.ipv6flow.simulator.traffic;

import java.util.SplittableRandom;

/**
 * How a router meters.
 *
 * @param coreInterface the interface on the other side of the router
 * @param activeTimeoutMillis after which a lasting flow is reported
 */
record MeterSettings(long coreInterface, long activeTimeoutMillis, SplittableRandom random) {}
