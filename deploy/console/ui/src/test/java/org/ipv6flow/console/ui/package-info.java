@NullMarked
package org.ipv6flow.console.ui;

import org.jspecify.annotations.NullMarked;
