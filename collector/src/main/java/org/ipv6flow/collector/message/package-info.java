/**
 * What both export protocols share: the message header, and why input was dropped. Knows neither
 * sockets nor templates.
 */
@NullMarked
package org.ipv6flow.collector.message;

import org.jspecify.annotations.NullMarked;
