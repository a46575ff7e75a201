package org.ipv6flow.console.alerts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a rule: something that is wrong now.
 *
 * @param subject what it is about, such as link and direction
 * @param evidence everything the query said, and the query
 */
record Finding(
    Map<String, String> subject,
    double value,
    @Nullable Double error95,
    @Nullable Double coverage,
    ObjectNode evidence) {}
