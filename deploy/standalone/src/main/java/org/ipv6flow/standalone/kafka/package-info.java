/** A Kafka broker of one's own: the real broker, in KRaft mode, in a child process. */
@NullMarked
package org.ipv6flow.standalone.kafka;

import org.jspecify.annotations.NullMarked;
