package org.ipv6flow.simulator.traffic;

import org.ipv6flow.schema.traffic.TrafficClass;

/** The part of a link direction's octets that is of one class. */
record ClassShare(TrafficClass trafficClass, double share) {}
