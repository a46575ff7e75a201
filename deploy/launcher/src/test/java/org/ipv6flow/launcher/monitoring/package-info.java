/** What is used beside the console: Prometheus' rules, Grafana's dashboards. */
@NullMarked
package org.ipv6flow.launcher.monitoring;

import org.jspecify.annotations.NullMarked;
