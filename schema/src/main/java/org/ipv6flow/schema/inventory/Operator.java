package org.ipv6flow.schema.inventory;

import java.io.Serializable;
import java.util.List;

/** A carrier, or the far side of a gateway or exchange. */
public record Operator(String id, String nameEn, String nameZh, List<AsRange> asNumbers)
    implements Serializable {}
