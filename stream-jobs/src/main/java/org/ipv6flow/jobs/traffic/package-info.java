/**
 * The traffic job: its topology, its operators and its entry point.
 *
 * <p>Start reading at TrafficTopology.
 */
@NullMarked
package org.ipv6flow.jobs.traffic;

import org.jspecify.annotations.NullMarked;
