package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import org.ipv6flow.schema.traffic.LinkDirection;

/** The one observation that counts a direction of a link. */
public record PrimaryObservation(
    String linkId, LinkDirection direction, String exporterId, long interfaceIndex, Meter meter)
    implements Serializable {}
