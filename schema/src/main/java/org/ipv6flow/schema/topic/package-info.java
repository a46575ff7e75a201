/** Names of the Kafka topics. */
@NullMarked
package org.ipv6flow.schema.topic;

import org.jspecify.annotations.NullMarked;
