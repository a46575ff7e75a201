/** Tests of the collector as a process, with a real Kafka. */
@NullMarked
package org.ipv6flow.standalone.collector;

import org.jspecify.annotations.NullMarked;
