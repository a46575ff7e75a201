package org.ipv6flow.simulator;

/**
 * When a router does what, milliseconds since the epoch where not said otherwise.
 *
 * @param refreshMillis between two sendings of templates and options
 * @param firstOptionsMillis before which sampling is not announced
 * @param restartMillis when it restarts; {@link Long#MAX_VALUE} for never
 * @param bootMillis how long after a restart it exports again, a duration
 */
record RouterTimes(
    long refreshMillis, long firstOptionsMillis, long restartMillis, long bootMillis) {}
