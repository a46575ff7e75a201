/**
 * Alerts on the numbers. {@link org.ipv6flow.console.alerts.AlertRules} ask the views what breaks a
 * threshold; {@link org.ipv6flow.console.alerts.AlertBook} makes states of it; {@link
 * org.ipv6flow.console.alerts.AlertEvaluator} does so in time, keeps every change in ClickHouse and
 * tells whoever wants to hear.
 */
@NullMarked
package org.ipv6flow.console.alerts;

import org.jspecify.annotations.NullMarked;
