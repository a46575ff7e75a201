package org.ipv6flow.schema.inventory;

import java.io.Serializable;

/**
 * A place where networks interconnect.
 *
 * @param type {@code dcp} (national direct-connect point), {@code intl_gateway}, {@code new_ixp} or
 *     {@code nap}
 * @param latitude degrees north
 * @param longitude degrees east
 */
public record Node(
    String id,
    String nameEn,
    String nameZh,
    String type,
    String provinceEn,
    String provinceZh,
    double latitude,
    double longitude)
    implements Serializable {}
