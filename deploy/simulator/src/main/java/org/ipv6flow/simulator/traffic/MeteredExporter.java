package org.ipv6flow.simulator.traffic;

import java.util.List;

/** What an exporter meters, and the sampling interval it has in the inventory. */
record MeteredExporter(long samplingInterval, List<LinkTraffic> links) {}
