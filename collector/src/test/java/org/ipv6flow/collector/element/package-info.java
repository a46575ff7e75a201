@NullMarked
package org.ipv6flow.collector.element;

import org.jspecify.annotations.NullMarked;
