/** The words in which traffic is counted: classes, link directions, reasons for not counting. */
@NullMarked
package org.ipv6flow.schema.traffic;

import org.jspecify.annotations.NullMarked;
