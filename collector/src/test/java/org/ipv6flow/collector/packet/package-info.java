@NullMarked
package org.ipv6flow.collector.packet;

import org.jspecify.annotations.NullMarked;
