package org.ipv6flow.simulator.traffic;

import java.util.List;
import org.ipv6flow.schema.inventory.Exporter;

/**
 * A router and what it meters.
 *
 * @param samplingInterval the N of 1 in N that it samples with, and announces
 */
public record MeteredRouter(Exporter exporter, long samplingInterval, List<LinkMeter> meters) {}
