/** Tests of who may send. */
@NullMarked
package org.ipv6flow.collector.sender;

import org.jspecify.annotations.NullMarked;
