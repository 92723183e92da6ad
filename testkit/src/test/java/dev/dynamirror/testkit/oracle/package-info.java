@NullMarked
package dev.dynamirror.testkit.oracle;

import org.jspecify.annotations.NullMarked;
