@NullMarked
package org.ipv6flow.console.report;

import org.jspecify.annotations.NullMarked;
